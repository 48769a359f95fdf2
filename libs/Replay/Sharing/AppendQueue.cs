namespace DqnAspire.Replay.Sharing;

/// <summary>Appends blocks one after the other; a block is stored before samplers see it.</summary>
/// <param name="state">The table.</param>
internal sealed class AppendQueue(SharedState state)
{
    /// <summary>Appends a block when the rate limiter allows it.</summary>
    /// <param name="records">In order of arrival.</param>
    /// <param name="observations">[records, observation].</param>
    /// <param name="generation">Generation of the writer.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Records received so far.</returns>
    public async ValueTask<long> AppendAsync(
        ReadOnlyMemory<StepRecord> records,
        ReadOnlyMemory<byte> observations,
        long generation,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            if (!MayAppendNow(generation))
            {
                // Not while holding the turn: a reset or a copy must not wait for samplers.
                var waiter = new Waiter(MayAppend, null);
                await state.Gate.WaitAsync(waiter, generation, cancellationToken).ConfigureAwait(false);
            }

            using var turn = await state.Turn.TakeAsync(cancellationToken).ConfigureAwait(false);
            ReplayTable table;
            Memory<StoredRecord> block;
            lock (state.Lock)
            {
                state.Fence.ThrowIfEnded(generation);
                // Another writer may have been faster.
                if (!MayAppend())
                {
                    continue;
                }

                table = state.Table;
                block = table.Prepare(records.Span, observations.Length);
            }

            await table.Store.AppendAsync(table.Records, block, observations, cancellationToken).ConfigureAwait(false);
            lock (state.Lock)
            {
                Publish(table, block.Span);
            }

            state.Observer.Appended(state.Name, records.Length, observations.Length);
            return table.Records;
        }
    }

    private bool MayAppendNow(long generation)
    {
        lock (state.Lock)
        {
            state.Fence.ThrowIfEnded(generation);
            return MayAppend();
        }
    }

    private bool MayAppend() => state.Gate.MayAppend(state.Table.Size);

    private void Publish(ReplayTable table, ReadOnlySpan<StoredRecord> block)
    {
        var (size, steps) = (table.Size, table.Steps);
        table.Publish(block);
        state.Gate.Limiter.Appended((int)(table.Steps - steps), size);
        state.Gate.Wake();
    }
}
