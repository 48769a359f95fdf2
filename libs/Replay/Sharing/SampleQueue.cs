namespace DqnAspire.Replay.Sharing;

/// <summary>Draws batches; a batch shows the table between two appends.</summary>
/// <param name="state">The table.</param>
internal sealed class SampleQueue(SharedState state)
{
    /// <summary>Waits until a batch can be drawn, and draws it.</summary>
    /// <param name="sampler">Receives the batch.</param>
    /// <param name="afterRecords">Records that the table must have received before.</param>
    /// <param name="mayWait">Whether to wait for transitions; the sampler always waits for the rate limiter.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>False when there are too few transitions and it may not wait for them.</returns>
    public async ValueTask<bool> SampleAsync(
        TableSampler sampler, long afterRecords, bool mayWait, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryDraw(sampler, afterRecords, cancellationToken) is { } drawn)
            {
                // Observations that are not in this process arrive while others use the table.
                await drawn.ConfigureAwait(false);
                return true;
            }

            var waiter = CreateWaiter(sampler, afterRecords, mayWait);
            await state.Gate.WaitAsync(waiter, sampler.Generation, cancellationToken).ConfigureAwait(false);
            if (!mayWait && IsShortNow(sampler, afterRecords))
            {
                return false;
            }

            // Another sampler may have been faster; then this one waits again.
        }
    }

    private Waiter CreateWaiter(TableSampler sampler, long afterRecords, bool mayWait) => new(
        () => CanDraw(sampler, afterRecords) || (!mayWait && IsShort(sampler, afterRecords)),
        () => HasData(sampler, afterRecords));

    /// <summary>Draws a batch if it can be drawn now.</summary>
    private ValueTask? TryDraw(TableSampler sampler, long afterRecords, CancellationToken cancellationToken)
    {
        lock (state.Lock)
        {
            state.Fence.ThrowIfEnded(sampler.Generation);
            if (!CanDraw(sampler, afterRecords))
            {
                return null;
            }

            var table = state.Table;
            var drawn = sampler.DrawAsync(table, cancellationToken);
            var count = sampler.Buffer.Indices.Length;
            table.Store.Sampled += count;
            state.Gate.Limiter.Sampled(count);
            state.Gate.Wake();
            return drawn;
        }
    }

    private bool IsShortNow(TableSampler sampler, long afterRecords)
    {
        lock (state.Lock)
        {
            return IsShort(sampler, afterRecords);
        }
    }

    private bool CanDraw(TableSampler sampler, long afterRecords) =>
        HasData(sampler, afterRecords) && state.Gate.Limiter.MaySample(state.Table.Size);

    private bool HasData(TableSampler sampler, long afterRecords) => HasRecords(afterRecords)
        && state.Table.Size >= state.Gate.Limiter.Limits.MinSize
        && sampler.CanSample(state.Table);

    private bool IsShort(TableSampler sampler, long afterRecords) =>
        HasRecords(afterRecords) && !HasData(sampler, afterRecords);

    private bool HasRecords(long afterRecords) => !state.Fence.IsRewinding && state.Table.Records >= afterRecords;
}
