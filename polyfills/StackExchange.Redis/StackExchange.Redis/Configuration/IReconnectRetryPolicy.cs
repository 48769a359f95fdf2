namespace StackExchange.Redis;

/// <summary>Decides when a lost connection is tried again. It is asked many times a second while there is no connection.</summary>
public interface IReconnectRetryPolicy
{
    /// <summary>Whether the next attempt is due.</summary>
    /// <param name="currentRetryCount">Attempts that failed since the connection was lost.</param>
    /// <param name="timeElapsedMillisecondsSinceLastRetry">Time since the last attempt began, in milliseconds.</param>
    bool ShouldRetry(long currentRetryCount, int timeElapsedMillisecondsSinceLastRetry);
}
