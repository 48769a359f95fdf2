using static DqnAspire.Atari2600.Controllers.StickInput;

namespace DqnAspire.Atari2600.Controllers;

/// <summary>What the actions press.</summary>
public static class AtariActions
{
    /// <summary>Number of actions.</summary>
    public const int Count = 18;

    private static readonly StickInput[] s_inputs =
    [
        None, Fire, Up, Right, Left, Down, Up | Right, Up | Left, Down | Right, Down | Left,
        Up | Fire, Right | Fire, Left | Fire, Down | Fire,
        Up | Right | Fire, Up | Left | Fire, Down | Right | Fire, Down | Left | Fire,
    ];

    /// <summary>The directions and the button of an action.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such action.</exception>
    public static StickInput ToInput(this AtariAction action)
    {
        ArgumentOutOfRangeException.ThrowIfNegative((int)action, nameof(action));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((int)action, Count, nameof(action));
        return s_inputs[(int)action];
    }
}
