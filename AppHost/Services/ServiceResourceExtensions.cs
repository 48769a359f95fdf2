using System.Globalization;
using DqnAspire.Agents.Presets;
using DqnAspire.AppHost.Arguments;
using DqnAspire.AppHost.Session;
using DqnAspire.AppHost.Supervision;
using DqnAspire.AppHost.Training;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DqnAspire.AppHost.Services;

/// <summary>What the resources of the four services have in common, so that the model reads as a diagram.</summary>
internal static class ServiceResourceExtensions
{
    private const string DashboardResource = "aspire-dashboard";
    private const string CollectorVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Adds a service of the run: supervised, with a health check and links that work in a browser.</summary>
    /// <typeparam name="TProject">The service's project.</typeparam>
    /// <param name="training">The run that it works on.</param>
    /// <param name="name">Name of the resource.</param>
    /// <param name="icon">Its icon in the dashboard, of Fluent UI.</param>
    /// <param name="portOffset">Added to the ports in the service's own appsettings.json.</param>
    public static IResourceBuilder<ProjectResource> AddService<TProject>(
        this IResourceBuilder<TrainingResource> training, string name, string icon, int portOffset)
        where TProject : IProjectMetadata, new() =>
        training.ApplicationBuilder.AddService<TProject>(name, icon, portOffset).WithParentRelationship(training);

    /// <summary>Adds a service: supervised, with a health check and links that work in a browser.</summary>
    /// <typeparam name="TProject">The service's project.</typeparam>
    /// <param name="builder">The application.</param>
    /// <param name="name">Name of the resource.</param>
    /// <param name="icon">Its icon in the dashboard, of Fluent UI.</param>
    /// <param name="portOffset">Added to the ports in the service's own appsettings.json.</param>
    public static IResourceBuilder<ProjectResource> AddService<TProject>(
        this IDistributedApplicationBuilder builder, string name, string icon, int portOffset)
        where TProject : IProjectMetadata, new()
    {
        var service = builder.AddProject<TProject>(name, launchProfileName: null)
            .WithEndpoint("grpc", endpoint => Move(endpoint, portOffset))
            .WithEndpoint("http", endpoint => Move(endpoint, portOffset))
            .WithHttpHealthCheck("/health", endpointName: "http")
            .WithUrlForEndpoint("http", url => url.DisplayText = "Status")
            // A browser cannot speak gRPC: no link where people click.
            .WithUrlForEndpoint("grpc", url => url.DisplayLocation = UrlDisplayLocation.DetailsOnly)
            .WithIconName(icon)
            .WithAnnotation(new SupervisedAnnotation())
            // Small processes side by side: a young generation as large as the processor's cache would waste memory.
            .WithEnvironment("DOTNET_GCgen0size", "0x400000");
        // Experimental, and the only way to say that no developer certificate is needed here and no warning about a
        // missing one.
#pragma warning disable ASPIRECERTIFICATES001
        service.WithoutHttpsCertificate();
#pragma warning restore ASPIRECERTIFICATES001
        return builder.ExecutionContext.IsRunMode
            ? service.StartedDirectly()
                .WithEnvironment(ExportTelemetry)
                .WithEnvironment("System__ProcessId", Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
            : service;
    }

    /// <summary>Tells EvalService where the policies of runs lie that the learner does not have.</summary>
    /// <param name="eval">EvalService.</param>
    /// <param name="runsDirectory">Absolute path of the folder of runs; null: as it is configured.</param>
    public static IResourceBuilder<ProjectResource> WithRunsIn(
        this IResourceBuilder<ProjectResource> eval, string? runsDirectory) =>
        runsDirectory is null ? eval : eval.WithEnvironment("Eval__RunsDirectory", runsDirectory);

    /// <summary>Has EvalService show a policy from files, without a learner.</summary>
    /// <param name="eval">EvalService.</param>
    /// <param name="policy">What is shown.</param>
    public static IResourceBuilder<ProjectResource> WithPolicy(
        this IResourceBuilder<ProjectResource> eval, ShownPolicy policy) => eval
        .WithRunsIn(policy.RunsDirectory)
        .WithEnvironment("Eval__HasLearner", "false")
        .WithEnvironment("Eval__Show", policy.Reference);

    /// <summary>
    /// Puts experience where the run is. Tables are named after their run, so a runs folder holds those of many.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithExperienceOf(
        this IResourceBuilder<ProjectResource> replay, TrainingPlan? plan) =>
        plan is null ? replay : replay.WithEnvironment("Replay__DataDirectory", plan.ExperienceDirectory);

    /// <summary>Sets the run that the learner starts with, and resumes when it is started again.</summary>
    public static IResourceBuilder<ProjectResource> WithRun(
        this IResourceBuilder<ProjectResource> learner, TrainingPlan? plan, AppHostOptions options)
    {
        if (plan is not null)
        {
            learner.WithEnvironment("Learner__RunsDirectory", TrainingPlan.RunsDirectory)
                .WithEnvironment("Learner__RunDirectory", plan.Directory)
                .WithEnvironment("Learner__RunId", plan.RunId)
                .WithEnvironment("Learner__Resume", "true");
        }

        learner.WithEnvironment("Learner__Preset", plan?.Settings.PresetSource ?? PresetCatalog.DefaultName);
        for (var i = 0; i < options.Settings.Count; i++)
        {
            learner.WithEnvironment($"Learner__Settings__{i}", options.Settings[i]);
        }

        return learner;
    }

    /// <summary>
    /// Telemetry goes to the dashboard, or to the collector that the user's environment names; without either it is not
    /// exported. A service that stops waits two seconds for its last telemetry to arrive, not ten, because the
    /// dashboard may have stopped before it.
    /// </summary>
    private static void ExportTelemetry(EnvironmentCallbackContext context)
    {
        var model = context.ExecutionContext.Services.GetRequiredService<DistributedApplicationModel>();
        if (Environment.GetEnvironmentVariable(CollectorVariable) is { Length: > 0 } collector)
        {
            context.EnvironmentVariables[CollectorVariable] = collector;
        }
        else if (!model.Resources.Any(resource => resource.Name == DashboardResource))
        {
            context.EnvironmentVariables.Remove(CollectorVariable);
        }

        context.EnvironmentVariables.Remove("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY");
        context.EnvironmentVariables["OTEL_EXPORTER_OTLP_TIMEOUT"] = "2000";
    }

    /// <summary>
    /// Moves a port. The service itself listens there: a proxy between services would be one more hop for every step.
    /// </summary>
    private static void Move(EndpointAnnotation endpoint, int offset)
    {
        if (endpoint.Port is { } port)
        {
            endpoint.Port = endpoint.TargetPort = port + offset;
            endpoint.IsProxied = false;
        }
    }

    /// <summary>
    /// Starts the program that was built with this one. Aspire's default, <c>dotnet run</c>, puts a process of 120 MB
    /// and seconds of work around every service. An IDE and <c>dotnet watch</c> start projects in their own way.
    /// </summary>
    private static IResourceBuilder<ProjectResource> StartedDirectly(this IResourceBuilder<ProjectResource> service)
    {
        var configuration = service.ApplicationBuilder.Configuration;
        var folder = Path.GetDirectoryName(service.Resource.GetProjectMetadata().ProjectPath)!;
        var program = ProgramIn(folder);
        var isStartedByTool = configuration["DEBUG_SESSION_PORT"] is { Length: > 0 }
            || configuration.GetValue<bool>("DOTNET_WATCH");
        return isStartedByTool || !File.Exists(program)
            ? service
            : service
                .WithAnnotation(new ExecutableAnnotation { Command = "dotnet", WorkingDirectory = folder })
                .WithArgs(program);
    }

    /// <summary>
    /// Path of a project's program, built in the same configuration and for the same framework as AppHost.
    /// </summary>
    private static string ProgramIn(string projectFolder)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var name = $"DqnAspire.{Path.GetFileName(projectFolder)}.dll";
        return Path.Combine(projectFolder, "bin", own.Parent!.Name, own.Name, name);
    }
}
