using DqnAspire.Agents.Lanes;

namespace DqnAspire.Agents.Replay;

/// <summary>Makes experience tables: in this process, or at ReplayService.</summary>
public interface IReplaySource
{
    /// <summary>Makes an empty table for one environment's observations.</summary>
    /// <param name="spec">Capacity, sampler and what a transition is.</param>
    /// <param name="environment">Gives the observation's shape.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<IReplaySession> CreateAsync(ReplaySpec spec, EnvironmentInfo environment, CancellationToken cancellationToken);
}
