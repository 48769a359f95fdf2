using StackExchange.Redis;

namespace DqnAspire.Replay.Redis;

/// <summary>
/// A quarter of a second before the second attempt to reconnect, a quarter more before each further one, two seconds at
/// most. A server that was started again is found soon. An attempt is given up after the same time, so a slow way (TLS
/// over a distance) has two seconds in the end.
/// </summary>
internal sealed class ReconnectPauses : IReconnectRetryPolicy
{
    private const int Step = 250;
    private const int Max = 2000;

    public bool ShouldRetry(long currentRetryCount, int timeElapsedMillisecondsSinceLastRetry) =>
        timeElapsedMillisecondsSinceLastRetry >= Math.Min((currentRetryCount + 1) * Step, Max);
}
