namespace DqnAspire.Environments.Atari.Preprocessing.Screens;

/// <summary>Which of the emulator's read-outs preprocessing starts from.</summary>
public enum ScreenFormat
{
    /// <summary>Luminances, looked up in the emulator's palette.</summary>
    Grayscale,

    /// <summary>Red, green and blue.</summary>
    Rgb,
}
