using DqnAspire.ReplayService.Homes;
using DqnAspire.ServiceDefaults;
using DqnAspire.ServiceDefaults.Http;
using DqnAspire.ServiceDefaults.Telemetry;
using Grpc.AspNetCore.Server;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace DqnAspire.ReplayService;

/// <summary>The service, put together; a process runs it, and so can a test.</summary>
public static class Application
{
    private static readonly ServiceDescriptor Contract = Contracts.Replay.V1.ReplayService.Descriptor;

    /// <summary>Builds the service.</summary>
    /// <param name="args">Configuration on the command line, as <c>--Section:Key=value</c>.</param>
    /// <exception cref="DqnAspire.Replay.Storage.ReplayStoreException"><c>ConnectionStrings:redis</c> is no connection string.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = ServiceHost.CreateBuilder(typeof(Application).Assembly, args);
        builder.AddServiceDefaults();
        // Blocks of frames are larger than gRPC's default of 4 MiB.
        builder.Services.Configure<GrpcServiceOptions>(grpc => grpc.MaxReceiveMessageSize = 64 << 20);
        // One a training update.
        builder.Services.Configure<TracedCalls>(calls => calls.Except(Contract.FullName, nameof(ReplayGrpcService.UpdatePriorities)));
        builder.Services.AddOptions<ReplayOptions>().BindConfiguration("Replay").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<ReplayMetrics>();
        builder.Services.AddSingleton<TableRegistry>();
        builder.AddTableHome();

        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapServicePage(typeof(Application).Assembly, "Keeps the steps that a learner has seen, in tables, and draws batches from them.");
        app.MapGrpcService<ReplayGrpcService>();
        return app;
    }
}
