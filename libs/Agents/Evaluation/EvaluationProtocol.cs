using System.Globalization;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;

namespace DqnAspire.Agents.Evaluation;

/// <summary>
/// How a policy is evaluated; a score means nothing without it. What is left null is as the environment that was
/// trained on has it; <see cref="EvaluationSetup"/> says in words what that comes to.
/// </summary>
/// <param name="Episodes">Episodes, at least 1.</param>
/// <param name="Epsilon">Probability of a uniformly random action; 0 is greedy play.</param>
/// <param name="Seed">Episode i is played on an environment that is reset with Seed + i.</param>
/// <param name="MaxSteps">
/// Agent steps after which an episode is cut off, beside the environment's own limit; 0: none.
/// </param>
public sealed record EvaluationProtocol(int Episodes, double Epsilon, ulong Seed, int MaxSteps)
{
    /// <summary>Most episodes that can be asked for.</summary>
    public const int MaxEpisodes = 100_000;

    /// <summary>Most no-ops that can be asked for.</summary>
    public const int MaxNoOpStarts = 1000;

    /// <summary>
    /// Probability that a frame repeats the last action instead of taking the new one; Atari games only.
    /// </summary>
    public double? StickyActions { get; init; }

    /// <summary>
    /// Every episode begins with 1 to this number of steps without action; 0: none. Atari games only.
    /// </summary>
    public int? NoOpStarts { get; init; }

    /// <summary>Emulated frames after which an episode is cut off; 0: none. Atari games only.</summary>
    public int? MaxFrames { get; init; }

    /// <summary>How a run's policy is evaluated after training, by its settings.</summary>
    public static EvaluationProtocol AfterTraining(RunSection run) =>
        new(
            run.FinalEvaluationEpisodes,
            run.FinalEvaluationEpsilon,
            run.FinalEvaluationSeed > 0 ? run.FinalEvaluationSeed : new SeedStreams(run.Seed).Evaluation,
            MaxSteps: 0)
        {
            MaxFrames = run.FinalEvaluationMaxFrames > 0 ? run.FinalEvaluationMaxFrames : null,
        };

    /// <summary>Checks every number.</summary>
    /// <exception cref="EvaluationProtocolException">
    /// One is out of its range; the message begins with its name.
    /// </exception>
    public void Validate()
    {
        Require(Episodes is >= 1 and <= MaxEpisodes, "episodes", Episodes, $"is not a number from 1 to {MaxEpisodes}");
        Require(Epsilon is >= 0 and <= 1, "epsilon", Epsilon, "is not a probability");
        Require(MaxSteps >= 0, "max_steps", MaxSteps, "is negative");
        Require(StickyActions is null or (>= 0 and <= 1), "sticky_actions", StickyActions, "is not a probability");
        Require(NoOpStarts is null
            or (>= 0 and <= MaxNoOpStarts), "no_op_starts", NoOpStarts, $"is not a number from 0 to {MaxNoOpStarts}");
        Require(MaxFrames is null or >= 0, "max_frames", MaxFrames, "is negative");
    }

    /// <summary>The part of the protocol that does not depend on the environment, in words.</summary>
    public override string ToString()
    {
        var play = Epsilon == 0 ? "greedy" : string.Create(CultureInfo.InvariantCulture, $"epsilon {Epsilon}");
        var limit = MaxSteps > 0 ? $", at most {MaxSteps} steps each" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{play} play, {Episodes} episodes, reset seeds {Seed}..{Seed + (ulong)Episodes - 1}{limit}");
    }

    private static void Require(bool holds, string name, IFormattable? value, string problem)
    {
        if (!holds)
        {
            throw new EvaluationProtocolException(
                $"{name}: {value?.ToString(null, CultureInfo.InvariantCulture)} {problem}.");
        }
    }
}
