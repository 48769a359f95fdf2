using DqnAspire.Replay.Engines;
using DqnAspire.Replay.Redis;
using DqnAspire.Replay.Storage;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace DqnAspire.ReplayService.Redis;

/// <summary>Registers the Redis engine, over the client that Aspire registers.</summary>
internal static class RedisEngineExtensions
{
    private const string DisableTracing = "Aspire:StackExchange:Redis:DisableTracing";

    /// <summary>Adds the connection, the tables behind it, their health and what is measured of them.</summary>
    /// <param name="builder">The service's builder.</param>
    /// <param name="connectionName">Names the connection string.</param>
    /// <param name="connectionString">The connection string, which is checked before anything starts.</param>
    /// <exception cref="ReplayStoreException">It is not a connection string.</exception>
    public static void AddRedisEngine(
        this WebApplicationBuilder builder, string connectionName, string connectionString)
    {
        RedisClientDefaults.Parse(connectionString);
        // The source with the lowest priority: the user's settings win.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData =
            [
                // A batch whose observations come from Redis is a hundred commands. A span for each halves the batches
                // a second and holds a gigabyte, under streams that last as long as a run.
                new(DisableTracing, "true"),
                // RedisStart logs one line when Redis is away and one when it is back; the client would log every
                // attempt, with stack traces.
                new("Logging:LogLevel:StackExchange.Redis", nameof(LogLevel.None)),
                // RedisState logs a change once; this would log an error every few seconds while Redis is away.
                new("Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks", nameof(LogLevel.None)),
            ],
        });
        builder.AddRedisClient(
            connectionName,
            // RedisHealthCheck replaces it and says why.
            settings => settings.DisableHealthChecks = true,
            RedisClientDefaults.Apply);
        builder.Services.AddSingleton(services => new RedisReplayEngine(
            services.GetRequiredService<IConnectionMultiplexer>(),
            StoreOptions(services.GetRequiredService<IOptions<ReplayOptions>>().Value)));
        builder.Services.AddSingleton<IReplayEngine>(services => services.GetRequiredService<RedisReplayEngine>());
        builder.Services.AddSingleton<RedisState>();
        builder.Services.AddHostedService<RedisStart>();
        builder.Services.AddHealthChecks().AddCheck<RedisHealthCheck>("redis");
    }

    private static RedisStoreOptions StoreOptions(ReplayOptions options) => new()
    {
        CacheBytes = options.ResidentBytes,
        Patience = TimeSpan.FromSeconds(options.RedisPatienceSeconds),
    };
}
