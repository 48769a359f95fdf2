namespace DqnAspire.Environments.Atari;

/// <summary>A game as Gymnasium's ids set it up.</summary>
public sealed record AtariEmulatorOptions
{
    /// <summary>Minimum number of emulated frames of a step, at least 1.</summary>
    public int MinFrameSkip { get; init; } = 1;

    /// <summary>
    /// Maximum number of emulated frames of a step; where it is more than the minimum, every step draws its number.
    /// </summary>
    public int MaxFrameSkip { get; init; } = 1;

    /// <summary>All 18 actions instead of those that do something in the game.</summary>
    public bool FullActionSpace { get; init; }

    /// <summary>How the cartridge is played.</summary>
    public AtariGameOptions Game { get; init; } = new();
}
