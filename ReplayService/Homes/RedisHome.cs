using DqnAspire.Replay;
using DqnAspire.Replay.Storage;
using DqnAspire.Replay.Storage.Embedded;
using DqnAspire.Replay.Storage.Redis;

namespace DqnAspire.ReplayService.Homes;

/// <summary>A Redis: its tables are everyone's who knows it, and the last to open one has it.</summary>
/// <param name="tables">The tables there; owned.</param>
/// <param name="cacheBytes">Most bytes of a table's observations that are kept in this process too.</param>
public sealed class RedisHome(RedisTables tables, long cacheBytes) : ITableHome, IDisposable
{
    /// <summary>The tables there.</summary>
    public RedisTables Tables => tables;

    /// <inheritdoc/>
    public long MostBytes(TableSpec spec) =>
        spec.IndexBytes + RedisReplayStore.IndexBytes(spec) + Math.Min(cacheBytes, (long)spec.Slots * spec.ObservationBytes);

    /// <inheritdoc/>
    public bool Contains(string name) => tables.Contains(name);

    /// <inheritdoc/>
    public IReplayStore Create(string name, TableManifest manifest) => tables.Create(name, manifest);

    /// <inheritdoc/>
    public (IReplayStore Store, TableManifest Manifest) Open(string name)
    {
        var store = tables.Open(name);
        return (store, store.Manifest);
    }

    /// <inheritdoc/>
    public bool Delete(string name) => tables.Delete(name);

    /// <inheritdoc/>
    public void Import(string name, EmbeddedReplayStore snapshot, CancellationToken cancellationToken) =>
        tables.Import(name, snapshot, cancellationToken).Dispose();

    /// <inheritdoc/>
    public void Dispose() => tables.Dispose();
}
