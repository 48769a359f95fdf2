namespace DqnAspire.ReplayService;

/// <summary>A table went back to a mark while it was in use.</summary>
/// <param name="name">The table.</param>
public sealed class TableRewoundException(string name) : Exception($"Table '{name}' went back to a mark; writers and samplers begin anew.");
