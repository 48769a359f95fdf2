namespace DqnAspire.Replay.Sharing;

/// <summary>A table was rewound to a mark, or closed and opened again, while it was in use.</summary>
/// <param name="name">Name of the table.</param>
public sealed class TableRewoundException(string name)
    : Exception($"Table '{name}' went back to a mark, or was opened again; writers and samplers begin anew.");
