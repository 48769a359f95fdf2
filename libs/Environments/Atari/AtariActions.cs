using System.Collections.Immutable;

namespace DqnAspire.Environments.Atari;

/// <summary>The actions of one player, numbered as the Arcade Learning Environment numbers them.</summary>
public static class AtariActions
{
    /// <summary>Nothing is touched.</summary>
    public const int Noop = 0;

    /// <summary>The button.</summary>
    public const int Fire = 1;

    /// <summary>The console's reset switch: part of some games' start, never an agent's action.</summary>
    public const int Reset = 40;

    /// <summary>How an action list writes <see cref="Reset"/>.</summary>
    public const string ResetName = "RESET";

    /// <summary>Names of the actions 0 to 17, in the order of their numbers.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        "NOOP", "FIRE", "UP", "RIGHT", "LEFT", "DOWN",
        "UPRIGHT", "UPLEFT", "DOWNRIGHT", "DOWNLEFT",
        "UPFIRE", "RIGHTFIRE", "LEFTFIRE", "DOWNFIRE",
        "UPRIGHTFIRE", "UPLEFTFIRE", "DOWNRIGHTFIRE", "DOWNLEFTFIRE",
    ];
}
