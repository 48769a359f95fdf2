namespace DqnAspire.Atari2600.Controllers;

/// <summary>
/// What a player presses: directions and the button. On a paddle LEFT and RIGHT turn it, UP and DOWN do nothing.
/// </summary>
[Flags]
public enum StickInput : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Joystick up.</summary>
    Up = 1,

    /// <summary>Joystick down.</summary>
    Down = 2,

    /// <summary>Joystick left.</summary>
    Left = 4,

    /// <summary>Joystick right.</summary>
    Right = 8,

    /// <summary>The button.</summary>
    Fire = 16,
}
