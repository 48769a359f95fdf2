using DqnAspire.Replay.Sampling;

namespace DqnAspire.Replay.Sharing;

/// <summary>
/// Lets writers and samplers wait until the table has what they need and the rate limiter allows them to continue.
/// Every change of the table is followed by <see cref="Wake"/>.
/// </summary>
/// <param name="tableLock">
/// <see cref="SharedState.Lock"/>, which guards every member. The caller holds it, except for <see cref="WaitAsync"/>.
/// </param>
/// <param name="fence">Ends waits of an earlier generation.</param>
internal sealed class TableGate(Lock tableLock, Fence fence)
{
    private readonly RateLimiter _limiter = new();
    private readonly List<Waiter> _waiters = [];

    /// <summary>The limits, and how many samples were earned and used.</summary>
    public RateLimiter Limiter => _limiter;

    /// <summary>Whether a block may be appended: the limiter allows it, or a sampler waits for transitions.</summary>
    /// <param name="size">Transitions in the table.</param>
    public bool MayAppend(int size) =>
        _limiter.MayAppend(size) || _waiters.Exists(w => w.HasData is { } hasData && !hasData());

    /// <summary>Waits until a condition holds.</summary>
    /// <param name="waiter">The condition.</param>
    /// <param name="generation">Generation of the writer or sampler.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="TableClosedException">The table was closed.</exception>
    /// <exception cref="TableRewoundException">The table was rewound.</exception>
    public async ValueTask WaitAsync(Waiter waiter, long generation, CancellationToken cancellationToken)
    {
        lock (tableLock)
        {
            fence.ThrowIfEnded(generation);
            if (waiter.CanContinue())
            {
                return;
            }

            _waiters.Add(waiter);
            // A writer that waits may continue when a sampler begins to wait for transitions.
            Wake();
        }

        try
        {
            await waiter.Ready.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            lock (tableLock)
            {
                _waiters.Remove(waiter);
            }

            throw;
        }
    }

    /// <summary>Ends the waits whose condition holds now.</summary>
    public void Wake()
    {
        for (var i = _waiters.Count - 1; i >= 0; i--)
        {
            if (_waiters[i].CanContinue())
            {
                _waiters[i].End();
                _waiters.RemoveAt(i);
            }
        }
    }

    /// <summary>Ends all waits with an error.</summary>
    public void Fail(Exception reason)
    {
        foreach (var waiter in _waiters)
        {
            waiter.Fail(reason);
        }

        _waiters.Clear();
    }
}
