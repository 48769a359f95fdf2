namespace DqnAspire.Replay.Sharing;

/// <summary>
/// The memory that requests may take together: what one can take is reserved before it is taken.
/// </summary>
/// <param name="limit">Maximum, in bytes.</param>
public sealed class MemoryBudget(long limit)
{
    // Guards _taken.
    private readonly Lock _lock = new();
    private long _taken;

    /// <summary>Bytes that are reserved now.</summary>
    public long Taken
    {
        get
        {
            lock (_lock)
            {
                return _taken;
            }
        }
    }

    /// <summary>Reserves memory.</summary>
    /// <param name="what">What it is for, for errors.</param>
    /// <param name="bytes">The maximum that it can take.</param>
    /// <returns>The reservation; disposing it gives the memory back.</returns>
    /// <exception cref="MemoryLimitException">There is not so much left.</exception>
    public IDisposable Reserve(string what, long bytes)
    {
        lock (_lock)
        {
            if (bytes > limit - _taken)
            {
                throw new MemoryLimitException(what, bytes, _taken, limit);
            }

            _taken += bytes;
        }

        return new Reservation(this, bytes);
    }

    private void Release(long bytes)
    {
        lock (_lock)
        {
            _taken -= bytes;
        }
    }

    private sealed class Reservation(MemoryBudget budget, long bytes) : IDisposable
    {
        private int _released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0)
            {
                budget.Release(bytes);
            }
        }
    }
}
