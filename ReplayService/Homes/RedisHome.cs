using DqnAspire.Replay;
using DqnAspire.Replay.Storage;
using DqnAspire.Replay.Storage.Embedded;
using DqnAspire.Replay.Redis;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace DqnAspire.ReplayService.Homes;

/// <summary>A Redis: its tables are everyone's who knows it, and the last to open one has it.</summary>
/// <param name="options">How much of a table is kept in this process too, and how long to wait for Redis.</param>
public sealed class RedisHome(IOptions<ReplayOptions> options) : ITableHome
{
    private RedisTables? _tables;

    /// <summary>The tables there.</summary>
    /// <exception cref="InvalidOperationException">The service has not connected yet; it does so before it takes calls.</exception>
    public RedisTables Tables => _tables ?? throw new InvalidOperationException("Redis is connected to before the service takes calls.");

    private long CacheBytes => options.Value.ResidentBytes;

    /// <summary>Looks whether the Redis behind a connection can hold tables.</summary>
    /// <exception cref="ReplayStoreException">It cannot.</exception>
    public async Task ConnectAsync(IConnectionMultiplexer redis, CancellationToken cancellationToken)
    {
        var patience = TimeSpan.FromSeconds(options.Value.RedisPatienceSeconds);
        _tables = await RedisTables.ConnectAsync(redis, new RedisStoreOptions { CacheBytes = CacheBytes, Patience = patience }, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public long MostBytes(TableSpec spec) =>
        spec.IndexBytes + RedisReplayStore.IndexBytes(spec) + Math.Min(CacheBytes, (long)spec.Slots * spec.ObservationBytes);

    /// <inheritdoc/>
    public bool Contains(string name) => Tables.Contains(name);

    /// <inheritdoc/>
    public IReplayStore Create(string name, TableManifest manifest) => Tables.Create(name, manifest);

    /// <inheritdoc/>
    public (IReplayStore Store, TableManifest Manifest) Open(string name)
    {
        var store = Tables.Open(name);
        return (store, store.Manifest);
    }

    /// <inheritdoc/>
    public bool Delete(string name) => Tables.Delete(name);

    /// <inheritdoc/>
    public void Import(string name, EmbeddedReplayStore snapshot, CancellationToken cancellationToken) =>
        Tables.Import(name, snapshot, cancellationToken).Dispose();
}
