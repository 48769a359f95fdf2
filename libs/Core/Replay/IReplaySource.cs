using DqnAspire.Core.Lanes;

namespace DqnAspire.Core.Replay;

/// <summary>Makes experience tables: in this process, or at ReplayService.</summary>
public interface IReplaySource
{
    /// <summary>Makes an empty table for one environment's observations.</summary>
    /// <param name="spec">Capacity, sampler, and how transitions are assembled.</param>
    /// <param name="environment">Gives the observation's shape.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    Task<IReplaySession> CreateAsync(ReplaySpec spec, EnvironmentInfo environment, CancellationToken cancellationToken);

    /// <summary>
    /// Rewinds a table to a mark, and opens it: the next batches are those of the session that made the mark.
    /// A session that still has the table open ends.
    /// </summary>
    /// <param name="spec">As when the table was made.</param>
    /// <param name="environment">Gives the observation's shape, the same as when the table was made.</param>
    /// <param name="mark">Name of the mark.</param>
    /// <param name="samplerState">What <see cref="IReplaySession.MarkAsync"/> returned.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    Task<IReplaySession> ReopenAsync(
        ReplaySpec spec,
        EnvironmentInfo environment,
        string mark,
        ReadOnlyMemory<byte> samplerState,
        CancellationToken cancellationToken);

    /// <summary>Deletes a table; an unknown name is no error.</summary>
    /// <param name="name">Name of the table.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    Task DeleteAsync(string name, CancellationToken cancellationToken);
}
