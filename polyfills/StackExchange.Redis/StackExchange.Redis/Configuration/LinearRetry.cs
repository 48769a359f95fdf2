namespace StackExchange.Redis;

/// <summary>The same pause before every attempt.</summary>
/// <param name="maxRetryElapsedTimeAllowedMilliseconds">The pause in milliseconds.</param>
public class LinearRetry(int maxRetryElapsedTimeAllowedMilliseconds) : IReconnectRetryPolicy
{
    /// <inheritdoc/>
    public bool ShouldRetry(long currentRetryCount, int timeElapsedMillisecondsSinceLastRetry)
        => timeElapsedMillisecondsSinceLastRetry >= maxRetryElapsedTimeAllowedMilliseconds;
}
