using DqnAspire.Agents.Lanes;
using DqnAspire.Agents.Replay;
using DqnAspire.Clients;
using DqnAspire.Contracts.Env.V1;
using DqnAspire.Contracts.Replay.V1;
using DqnAspire.ServiceDefaults;

namespace DqnAspire.LearnerService;

/// <summary>The service, put together; a process runs it, and so can a test.</summary>
public static class Application
{
    /// <summary>Builds the service.</summary>
    /// <param name="args">Configuration on the command line, as <c>--Section:Key=value</c>.</param>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults(ServiceEndpoints.Learner);
        builder.AddServiceClient<EnvService.EnvServiceClient>(ServiceEndpoints.Env, "List", "Describe");
        builder.AddServiceClient<ReplayService.ReplayServiceClient>(ServiceEndpoints.Replay, "List", "Describe");
        builder.Services.AddOptions<LearnerOptions>().BindConfiguration("Learner").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<ILaneSource, GrpcLaneSource>();
        builder.Services.AddSingleton<IReplaySource, GrpcReplaySource>();
        builder.Services.AddSingleton<LearnerMetrics>();
        builder.Services.AddSingleton<RunManager>();
        builder.Services.AddSingleton<RunCatalog>();
        builder.Services.AddHostedService<ConfiguredRun>();

        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapGrpcService<LearnerGrpcService>();
        return app;
    }
}
