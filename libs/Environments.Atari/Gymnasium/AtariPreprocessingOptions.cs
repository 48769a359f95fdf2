namespace DqnAspire.Environments.Atari.Gymnasium;

/// <summary>The arguments of Gymnasium's AtariPreprocessing, with its defaults.</summary>
public sealed record AtariPreprocessingOptions
{
    /// <summary>
    /// Maximum of frames without action at the start of an episode; 0 for none, and nothing is drawn then.
    /// </summary>
    public int NoopMax { get; init; } = 30;

    /// <summary>Frames that an action is repeated for; above 1 the last two are joined by their maximum.</summary>
    public int FrameSkip { get; init; } = 4;

    /// <summary>Width of an observation in pixels.</summary>
    public int ScreenWidth { get; init; } = 84;

    /// <summary>Height of an observation in pixels.</summary>
    public int ScreenHeight { get; init; } = 84;

    /// <summary>Whether a lost life terminates the episode.</summary>
    public bool TerminalOnLifeLoss { get; init; }

    /// <summary>Luminances instead of red, green and blue.</summary>
    public bool GrayscaleObs { get; init; } = true;

    /// <summary>A last axis of 1 for luminances.</summary>
    public bool GrayscaleNewaxis { get; init; }

    /// <summary>Single precision on 0 .. 1 instead of bytes.</summary>
    public bool ScaleObs { get; init; }
}
