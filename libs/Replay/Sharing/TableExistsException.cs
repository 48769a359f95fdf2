namespace DqnAspire.Replay.Sharing;

/// <summary>A table cannot be made because its name is taken.</summary>
/// <param name="name">The name.</param>
public sealed class TableExistsException(string name) : Exception($"There is a table '{name}' already.");
