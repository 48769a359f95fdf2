namespace DqnAspire.Core.Replay;

/// <summary>
/// One writer and one sampler of an experience table, in lockstep: a batch is drawn from exactly the records appended
/// before it was asked for. Calls must not overlap.
/// </summary>
public interface IReplaySession : IStepSink, IAsyncDisposable
{
    /// <summary>
    /// Asks for batches, which are prepared while the caller does other things. The caller appends nothing,
    /// and changes no priority, before it has taken all of them.
    /// </summary>
    /// <param name="batches">Number of batches, at least 1.</param>
    /// <param name="importanceExponent">
    /// Exponent beta of the importance weights, 0 to 1; of no effect without priorities.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    ValueTask RequestAsync(int batches, double importanceExponent, CancellationToken cancellationToken);

    /// <summary>Takes the next batch that was asked for; it is valid until the next call.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    ValueTask<TransitionBatch> TakeAsync(CancellationToken cancellationToken);

    /// <summary>Changes priorities; transitions that have left the table are ignored.</summary>
    /// <param name="records">As in <see cref="TransitionBatch.Records"/>.</param>
    /// <param name="priorities">One each, finite and not negative.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    ValueTask UpdatePrioritiesAsync(
        ReadOnlyMemory<long> records, ReadOnlyMemory<float> priorities, CancellationToken cancellationToken);

    /// <summary>
    /// Marks the table as it is after everything that was appended, as durably as it keeps records.
    /// </summary>
    /// <param name="name">
    /// Letters, digits, '-', '_' and '.', at most 100; takes the place of a mark with the same name.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>
    /// The sampler's state: with the mark, all that <see cref="IReplaySource.ReopenAsync"/> needs.
    /// </returns>
    ValueTask<ReadOnlyMemory<byte>> MarkAsync(string name, CancellationToken cancellationToken);

    /// <summary>Removes a mark; an unknown name is no error.</summary>
    /// <param name="name">Name of the mark.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    ValueTask DropMarkAsync(string name, CancellationToken cancellationToken);
}
