namespace DqnAspire.Replay.Sharing;

/// <summary>A request could take more memory than is left of what all may take together; nothing was taken.</summary>
/// <param name="what">What the memory is for; the message begins with it.</param>
/// <param name="wanted">Bytes that it could take.</param>
/// <param name="taken">Bytes that others could take.</param>
/// <param name="limit">Maximum for all, in bytes.</param>
public sealed class MemoryLimitException(string what, long wanted, long taken, long limit)
    : Exception(
        $"{what} could take {wanted:N0} bytes of memory and the others {taken:N0}; Replay:MaxMemoryBytes allows "
        + $"{limit:N0}.");
