using DqnAspire.Agents.Lanes;
using DqnAspire.Clients;
using DqnAspire.Contracts.Env.V1;
using DqnAspire.Contracts.Learner.V1;
using DqnAspire.ServiceDefaults;

namespace DqnAspire.EvalService;

/// <summary>The service, put together; a process runs it, and so can a test.</summary>
public static class Application
{
    /// <summary>Builds the service.</summary>
    /// <param name="args">Configuration on the command line, as <c>--Section:Key=value</c>.</param>
    public static WebApplication Build(string[] args)
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
    }
}
