using DqnAspire.ServiceDefaults;

namespace DqnAspire.EnvService;

/// <summary>The service, put together; a process runs it, and so can a test.</summary>
public static class Application
{
    /// <summary>Builds the service.</summary>
    /// <param name="args">Configuration on the command line, as <c>--Section:Key=value</c>.</param>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults(ServiceEndpoints.Env);
        builder.AddEnvironments();

        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapGrpcService<EnvGrpcService>();
        return app;
    }
}
