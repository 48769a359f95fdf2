namespace DqnAspire.ReplayService;

/// <summary>A table in memory was asked for what only tables on disk have.</summary>
/// <param name="name">The table.</param>
public sealed class TableInMemoryException(string name)
    : Exception($"Table '{name}' is in memory; only tables on disk (Replay:DataDirectory) have snapshots.");
