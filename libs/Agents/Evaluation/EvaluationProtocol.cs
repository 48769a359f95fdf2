using System.Globalization;

namespace DqnAspire.Agents.Evaluation;

/// <summary>How a policy is evaluated; a score means nothing without it.</summary>
/// <param name="Episodes">Episodes, at least 1.</param>
/// <param name="Epsilon">Probability of a uniformly random action; 0 is greedy play.</param>
/// <param name="Seed">Episode i is played on an environment that is reset with Seed + i.</param>
/// <param name="MaxSteps">Steps after which an episode is cut off, beside the environment's own limit; 0: none.</param>
public sealed record EvaluationProtocol(int Episodes, double Epsilon, ulong Seed, int MaxSteps)
{
    /// <summary>Most episodes that can be asked for.</summary>
    public const int MaxEpisodes = 100_000;

    /// <summary>The protocol in words.</summary>
    public override string ToString()
    {
        var play = Epsilon == 0 ? "greedy" : string.Create(CultureInfo.InvariantCulture, $"epsilon {Epsilon}");
        var limit = MaxSteps > 0 ? $", at most {MaxSteps} steps each" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{play} play, {Episodes} episodes, reset seeds {Seed}..{Seed + (ulong)Episodes - 1}{limit}");
    }
}
