using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DqnAspire.AppHost.Redis;

/// <summary>Redis in the diagram.</summary>
internal static class RedisResourceExtensions
{
    private const string Name = "redis";
    private const string Variable = "ConnectionStrings__redis";

    /// <summary>Adds a <c>redis-server</c> of the system's own.</summary>
    public static IResourceBuilder<ExecutableResource> AddRedisServer(this IDistributedApplicationBuilder builder, LocalRedis redis)
    {
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(Name, new RedisAnswers(redis.ConnectionString), failureStatus: null, tags: null));
        return builder.AddExecutable(Name, LocalRedis.Find()!, redis.Folder, redis.ConfigurationFile)
            .WithEndpoint(port: redis.Port, scheme: "tcp", name: "tcp", isProxied: false)
            .WithHealthCheck(Name);
    }

    /// <summary>Keeps experience in a Redis: its own, which then has to answer first, or one that is there.</summary>
    public static IResourceBuilder<ProjectResource> WithRedis(
        this IResourceBuilder<ProjectResource> replay, string connectionString, IResourceBuilder<ExecutableResource>? server)
    {
        replay.WithEnvironment(Variable, connectionString);
        return server is null ? replay : replay.WaitFor(server);
    }
}
