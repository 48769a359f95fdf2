using DqnAspire.ServiceDefaults;
using DqnAspire.ServiceDefaults.Http;

namespace DqnAspire.EnvService;

/// <summary>The service, put together; a process runs it, and so can a test.</summary>
public static class Application
{
    /// <summary>Builds the service.</summary>
    /// <param name="args">Configuration on the command line, as <c>--Section:Key=value</c>.</param>
    public static WebApplication Build(string[] args)
    {
        var builder = ServiceHost.CreateBuilder(typeof(Application).Assembly, args);
        builder.AddServiceDefaults();
        builder.AddEnvironments();

        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapServicePage(
            typeof(Application).Assembly,
            "Plays environments, from FrozenLake to Atari games, for any client that sends actions: "
            + "many at once, a stream for each set of lanes.");

        // Made now: an id that is taken, or an address that is none, keeps the service from starting.
        app.Services.GetRequiredService<RemoteEnvironments>();
        app.MapGrpcService<EnvGrpcService>();
        return app;
    }
}
