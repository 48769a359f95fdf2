using DqnAspire.Replay.Sharing;
using DqnAspire.ServiceDefaults;
using DqnAspire.ServiceDefaults.Http;
using DqnAspire.ServiceDefaults.Telemetry;
using Grpc.AspNetCore.Server;
using Microsoft.Extensions.Options;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace DqnAspire.ReplayService;

/// <summary>Composes the service; a process runs it, and so can a test.</summary>
public static class Application
{
    private static readonly ServiceDescriptor Contract = Contracts.Replay.V1.ReplayService.Descriptor;

    /// <summary>Builds the service.</summary>
    /// <param name="args">Configuration on the command line, as <c>--Section:Key=value</c>.</param>
    /// <param name="addEngines">
    /// Adds engines that <c>Replay:Engine</c> can choose; null: only those of this repository.
    /// </param>
    /// <exception cref="DqnAspire.Replay.Storage.ReplayStoreException">
    /// There is no such engine, or <c>ConnectionStrings:redis</c> is not a connection string.
    /// </exception>
    public static WebApplication Build(string[] args, Action<EngineCatalog>? addEngines = null)
    {
        var builder = ServiceHost.CreateBuilder(typeof(Application).Assembly, args);
        builder.AddServiceDefaults();
        // Blocks of frames are larger than gRPC's default of 4 MiB.
        builder.Services.Configure<GrpcServiceOptions>(grpc => grpc.MaxReceiveMessageSize = 64 << 20);
        // One call for each training update: too many for a trace.
        builder.Services.Configure<TracedCalls>(
            calls => calls.Except(Contract.FullName, nameof(ReplayGrpcService.UpdatePriorities)));
        builder.Services.AddOptions<ReplayOptions>()
            .BindConfiguration("Replay").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<ReplayMetrics>();
        builder.Services.AddSingleton<ITableObserver>(services => services.GetRequiredService<ReplayMetrics>());
        builder.Services.AddSingleton(
            services => RegistryOptions(services.GetRequiredService<IOptions<ReplayOptions>>().Value));
        builder.Services.AddSingleton<TableRegistry>();
        var engines = new EngineCatalog();
        addEngines?.Invoke(engines);
        engines.Register(builder);

        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapServicePage(
            typeof(Application).Assembly,
            "Keeps the steps that a learner has seen, in tables, and draws batches from them.");
        app.MapGrpcService<ReplayGrpcService>();
        return app;
    }

    private static TableRegistryOptions RegistryOptions(ReplayOptions options) => new(
        options.MaxMemoryBytes,
        options.DataDirectory.Length > 0 ? options.DataDirectory : null,
        EngineCatalog.FileOptions(options));
}
