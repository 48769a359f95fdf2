namespace DqnAspire.Replay.Sharing;

/// <summary>
/// A snapshot cannot be made: there is no folder for snapshots, or the table's engine makes no copies.
/// </summary>
/// <param name="name">Name of the table.</param>
public sealed class NoSnapshotsException(string name)
    : Exception($"Table '{name}' has no snapshots: they are folders below Replay:DataDirectory, which is not set.");
