namespace DqnAspire.ReplayService;

/// <summary>A snapshot was asked for, and there is nowhere to put it, or nothing on disk to take it from.</summary>
/// <param name="name">The table.</param>
public sealed class NoDataDirectoryException(string name)
    : Exception($"Table '{name}' has no snapshots: they are folders below Replay:DataDirectory, which is not set.");
