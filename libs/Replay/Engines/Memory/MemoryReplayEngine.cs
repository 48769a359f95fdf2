using DqnAspire.Replay.Storage;

namespace DqnAspire.Replay.Engines.Memory;

/// <summary>Tables in this process's memory; a closed table is gone.</summary>
public sealed class MemoryReplayEngine : IReplayEngine
{
    /// <inheritdoc/>
    public long MaxMemoryBytes(TableSpec spec) => spec.IndexBytes + ((long)spec.Slots * spec.ObservationBytes);

    /// <inheritdoc/>
    public ValueTask<bool> ContainsAsync(string name, CancellationToken cancellationToken) =>
        ValueTask.FromResult(false);

    /// <inheritdoc/>
    public ValueTask<IReplayStore> CreateAsync(
        string name, TableManifest manifest, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReplayStore>(new MemoryReplayStore(manifest));

    /// <inheritdoc/>
    public ValueTask<IReplayStore> OpenAsync(string name, CancellationToken cancellationToken) =>
        throw new ReplayStoreException($"There is no table '{name}': tables in memory end when they are closed.",
            StoreProblem.Refused);

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(string name, CancellationToken cancellationToken) => ValueTask.FromResult(false);

    /// <inheritdoc/>
    public ValueTask ImportAsync(string name, IReplayStore source, CancellationToken cancellationToken) =>
        throw new ReplayStoreException(
            $"Table '{name}' cannot be imported: tables in memory end when they are closed.", StoreProblem.Refused);
}
