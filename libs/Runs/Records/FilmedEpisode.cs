using DqnAspire.Core;

namespace DqnAspire.Runs.Records;

/// <summary>An episode of a recording: with its seed and its actions it can be played again.</summary>
/// <param name="Seed">Seed of its reset.</param>
/// <param name="Return">Sum of its raw rewards.</param>
/// <param name="Length">Agent steps.</param>
/// <param name="End">How it ended; none where the recording was stopped.</param>
/// <param name="Actions">The action of each step, as <see cref="RunLengths"/>.</param>
/// <param name="Rewards">The raw reward of each step, as <see cref="RunLengths"/>.</param>
/// <param name="Lives">The lives after each step, as <see cref="RunLengths"/>.</param>
public sealed record FilmedEpisode(
    ulong Seed, double Return, int Length, StepFlags End, string Actions, string Rewards, string Lives)
{
    /// <summary>An episode of its steps.</summary>
    public static FilmedEpisode Of(
        ulong seed, StepFlags end, IReadOnlyList<int> actions, IReadOnlyList<double> rewards,
        IReadOnlyList<int> lives) =>
        new(
            seed, rewards.Sum(), actions.Count, end,
            RunLengths.Write(actions), RunLengths.Write(rewards), RunLengths.Write(lives));

    /// <summary>The action of each step.</summary>
    /// <exception cref="InvalidDataException">There is not one for each.</exception>
    public IReadOnlyList<int> ReadActions() => ReadAll<int>(Actions, "actions");

    /// <summary>The raw reward of each step.</summary>
    /// <exception cref="InvalidDataException">There is not one for each.</exception>
    public IReadOnlyList<double> ReadRewards() => ReadAll<double>(Rewards, "rewards");

    /// <summary>The lives after each step.</summary>
    /// <exception cref="InvalidDataException">There is not one for each.</exception>
    public IReadOnlyList<int> ReadLives() => ReadAll<int>(Lives, "lives");

    private IReadOnlyList<T> ReadAll<T>(string text, string name)
        where T : System.Numerics.INumber<T>
    {
        var values = RunLengths.Read<T>(text, Length);
        return values.Count == Length
            ? values
            : throw new InvalidDataException($"An episode of {Length} steps has {values.Count} {name}.");
    }
}
