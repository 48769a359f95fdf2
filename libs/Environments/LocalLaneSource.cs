using DqnAspire.Core.Lanes;

namespace DqnAspire.Environments;

/// <summary>Opens lanes in this process.</summary>
/// <param name="registry">The environments that can be opened.</param>
/// <param name="threads">
/// Maximum of threads that step the lanes of one set at the same time; 0: as suits the environment. Results do not
/// depend on it.
/// </param>
public sealed class LocalLaneSource(EnvironmentRegistry registry, int threads = 0) : ILaneSource
{
    /// <inheritdoc/>
    public Task<string?> FindProblemAsync(string environmentId, CancellationToken cancellationToken) =>
        Task.FromResult(registry.Get(environmentId).FindProblem());

    /// <inheritdoc/>
    public Task<string?> FindWarningAsync(string environmentId, CancellationToken cancellationToken) =>
        Task.FromResult(registry.Find(environmentId)?.FindWarning());

    /// <inheritdoc/>
    public Task<EnvironmentDescription?> DescribeAsync(
        string environmentId, IReadOnlyDictionary<string, string> options, CancellationToken cancellationToken) =>
        Task.FromResult(registry.Find(environmentId)?.Describe(options));

    /// <inheritdoc/>
    public Task<ILanes> OpenAsync(
        string environmentId,
        IReadOnlyDictionary<string, string> options,
        int lanes,
        ulong seed,
        bool autoReset,
        CancellationToken cancellationToken) =>
        Task.FromResult<ILanes>(new LocalLanes(
            environmentId,
            EnvironmentLanes.Create(registry.Get(environmentId), options, lanes, seed, autoReset, threads)));
}
