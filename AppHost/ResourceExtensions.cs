using System.Globalization;

namespace DqnAspire.AppHost;

/// <summary>What the four services' resources have in common, so that Program.cs reads as a diagram.</summary>
internal static class ResourceExtensions
{
    /// <summary>A gRPC port, an HTTP/1.1 port for health, metrics and pages, and the health check on it.</summary>
    public static IResourceBuilder<ProjectResource> WithServicePorts(
        this IResourceBuilder<ProjectResource> service, int grpc, int http, int offset) => service
            .WithHttpEndpoint(port: grpc + offset, name: "grpc", env: "GRPC_PORT", isProxied: false)
            .WithHttpEndpoint(port: http + offset, name: "http", env: "HTTP_PORT", isProxied: false)
            .WithHttpHealthCheck("/health", endpointName: "http")
            // Small processes side by side: a young generation as large as the processor's cache would be memory for nothing.
            .WithEnvironment("DOTNET_GCgen0size", "0x400000");

    /// <summary>Where experience is kept: with the run. Tables are named after their run, so a runs folder holds those of many.</summary>
    public static IResourceBuilder<ProjectResource> WithExperienceOf(this IResourceBuilder<ProjectResource> replay, RunPlan plan) =>
        replay.WithEnvironment("Replay__DataDirectory", plan.ExperienceDirectory);

    /// <summary>The run that the learner starts with, and goes on with when it is started again.</summary>
    public static IResourceBuilder<ProjectResource> WithRun(this IResourceBuilder<ProjectResource> learner, RunPlan plan, AppHostOptions options)
    {
        learner.WithEnvironment("Learner__RunsDirectory", RunPlan.RunsDirectory)
            .WithEnvironment("Learner__RunDirectory", plan.Directory)
            .WithEnvironment("Learner__RunId", plan.RunId)
            .WithEnvironment("Learner__Preset", plan.Settings.Preset)
            .WithEnvironment("Learner__Resume", "true");
        for (var i = 0; i < options.Settings.Count; i++)
        {
            learner.WithEnvironment(string.Create(CultureInfo.InvariantCulture, $"Learner__Settings__{i}"), options.Settings[i]);
        }

        return learner;
    }
}
