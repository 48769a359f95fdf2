using System.Collections.Immutable;
using static DqnAspire.Atari2600.Controllers.StickInput;

namespace DqnAspire.Atari2600.Controllers;

/// <summary>What the actions are called and what they press.</summary>
public static class AtariActions
{
    /// <summary>Number of actions.</summary>
    public const int Count = 18;

    private static readonly StickInput[] Inputs =
    [
        None, Fire, Up, Right, Left, Down, Up | Right, Up | Left, Down | Right, Down | Left,
        Up | Fire, Right | Fire, Left | Fire, Down | Fire,
        Up | Right | Fire, Up | Left | Fire, Down | Right | Fire, Down | Left | Fire,
    ];

    /// <summary>ALE's names of the actions, in the order of their numbers.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        "NOOP", "FIRE", "UP", "RIGHT", "LEFT", "DOWN",
        "UPRIGHT", "UPLEFT", "DOWNRIGHT", "DOWNLEFT",
        "UPFIRE", "RIGHTFIRE", "LEFTFIRE", "DOWNFIRE",
        "UPRIGHTFIRE", "UPLEFTFIRE", "DOWNRIGHTFIRE", "DOWNLEFTFIRE",
    ];

    /// <summary>The directions and the button of an action.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such action.</exception>
    public static StickInput ToInput(this AtariAction action)
    {
        ArgumentOutOfRangeException.ThrowIfNegative((int)action, nameof(action));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((int)action, Count, nameof(action));
        return Inputs[(int)action];
    }
}
