using DqnAspire.AppHost;
using DqnAspire.AppHost.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

using var signals = new StopSignals();
return await CommandLine.InvokeAsync(args, async options =>
{
    if (StartUpChecks.Plan(options, out var problem) is not { } plan)
    {
        return Terminal.Fail(problem!);
    }

    LocalRedis? redis;
    try
    {
        redis = options.Redis is "" ? LocalRedis.Prepare(options, plan) : null;
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException)
    {
        return Terminal.Fail(e.Message);
    }

    using var ownRedis = redis;
    var dashboard = DashboardAddress.Configure(options);
    var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
    {
        Args = [],
        DisableDashboard = options.Headless,
        AllowUnsecuredTransport = true,
    });
    // The terminal belongs to the run's progress; what fails is told in one line, the services' logs are in the dashboard.
    builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Critical).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None));

    // The learner leads: it plays at env, keeps its experience in replay, and eval plays what it has learnt.
    var env = builder.AddProject<Projects.EnvService>("env", launchProfileName: null)
        .WithServicePorts(5101, 5111, options.PortOffset);

    var replay = builder.AddProject<Projects.ReplayService>("replay", launchProfileName: null)
        .WithServicePorts(5102, 5112, options.PortOffset)
        .WithExperienceOf(plan);
    if (options.Redis is { } connectionString)
    {
        replay.WithRedis(redis?.ConnectionString ?? connectionString, redis is null ? null : builder.AddRedisServer(redis));
    }

    var learner = builder.AddProject<Projects.LearnerService>("learner", launchProfileName: null)
        .WithServicePorts(5103, 5113, options.PortOffset)
        .WithReference(env)
        .WithReference(replay)
        .WithRun(plan, options)
        .WaitFor(env)
        .WaitFor(replay);

    var eval = builder.AddProject<Projects.EvalService>("eval", launchProfileName: null)
        .WithServicePorts(5104, 5114, options.PortOffset)
        .WithReference(env)
        .WithReference(learner)
        .WaitFor(env);

    await using var app = builder.Build();
    if (!options.Headless)
    {
        Console.WriteLine($"Dashboard: {dashboard}");
    }

    return await new TrainingSession(app, options, plan, signals, learner.GetEndpoint("grpc"), eval.GetEndpoint("grpc")).RunAsync();
});
