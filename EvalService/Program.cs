using DqnAspire.Agents.Lanes;
using DqnAspire.Clients;
using DqnAspire.Contracts.Env.V1;
using DqnAspire.Contracts.Learner.V1;
using DqnAspire.EvalService;
using DqnAspire.ServiceDefaults;

return await ServiceHost.RunAsync(() =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddServiceDefaults(ServiceEndpoints.Eval);
    builder.AddServiceClient<EnvService.EnvServiceClient>(ServiceEndpoints.Env, "List", "Describe");
    builder.AddServiceClient<LearnerService.LearnerServiceClient>(ServiceEndpoints.Learner);
    builder.Services.AddSingleton<ILaneSource, GrpcLaneSource>();
    builder.Services.AddSingleton<PolicySource>();
    builder.Services.AddSingleton<EvalMetrics>();

    var app = builder.Build();
    app.MapDefaultEndpoints();
    app.MapGrpcService<EvalGrpcService>();
    return app;
});
