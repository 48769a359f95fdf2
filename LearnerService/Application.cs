using DqnAspire.Agents.Algorithms;
using DqnAspire.Agents.Presets;
using DqnAspire.Clients;
using DqnAspire.Contracts.Env.V1;
using DqnAspire.Contracts.Eval.V1;
using DqnAspire.Contracts.Replay.V1;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Replay;
using DqnAspire.NeuralNetworks;
using DqnAspire.Runs.Evaluation;
using DqnAspire.Runs.Sessions;
using DqnAspire.ServiceDefaults;
using DqnAspire.ServiceDefaults.Calls;
using DqnAspire.ServiceDefaults.Clients;
using DqnAspire.ServiceDefaults.Http;
using DqnAspire.ServiceDefaults.Telemetry;
using Microsoft.Extensions.Options;

namespace DqnAspire.LearnerService;

/// <summary>The service, put together; a process runs it, and so can a test.</summary>
public static class Application
{
    /// <summary>Builds the service.</summary>
    /// <param name="args">Configuration on the command line, as <c>--Section:Key=value</c>.</param>
    public static WebApplication Build(string[] args)
    {
        var builder = ServiceHost.CreateBuilder(typeof(Application).Assembly, args);
        builder.AddServiceDefaults();
        builder.AddServiceClient<EnvService.EnvServiceClient>(
            "env", EnvService.Descriptor, "List", "Describe").AddDeadline(TimeSpan.FromSeconds(30));
        // No deadline: ReplayService itself says how long it waits for the disk or its Redis
        // (Replay:RedisPatienceSeconds).
        builder.AddServiceClient<ReplayService.ReplayServiceClient>(
            "replay", ReplayService.Descriptor, "List", "Describe");
        // One a training update.
        builder.Services.Configure<TracedCalls>(
            calls => calls.Except(ReplayService.Descriptor.FullName, "UpdatePriorities"));
        builder.Services.AddOptions<LearnerOptions>().BindConfiguration("Learner").ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddSingleton<ILaneSource, GrpcLaneSource>();
        builder.Services.AddSingleton<IReplaySource, GrpcReplaySource>();
        builder.Services.AddSingleton<LearnerMetrics>();
        builder.Services.AddSingleton(new ExceptionStatuses(LearnerErrors.StatusOf));
        if (builder.Configuration.GetSection("Services:eval:grpc").Exists())
        {
            builder.AddServiceClient<EvalService.EvalServiceClient>("eval", EvalService.Descriptor);
            builder.Services.AddSingleton<IFinalEvaluator, EvalServiceEvaluator>();
        }

        var plugins = builder.Configuration.GetSection("Algorithms:Assemblies").Get<string[]>() ?? [];
        builder.Services.AddSingleton(AlgorithmPlugins.Load(PresetCatalog.BuiltIn, plugins));
        builder.Services.AddSingleton(CreateSessions);
        builder.Services.AddSingleton(CreateCatalog);
        builder.Services.AddHostedService<ConfiguredRun>();

        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapServicePage(
            typeof(Application).Assembly,
            "Trains: acts in environments, learns from experience, keeps checkpoints, publishes what it has learnt.");
        app.MapGrpcService<LearnerGrpcService>();
        return app;
    }

    private static SessionManager CreateSessions(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<LearnerOptions>>().Value;
        var metrics = services.GetRequiredService<LearnerMetrics>();
        var logger = services.GetRequiredService<ILogger<RunSession>>();
        var context = new SessionContext(
            services.GetRequiredService<ILaneSource>(),
            services.GetRequiredService<IReplaySource>(),
            ManagedBackend.Shared)
        {
            LanesName = nameof(EnvService),
            ReplayName = nameof(ReplayService),
            Catalog = services.GetRequiredService<PresetCatalog>(),
            Evaluator = services.GetService<IFinalEvaluator>(),
            Options = new Runs.Sessions.SessionOptions
            {
                ServicePatience = TimeSpan.FromSeconds(options.ServicePatienceSeconds),
                StopGrace = TimeSpan.FromSeconds(options.StopGraceSeconds),
            },
            CreateObservers = run => [metrics, new ProgressLog(run.Id, logger, TimeProvider.System)],
        };
        return new SessionManager(context, options.RunsDirectory);
    }

    private static RunCatalog CreateCatalog(IServiceProvider services)
    {
        var runs = services.GetRequiredService<SessionManager>();
        return new RunCatalog(
            services.GetRequiredService<IOptions<LearnerOptions>>().Value.RunsDirectory,
            () => runs.Folders);
    }
}
