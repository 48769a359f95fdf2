namespace DqnAspire.ReplayService;

/// <summary>A table was deleted while it was in use.</summary>
/// <param name="name">The table.</param>
public sealed class TableClosedException(string name) : Exception($"Table '{name}' was deleted.");
