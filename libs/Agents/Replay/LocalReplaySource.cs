using DqnAspire.Agents.Lanes;
using DqnAspire.Randomness;
using DqnAspire.Replay;
using DqnAspire.Replay.Sampling;

namespace DqnAspire.Agents.Replay;

/// <summary>Makes experience tables in this process.</summary>
public sealed class LocalReplaySource : IReplaySource
{
    /// <inheritdoc/>
    public Task<IReplaySession> CreateAsync(
        string name,
        EnvironmentInfo environment,
        int capacity,
        int batchSize,
        ulong seed,
        CancellationToken cancellationToken)
    {
        var table = new ReplayTable(new TableSpec(environment.ObservationSpace.ByteCount, capacity));
        return Task.FromResult<IReplaySession>(
            new LocalReplaySession(table, new UniformSamplerWithoutReplacement(new Pcg64(seed)), batchSize));
    }
}
