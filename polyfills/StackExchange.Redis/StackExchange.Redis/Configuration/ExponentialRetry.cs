namespace StackExchange.Redis;

/// <summary>
/// A pause that grows by a tenth with every attempt and is drawn at random between its first and its present length, so that
/// many clients do not return at once.
/// </summary>
public class ExponentialRetry : IReconnectRetryPolicy
{
    private const int DefaultLongest = 10_000;
    private readonly int _first;
    private readonly int _longest;

    /// <summary>A pause that grows up to ten seconds.</summary>
    /// <param name="deltaBackOffMilliseconds">The first pause in milliseconds.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public ExponentialRetry(int deltaBackOffMilliseconds)
        : this(deltaBackOffMilliseconds, Math.Max(deltaBackOffMilliseconds, DefaultLongest))
    {
    }

    /// <summary>A pause that grows up to a limit.</summary>
    /// <param name="deltaBackOffMilliseconds">The first pause in milliseconds.</param>
    /// <param name="maxDeltaBackOffMilliseconds">The longest pause in milliseconds.</param>
    /// <exception cref="ArgumentOutOfRangeException">The first is negative, or longer than the longest.</exception>
    public ExponentialRetry(int deltaBackOffMilliseconds, int maxDeltaBackOffMilliseconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(deltaBackOffMilliseconds);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDeltaBackOffMilliseconds, deltaBackOffMilliseconds);
        _first = deltaBackOffMilliseconds;
        _longest = maxDeltaBackOffMilliseconds;
    }

    /// <inheritdoc/>
    public bool ShouldRetry(long currentRetryCount, int timeElapsedMillisecondsSinceLastRetry)
    {
        var grown = (int)Math.Min(_longest, _first * Math.Pow(1.1, currentRetryCount));
        return timeElapsedMillisecondsSinceLastRetry >= Random.Shared.Next(_first, grown + 1);
    }
}
