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
}
