namespace DqnAspire.Play.Games;

/// <summary>What is played, and how.</summary>
/// <param name="EnvironmentId">The environment.</param>
/// <param name="Options">Its options.</param>
/// <param name="Seed">Seed of the first episode's reset; each further episode adds one.</param>
public sealed record GameSettings(string EnvironmentId, IReadOnlyDictionary<string, string> Options, ulong Seed)
{
    /// <summary>Probability of a uniformly random action.</summary>
    public double Epsilon { get; init; }

    /// <summary>Steps after which an episode is cut off, beside the environment's own limit; 0: none.</summary>
    public int MaxSteps { get; init; }

    /// <summary>Whether the game is filmed.</summary>
    public bool IsFilmed { get; init; }
}
