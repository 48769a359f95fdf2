namespace DqnAspire.Core.Lanes;

/// <summary>Opens lanes of an environment: in this process, or at EnvService.</summary>
public interface ILaneSource
{
    /// <summary>Asks whether an environment can be played.</summary>
    /// <param name="environmentId">For example "BreakoutNoFrameskip-v4".</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>What is missing, a cartridge for example; null when nothing is.</returns>
    Task<string?> FindProblemAsync(string environmentId, CancellationToken cancellationToken);

    /// <summary>Describes an environment without opening lanes.</summary>
    /// <param name="environmentId">For example "CartPole-v1".</param>
    /// <param name="options">
    /// Options by name, as for <see cref="OpenAsync"/>; those that change the spaces are taken into account.
    /// </param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Null when this source has no environment of that id.</returns>
    /// <remarks>
    /// An environment that cannot be opened here, or not with these options, fails as it does in
    /// <see cref="OpenAsync"/>.
    /// </remarks>
    Task<EnvironmentDescription?> DescribeAsync(
        string environmentId, IReadOnlyDictionary<string, string> options, CancellationToken cancellationToken);

    /// <summary>
    /// What is unusual about an environment that can be played, a cartridge of another dump for example.
    /// </summary>
    /// <param name="environmentId">The environment.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>One line; null: nothing, or nobody here knows.</returns>
    Task<string?> FindWarningAsync(string environmentId, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(null);

    /// <summary>Opens lanes and resets each: lane i with seed + i.</summary>
    /// <param name="environmentId">For example "CartPole-v1".</param>
    /// <param name="options">Options of the environment by name.</param>
    /// <param name="lanes">Number of lanes.</param>
    /// <param name="seed">Seed of the first lane.</param>
    /// <param name="autoReset">Whether a lane begins a new episode at once when one ended.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<ILanes> OpenAsync(
        string environmentId,
        IReadOnlyDictionary<string, string> options,
        int lanes,
        ulong seed,
        bool autoReset,
        CancellationToken cancellationToken);
}
