using DqnAspire.Replay;
using DqnAspire.Replay.Engines;
using DqnAspire.Replay.Storage;

namespace JournalReplay;

/// <summary>
/// Tables in one plain file each: a journal of every change, which is played back when the table is opened.
/// </summary>
/// <param name="directory">Folder of the files.</param>
public sealed class JournalEngine(string directory) : IReplayEngine
{
    /// <inheritdoc/>
    public long MaxMemoryBytes(TableSpec spec) =>
        spec.IndexBytes + ((long)spec.Slots * (spec.ObservationBytes + StoredRecord.Bytes));

    /// <inheritdoc/>
    public ValueTask<bool> ContainsAsync(string name, CancellationToken cancellationToken) =>
        ValueTask.FromResult(File.Exists(PathOf(name)));

    /// <inheritdoc/>
    public ValueTask<IReplayStore> CreateAsync(string name, TableManifest manifest, CancellationToken cancellationToken)
    {
        manifest.Spec.Validate();
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        return ValueTask.FromResult<IReplayStore>(JournalStore.Create(PathOf(name), manifest));
    }

    /// <inheritdoc/>
    public ValueTask<IReplayStore> OpenAsync(string name, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReplayStore>(JournalStore.Open(PathOf(name)));

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        var exists = File.Exists(PathOf(name));
        File.Delete(PathOf(name));
        return ValueTask.FromResult(exists);
    }

    private string PathOf(string name) => Path.GetFullPath(Path.Combine(directory, name + ".journal"));
}
