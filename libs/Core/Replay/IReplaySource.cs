using DqnAspire.Core.Lanes;

namespace DqnAspire.Core.Replay;

/// <summary>Makes experience tables: in this process, or at ReplayService.</summary>
public interface IReplaySource
{
    /// <summary>Makes an empty table for one environment's observations.</summary>
    /// <param name="spec">Capacity, sampler and what a transition is.</param>
    /// <param name="environment">Gives the observation's shape.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<IReplaySession> CreateAsync(ReplaySpec spec, EnvironmentInfo environment, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a table what it was at a mark, and opens it: batches and appends go on as if the session that made the mark had
    /// never ended. A session that still has the table open ends.
    /// </summary>
    /// <param name="spec">As when the table was made.</param>
    /// <param name="environment">Gives the observation's shape, the same as when the table was made.</param>
    /// <param name="mark">Name of the mark.</param>
    /// <param name="samplerState">What <see cref="IReplaySession.MarkAsync"/> returned.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<IReplaySession> ReopenAsync(
        ReplaySpec spec, EnvironmentInfo environment, string mark, ReadOnlyMemory<byte> samplerState, CancellationToken cancellationToken);

    /// <summary>Removes a table that an earlier attempt at a run left; one that is not there is no error.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task DeleteAsync(string name, CancellationToken cancellationToken);
}
