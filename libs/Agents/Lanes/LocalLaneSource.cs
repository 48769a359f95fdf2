using DqnAspire.Environments;

namespace DqnAspire.Agents.Lanes;

/// <summary>Opens lanes in this process.</summary>
/// <param name="registry">The environments that can be opened.</param>
public sealed class LocalLaneSource(EnvironmentRegistry registry) : ILaneSource
{
    /// <inheritdoc/>
    public Task<ILanes> OpenAsync(
        string environmentId,
        IReadOnlyDictionary<string, string> options,
        int lanes,
        ulong seed,
        bool autoReset,
        CancellationToken cancellationToken) =>
        Task.FromResult<ILanes>(new LocalLanes(
            environmentId, EnvironmentLanes.Create(registry.Get(environmentId), options, lanes, seed, autoReset)));
}
