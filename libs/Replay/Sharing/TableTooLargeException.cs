namespace DqnAspire.Replay.Sharing;

/// <summary>A table could use more memory than all tables may use together.</summary>
/// <param name="name">Name of the table.</param>
/// <param name="wanted">Bytes that it could use.</param>
/// <param name="promised">Bytes that the other tables could use.</param>
/// <param name="limit">Maximum for all tables, in bytes.</param>
public sealed class TableTooLargeException(string name, long wanted, long promised, long limit)
    : Exception(
        $"Table '{name}' could take {wanted:N0} bytes of memory and the others {promised:N0}; Replay:MaxMemoryBytes "
        + $"allows {limit:N0}.");
