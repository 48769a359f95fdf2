using DqnAspire.Replay.Engines.Files;

namespace DqnAspire.Replay.Sharing;

/// <summary>Settings of a <see cref="TableRegistry"/>.</summary>
/// <param name="MaxMemoryBytes">Maximum of the memory that all tables can use together.</param>
/// <param name="SnapshotDirectory">Folder of the snapshots; null: no snapshots.</param>
/// <param name="SnapshotOptions">How snapshots are read.</param>
public sealed record TableRegistryOptions(
    long MaxMemoryBytes, string? SnapshotDirectory, FileStoreOptions SnapshotOptions);
