namespace DqnAspire.Environments.Atari.Rules;

/// <summary>What is plugged into one of the console's two jacks.</summary>
public enum ControllerKind
{
    /// <summary>Nothing; treated as a joystick that nobody touches.</summary>
    None,

    /// <summary>A joystick with one button.</summary>
    Joystick,

    /// <summary>A pair of paddles.</summary>
    Paddles,
}
