using DqnAspire.Replay.Storage;
using DqnAspire.Replay.Redis;
using DqnAspire.ReplayService.Homes;
using Microsoft.Extensions.Configuration.Memory;

namespace DqnAspire.ReplayService.Redis;

/// <summary>Tables in Redis, over the client that Aspire registers.</summary>
internal static class RedisHomeExtensions
{
    private const string DisableTracing = "Aspire:StackExchange:Redis:DisableTracing";

    /// <summary>Adds the connection, the tables behind it, their health and what is measured of them.</summary>
    /// <param name="builder">The service's builder.</param>
    /// <param name="connectionName">Names the connection string.</param>
    /// <param name="connectionString">The connection string, for a look before anything starts.</param>
    /// <exception cref="ReplayStoreException">It is none.</exception>
    public static void AddRedisHome(this WebApplicationBuilder builder, string connectionName, string connectionString)
    {
        RedisClientDefaults.Parse(connectionString);
        // The lowest of all sources: whatever the user configures wins.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData =
            [
                // A span for every command. A batch whose observations come from Redis is a hundred commands: spans halve the batches a second and hold
                // a gigabyte, under streams that last as long as a run.
                new(DisableTracing, "true"),
                // RedisStart says in a line each that Redis is away and is back; the client would say it at every attempt, with stack traces.
                new("Logging:LogLevel:StackExchange.Redis", nameof(LogLevel.None)),
            ],
        });
        builder.AddRedisClient(
            connectionName,
            // RedisHealthCheck says why.
            settings => settings.DisableHealthChecks = true,
            RedisClientDefaults.Apply);
        builder.Services.AddSingleton<RedisHome>();
        builder.Services.AddSingleton<ITableHome>(services => services.GetRequiredService<RedisHome>());
        builder.Services.AddHostedService<RedisStart>();
        builder.Services.AddHealthChecks().AddCheck<RedisHealthCheck>("redis");
    }
}
