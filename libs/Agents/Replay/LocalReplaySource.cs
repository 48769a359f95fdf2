using DqnAspire.Agents.Lanes;
using DqnAspire.Agents.Settings;
using DqnAspire.Randomness;
using DqnAspire.Replay;
using DqnAspire.Replay.Sampling;

namespace DqnAspire.Agents.Replay;

/// <summary>Makes experience tables in this process.</summary>
public sealed class LocalReplaySource : IReplaySource
{
    /// <inheritdoc/>
    public Task<IReplaySession> CreateAsync(ReplaySpec spec, EnvironmentInfo environment, CancellationToken cancellationToken)
    {
        var table = new ReplayTable(new TableSpec(environment.ObservationSpace.ByteCount, spec.Capacity)
        {
            MaxStack = spec.Transitions.Stack,
            PriorityExponent = spec.Sampling == SamplingKind.Prioritized ? spec.PriorityExponent : 0,
        });
        return Task.FromResult<IReplaySession>(new LocalReplaySession(table, CreateSampler(spec), spec));
    }

    private static ISampler CreateSampler(ReplaySpec spec) => spec.Sampling switch
    {
        SamplingKind.Prioritized => new PrioritizedSampler(new Pcg64(spec.Seed)),
        SamplingKind.WithReplacement => new UniformSampler(new Pcg64(spec.Seed)),
        _ => new UniformSamplerWithoutReplacement(new Pcg64(spec.Seed)),
    };
}
