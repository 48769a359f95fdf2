namespace DqnAspire.Environments.Atari.Preprocessing;

/// <summary>What stands for the frames before an episode's first.</summary>
public enum StackPadding
{
    /// <summary>The episode's first frame, again and again.</summary>
    FirstFrame,

    /// <summary>Frames of zeros.</summary>
    Zeros,
}
