using DqnAspire.Replay.Storage;

namespace DqnAspire.Replay.Engines.Files;

/// <summary>Tables below a folder, each in a folder that has its name.</summary>
/// <param name="directory">The folder.</param>
/// <param name="options">How tables are stored.</param>
public sealed class FileReplayEngine(string directory, FileStoreOptions options) : IReplayEngine
{
    /// <inheritdoc/>
    public long MaxMemoryBytes(TableSpec spec) => spec.IndexBytes
        + StateFile.MemoryBytes(spec) + FrameCache.MaxMemoryBytes(spec, options.ResidentBytes);

    /// <inheritdoc/>
    public ValueTask<bool> ContainsAsync(string name, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ManifestFile.IsTable(DirectoryOf(name)));

    /// <inheritdoc/>
    public ValueTask<IReplayStore> CreateAsync(
        string name, TableManifest manifest, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReplayStore>(FileReplayStore.Create(DirectoryOf(name), manifest, options));

    /// <inheritdoc/>
    public ValueTask<IReplayStore> OpenAsync(string name, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReplayStore>(FileReplayStore.Open(DirectoryOf(name), options));

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        if (!ManifestFile.IsTable(DirectoryOf(name)))
        {
            return ValueTask.FromResult(false);
        }

        FileReplayStore.Delete(DirectoryOf(name));
        return ValueTask.FromResult(true);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The table grows in a folder beside its own, so that a process that is killed leaves no half table.
    /// </remarks>
    public async ValueTask ImportAsync(string name, IReplayStore source, CancellationToken cancellationToken)
    {
        using var staged = StagedTable.Begin(DirectoryOf(name), source.Manifest);
        await StoreTransfer.CopyAsync(source, staged.Store, cancellationToken).ConfigureAwait(false);
        staged.Complete();
    }

    private string DirectoryOf(string name) => Path.GetFullPath(Path.Combine(directory, name));
}
