using System.Globalization;
using DqnAspire.Core;
using DqnAspire.Environments.Atari.Rules;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Atari;

/// <summary>How a cartridge is played; the names are ALE's.</summary>
public sealed record AtariGameOptions
{
    /// <summary>The game variation; null for the game's default.</summary>
    public int? Mode { get; init; }

    /// <summary>The difficulty switches, bit 0 left, bit 1 right, 1 for A; null for the game's default.</summary>
    public int? Difficulty { get; init; }

    /// <summary>
    /// Probability, 0 to 1, that a frame repeats the last action instead of taking the new one ("sticky actions").
    /// </summary>
    public double RepeatActionProbability { get; init; }

    /// <summary>Frames after which an episode is truncated; 0 for no limit.</summary>
    public int MaxFramesPerEpisode { get; init; }

    /// <summary>
    /// Frames that each action is played for, at least 1. It is not the frame skip of Gymnasium, which stands around
    /// it: this one holds for the actions that select a mode, too.
    /// </summary>
    public int FrameSkip { get; init; } = 1;

    /// <summary>Whether an episode is truncated when fewer lives are left than a game begins with.</summary>
    public bool TruncateOnLossOfLife { get; init; }

    /// <summary>Lowest reward of an action.</summary>
    public int RewardMin { get; init; } = int.MinValue;

    /// <summary>Highest reward of an action.</summary>
    public int RewardMax { get; init; } = int.MaxValue;

    /// <summary>Whether a picture is the average of the last two, for games that flicker.</summary>
    public bool ColorAveraging { get; init; }

    internal static void RequireMode(GameRule? rule, int mode)
    {
        if (!(rule?.Modes.Available.Contains(mode) ?? mode == 0))
        {
            throw Refused(nameof(Mode), mode, $"The modes are {string.Join(", ", rule?.Modes.Available ?? [0])}.");
        }
    }

    internal static void RequireDifficulty(GameRule? rule, int difficulty)
    {
        if (!(rule?.Difficulties.Available.Contains(difficulty) ?? difficulty == 0))
        {
            throw Refused(
                nameof(Difficulty),
                difficulty,
                $"The difficulties are {string.Join(", ", rule?.Difficulties.Available ?? [0])}.");
        }
    }

    internal void Validate(GameRule? rule)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(RepeatActionProbability);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(RepeatActionProbability, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxFramesPerEpisode);
        ArgumentOutOfRangeException.ThrowIfLessThan(FrameSkip, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(RewardMax, RewardMin);
        if (Mode is { } mode)
        {
            RequireMode(rule, mode);
        }

        if (Difficulty is { } difficulty)
        {
            RequireDifficulty(rule, difficulty);
        }
    }

    /// <summary>Writes the options that a state is good for.</summary>
    internal void Write(StateWriter writer, GameRule? rule)
    {
        foreach (var (name, value) in Settings(rule))
        {
            writer.Setting(name, value);
        }
    }

    /// <summary>Refuses a state of a game that was played with other options.</summary>
    /// <exception cref="StateException">It was.</exception>
    internal void Require(StateReader reader, GameRule? rule)
    {
        foreach (var (name, value) in Settings(rule))
        {
            reader.Setting(name, value);
        }
    }

    private static ArgumentOutOfRangeException Refused(string option, int value, string reason) =>
        new(option, value, reason);

    private (string Name, string Value)[] Settings(GameRule? rule) =>
    [
        ("mode", Text(Mode ?? rule?.Modes.Default ?? 0)),
        ("difficulty", Text(Difficulty ?? rule?.Difficulties.Default ?? 0)),
        ("repeat_action_probability", RepeatActionProbability.ToString("R", CultureInfo.InvariantCulture)),
        ("max_num_frames_per_episode", Text(MaxFramesPerEpisode)),
        ("frame_skip", Text(FrameSkip)),
        ("truncate_on_loss_of_life", $"{TruncateOnLossOfLife}"),
        ("reward_min", Text(RewardMin)),
        ("reward_max", Text(RewardMax)),
        ("color_averaging", $"{ColorAveraging}"),
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
