namespace DqnAspire.Atari2600.Controllers;

/// <summary>What is plugged into a port.</summary>
public enum ControllerType
{
    /// <summary>A joystick with one button.</summary>
    Joystick,

    /// <summary>A pair of paddles.</summary>
    Paddles,
}
