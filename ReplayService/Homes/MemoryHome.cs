using DqnAspire.Replay;
using DqnAspire.Replay.Storage;
using DqnAspire.Replay.Storage.Embedded;

namespace DqnAspire.ReplayService.Homes;

/// <summary>This process: its tables are gone with it, and when they are closed.</summary>
public sealed class MemoryHome : ITableHome
{
    /// <inheritdoc/>
    public long MostBytes(TableSpec spec) => spec.IndexBytes + ((long)spec.Slots * spec.ObservationBytes);

    /// <inheritdoc/>
    public bool Contains(string name) => false;

    /// <inheritdoc/>
    public IReplayStore Create(string name, TableManifest manifest) => new MemoryReplayStore(manifest.Spec);

    /// <inheritdoc/>
    public (IReplayStore Store, TableManifest Manifest) Open(string name) => throw NothingThere();

    /// <inheritdoc/>
    public bool Delete(string name) => false;

    /// <inheritdoc/>
    public void Import(string name, EmbeddedReplayStore snapshot, CancellationToken cancellationToken) => throw NothingThere();

    private static InvalidOperationException NothingThere() => new("Nothing is kept here that could be opened.");
}
