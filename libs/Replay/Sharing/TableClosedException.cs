namespace DqnAspire.Replay.Sharing;

/// <summary>A table was closed or deleted while it was in use.</summary>
/// <param name="name">Name of the table.</param>
/// <param name="isDeleted">
/// Whether it is gone; otherwise the next call that names it opens what is stored of it.
/// </param>
public sealed class TableClosedException(string name, bool isDeleted = false)
    : Exception($"Table '{name}' was {(isDeleted ? "deleted" : "closed")}.")
{
    /// <summary>Whether the table is gone.</summary>
    public bool IsDeleted { get; } = isDeleted;
}
