using DqnAspire.Clients;
using DqnAspire.Contracts.Env.V1;
using DqnAspire.Contracts.Learner.V1;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Networks;
using DqnAspire.EvalService.Acting;
using DqnAspire.EvalService.Policies;
using DqnAspire.NeuralNetworks;
using DqnAspire.ServiceDefaults;
using DqnAspire.ServiceDefaults.Clients;
using DqnAspire.ServiceDefaults.Http;
using DqnAspire.ServiceDefaults.Telemetry;
using Grpc.AspNetCore.Server;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace DqnAspire.EvalService;

/// <summary>The service, put together; a process runs it, and so can a test.</summary>
public static class Application
{
    private static readonly ServiceDescriptor Contract = Contracts.Eval.V1.EvalService.Descriptor;

    /// <summary>Builds the service.</summary>
    /// <param name="args">Configuration on the command line, as <c>--Section:Key=value</c>.</param>
    public static WebApplication Build(string[] args)
    {
        var builder = ServiceHost.CreateBuilder(typeof(Application).Assembly, args);
        builder.AddServiceDefaults();
        // Act takes thousands of observations at once, which may be pictures: more than gRPC's default of 4 MiB.
        builder.Services.Configure<GrpcServiceOptions>(grpc => grpc.MaxReceiveMessageSize = 64 << 20);
        builder.AddServiceClient<EnvService.EnvServiceClient>(
            "env", EnvService.Descriptor, "List", "Describe").AddDeadline(TimeSpan.FromSeconds(30));
        builder.AddServiceClient<LearnerService.LearnerServiceClient>("learner", LearnerService.Descriptor);
        // One a step of every client that plays by it.
        builder.Services.Configure<TracedCalls>(calls => calls.Except(Contract.FullName, nameof(EvalGrpcService.Act)));
        builder.Services.AddSingleton<ILaneSource, GrpcLaneSource>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.Configure<EvalOptions>(builder.Configuration.GetSection(EvalOptions.Section));
        builder.Services.AddSingleton<INetworkBackend>(ManagedBackend.Shared);
        builder.Services.AddSingleton<LearnerPolicies>();
        builder.Services.AddSingleton<PolicyCatalog>();
        builder.Services.AddSingleton<ActionNames>();
        builder.Services.AddSingleton<ActBatcher>();
        builder.Services.AddSingleton<ActSessions>();
        builder.Services.AddSingleton<EvalMetrics>();

        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapServicePage(
            typeof(Application).Assembly, "Plays what a run has learnt, greedily, and says how well it does.");
        app.MapGrpcService<EvalGrpcService>();
        return app;
    }
}
