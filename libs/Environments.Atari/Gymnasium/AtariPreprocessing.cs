using DqnAspire.Environments.Atari.Preprocessing;
using DqnAspire.Environments.Atari.Preprocessing.Frames;
using DqnAspire.Environments.Atari.Preprocessing.Screens;

namespace DqnAspire.Environments.Atari.Gymnasium;

/// <summary>
/// Gymnasium's AtariPreprocessing (1.2.3), put together from the steps of this library. It is here for programs that
/// know Gymnasium's wrappers, and the golden tests compare it with recordings of the original. Training uses the
/// recipes of <see cref="Preprocessing.Pipelines.PreprocessingPipelines"/>.
/// </summary>
public static class AtariPreprocessing
{
    /// <summary>Wraps an emulator.</summary>
    /// <param name="emulator">The game.</param>
    /// <param name="options">The arguments; null for Gymnasium's defaults.</param>
    /// <returns>The environment, waiting for its first reset.</returns>
    /// <exception cref="ArgumentException">
    /// The emulator repeats actions itself, or its action 0 is not NOOP and no-ops are asked for.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// An option is out of range, or the screen would have to grow.
    /// </exception>
    public static PreprocessedEnvironment Create(IAtariEmulator emulator, AtariPreprocessingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(emulator);
        options ??= new AtariPreprocessingOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(options.NoopMax);
        if (options.FrameSkip > 1 && emulator.FrameSkip != 1)
        {
            throw new ArgumentException(
                $"Actions are to be repeated {options.FrameSkip} times here; "
                    + $"the emulator must play one frame a step, not {emulator.FrameSkip}.",
                nameof(emulator));
        }

        IScreenEnvironment screens = new EmulatorScreen(
            emulator, options.GrayscaleObs ? ScreenFormat.Grayscale : ScreenFormat.Rgb);
        screens = options.NoopMax > 0 ? new NoopReset(screens, options.NoopMax) : screens;
        screens = new GymnasiumSkip(screens, options.FrameSkip, options.TerminalOnLifeLoss);
        var resize = new AreaResize(screens.Screen, options.ScreenWidth, options.ScreenHeight);
        IFrameOperation[] operations = options.ScaleObs ? [resize, new ScaleBytes(resize.Output)] : [resize];
        return new PreprocessedEnvironment(screens, operations, options.GrayscaleNewaxis);
    }
}
