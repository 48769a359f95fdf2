using DqnAspire.Environments;

namespace DqnAspire.Agents.Replay;

/// <summary>
/// One writer and one sampler of an experience table, in lockstep: a batch is drawn from exactly the records appended
/// before it was asked for. Calls must not overlap.
/// </summary>
public interface IReplaySession : IAsyncDisposable
{
    /// <summary>Appends an episode's first observation in a lane.</summary>
    ValueTask BeginEpisodeAsync(int lane, ReadOnlyMemory<byte> observation, CancellationToken cancellationToken);

    /// <summary>Appends a step: the action taken, its reward and flags, and the observation it led to.</summary>
    ValueTask AppendAsync(
        int lane, int action, float reward, StepFlags flags, ReadOnlyMemory<byte> nextObservation, CancellationToken cancellationToken);

    /// <summary>Draws a batch; it holds until the next call.</summary>
    ValueTask<TransitionBatch> SampleAsync(CancellationToken cancellationToken);

    /// <summary>Remembers the table as it is after everything that was appended, as durably as it keeps records.</summary>
    /// <param name="name">Letters, digits, '-', '_' and '.', at most 100; takes the place of a mark with the same name.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The sampler's state: with the mark, all that <see cref="IReplaySource.ReopenAsync"/> needs to go on from here.</returns>
    ValueTask<ReadOnlyMemory<byte>> MarkAsync(string name, CancellationToken cancellationToken);
}
