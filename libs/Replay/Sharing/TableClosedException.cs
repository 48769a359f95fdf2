namespace DqnAspire.Replay.Sharing;

/// <summary>A table was closed or deleted while it was in use.</summary>
/// <param name="name">Name of the table.</param>
public sealed class TableClosedException(string name) : Exception($"Table '{name}' was deleted.");
