namespace DqnAspire.ReplayService;

/// <summary>A table could come to take more memory than the service may use.</summary>
/// <param name="name">The table.</param>
/// <param name="wanted">Bytes that it could take.</param>
/// <param name="promised">Bytes that the other tables could take.</param>
/// <param name="limit">Bytes allowed for all.</param>
public sealed class TableTooLargeException(string name, long wanted, long promised, long limit)
    : Exception($"Table '{name}' could take {wanted:N0} bytes of memory and the others {promised:N0}; Replay:MaxMemoryBytes allows {limit:N0}.");
