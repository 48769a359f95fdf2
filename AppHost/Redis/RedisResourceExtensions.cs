using System.Security.Cryptography;
using DqnAspire.AppHost.Supervision;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DqnAspire.AppHost.Redis;

/// <summary>Redis in the diagram.</summary>
internal static class RedisResourceExtensions
{
    private const string Name = "redis";
    private const string PasswordName = "redis-password";

    /// <summary>Adds the Redis that experience is kept in.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddRedis(
        this IDistributedApplicationBuilder builder, RedisChoice choice) =>
        choice switch
        {
            RedisChoice.Local local => builder.AddServer(local.Server),
            RedisChoice.Container container => builder.AddContainer(container.Port),
            RedisChoice.Existing existing => builder.AddExisting(existing.ConnectionString),
            _ => throw new ArgumentOutOfRangeException(nameof(choice)),
        };

    /// <summary>Keeps experience in a Redis. One that is started with the system must answer first.</summary>
    public static void WithRedis(
        this IResourceBuilder<ProjectResource> replay, IResourceBuilder<IResourceWithConnectionString> redis)
    {
        replay.WithReference(redis);
        if (redis.Resource is LocalRedisResource or RedisResource)
        {
            replay.WaitFor(redis, WaitBehavior.WaitOnResourceUnavailable);
        }
    }

    private static IResourceBuilder<IResourceWithConnectionString> AddServer(
        this IDistributedApplicationBuilder builder, LocalRedis server)
    {
        var password = builder.AddParameter(PasswordName, server.Password, secret: true);
        builder.Services.AddHealthChecks().AddRedis(server.ConnectionString, Name);
        return builder.AddResource(new LocalRedisResource(Name, server, password.Resource))
            .WithArgs(server.ConfigurationFile)
            .WithEndpoint(port: server.Port, scheme: "tcp", name: "tcp", isProxied: false)
            .WithHealthCheck(Name)
            .WithIconName("DatabaseLightning")
            .WithAnnotation(new SupervisedAnnotation());
    }

    /// <summary>
    /// Adds the official image with the settings that the replay engine needs: an append-only file on a volume that
    /// outlives the container.
    /// </summary>
    private static IResourceBuilder<RedisResource> AddContainer(this IDistributedApplicationBuilder builder, int port)
    {
        var secret = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var password = builder.AddParameter(PasswordName, secret, secret: true);
        return builder.AddRedis(Name, port, password)
            .WithVolume("dqn-aspire-redis", "/data")
            .WithArgs("--appendonly", "yes", "--appendfsync", "no", "--save", "", "--maxmemory-policy", "noeviction");
    }

    private static IResourceBuilder<IResourceWithConnectionString> AddExisting(
        this IDistributedApplicationBuilder builder, string connectionString)
    {
        builder.Configuration.AddInMemoryCollection([new($"ConnectionStrings:{Name}", connectionString)]);
        return builder.AddConnectionString(Name);
    }
}
