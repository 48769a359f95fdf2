using DqnAspire.Environments.Atari.Rules;

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

    internal void Validate(GameRule? rule)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(RepeatActionProbability);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(RepeatActionProbability, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxFramesPerEpisode);
        if (Mode is { } mode && !(rule?.Modes.Available.Contains(mode) ?? mode == 0))
        {
            throw Refused(nameof(Mode), mode, $"The modes are {string.Join(", ", rule?.Modes.Available ?? [0])}.");
        }

        if (Difficulty is { } difficulty && !(rule?.Difficulties.Available.Contains(difficulty) ?? difficulty == 0))
        {
            throw Refused(
                nameof(Difficulty),
                difficulty,
                $"The difficulties are {string.Join(", ", rule?.Difficulties.Available ?? [0])}.");
        }
    }

    private static ArgumentOutOfRangeException Refused(string option, int value, string reason) =>
        new(option, value, reason);
}
