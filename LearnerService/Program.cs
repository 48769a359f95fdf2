using DqnAspire.Agents.Lanes;
using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Replay;
using DqnAspire.Agents.Runs;
using DqnAspire.Agents.Settings;
using DqnAspire.Clients;
using DqnAspire.Contracts.Env.V1;
using DqnAspire.Contracts.Replay.V1;
using DqnAspire.LearnerService;
using DqnAspire.ServiceDefaults;

return await ServiceHost.RunAsync(
    () =>
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
        builder.Services.AddHostedService<ConfiguredRun>();

        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapGrpcService<LearnerGrpcService>();
        return app;
    },
    isUserError: e => e is UnknownPresetException or SettingException or RunDirectoryException);
