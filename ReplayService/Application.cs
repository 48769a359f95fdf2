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
    /// <exception cref="DqnAspire.Replay.Storage.ReplayStoreException">Redis is asked for and cannot hold tables.</exception>
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
        AddTableHome(builder);

        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapServicePage(typeof(Application).Assembly, "Keeps the steps that a learner has seen, in tables, and draws batches from them.");
        app.MapGrpcService<ReplayGrpcService>();
        return app;
    }

    /// <summary>Finds out where tables are before anything else starts: a service without its Redis is of no use.</summary>
    private static void AddTableHome(WebApplicationBuilder builder)
    {
        var options = new ReplayOptions();
        builder.Configuration.GetSection("Replay").Bind(options);
        var home = TableHomes.ConnectAsync(builder.Configuration.GetConnectionString(TableHomes.ConnectionName), options).GetAwaiter().GetResult();
        // By a factory, so that the container ends it.
        builder.Services.AddSingleton(_ => home);
        if (home is RedisHome redis)
        {
            builder.Services.AddHealthChecks().AddCheck("redis", new RedisHealthCheck(redis));
            builder.Services.AddHostedService<RedisStart>();
        }
    }
}
