using DqnAspire.ReplayService.Homes;
using DqnAspire.ServiceDefaults;

namespace DqnAspire.ReplayService;

/// <summary>The service, put together; a process runs it, and so can a test.</summary>
public static class Application
{
    /// <summary>Builds the service.</summary>
    /// <param name="args">Configuration on the command line, as <c>--Section:Key=value</c>.</param>
    /// <exception cref="DqnAspire.Replay.Storage.ReplayStoreException"><c>ConnectionStrings:redis</c> is no connection string.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults(ServiceEndpoints.Replay, maxReceiveMessageBytes: 64 << 20);
        builder.Services.AddOptions<ReplayOptions>().BindConfiguration("Replay").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<ReplayMetrics>();
        builder.Services.AddSingleton<TableRegistry>();
        builder.AddTableHome();

        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapGrpcService<ReplayGrpcService>();
        return app;
    }
}
