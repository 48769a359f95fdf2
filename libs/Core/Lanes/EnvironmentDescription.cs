namespace DqnAspire.Core.Lanes;

/// <summary>Everything that a lane source says of an environment, under the options that were asked about.</summary>
/// <param name="Environment">Id, spaces and limit.</param>
/// <param name="Description">One line for people.</param>
/// <param name="RewardThreshold">Mean return at which it counts as solved; null when it has no such number.</param>
/// <param name="ActionNames">Name of each action.</param>
/// <param name="Options">The options that it takes, with their defaults.</param>
/// <param name="Values">
/// By option name, the value in force: the one that was given, else the default. A default that depends on other
/// options is worked out: "noop_max" of an Atari game becomes the number of its preprocessing.
/// </param>
public sealed record EnvironmentDescription(
    EnvironmentInfo Environment,
    string Description,
    double? RewardThreshold,
    IReadOnlyList<string> ActionNames,
    IReadOnlyList<EnvironmentOption> Options,
    IReadOnlyDictionary<string, string> Values)
{
    /// <summary>Names of the numbers that tell more of a step than its result; none for most environments.</summary>
    public IReadOnlyList<string> InfoNames { get; init; } = [];
}
