using DqnAspire.Agents.Lanes;

namespace DqnAspire.Agents.Replay;

/// <summary>Makes experience tables: in this process, or at ReplayService.</summary>
public interface IReplaySource
{
    /// <summary>Makes an empty table for one environment's observations, with one writer and one uniform sampler without replacement.</summary>
    /// <param name="name">Table name, unique among tables.</param>
    /// <param name="environment">Gives the observation's shape.</param>
    /// <param name="capacity">Transitions kept.</param>
    /// <param name="batchSize">Transitions in a batch.</param>
    /// <param name="seed">Seed of the sampler.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<IReplaySession> CreateAsync(
        string name,
        EnvironmentInfo environment,
        int capacity,
        int batchSize,
        ulong seed,
        CancellationToken cancellationToken);

    /// <summary>
    /// Makes a table what it was at a mark, and opens it: batches and appends go on as if the session that made the mark had
    /// never ended. A session that still has the table open ends.
    /// </summary>
    /// <param name="name">Name of the table.</param>
    /// <param name="environment">Gives the observation's shape, the same as when the table was made.</param>
    /// <param name="batchSize">Transitions in a batch.</param>
    /// <param name="mark">Name of the mark.</param>
    /// <param name="samplerState">What <see cref="IReplaySession.MarkAsync"/> returned.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<IReplaySession> ReopenAsync(
        string name,
        EnvironmentInfo environment,
        int batchSize,
        string mark,
        ReadOnlyMemory<byte> samplerState,
        CancellationToken cancellationToken);
}
