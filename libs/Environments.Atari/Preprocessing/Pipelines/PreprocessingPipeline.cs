using System.Collections.Immutable;
using DqnAspire.Environments.Atari.Preprocessing.Frames;
using DqnAspire.Environments.Atari.Preprocessing.Screens;

namespace DqnAspire.Environments.Atari.Preprocessing.Pipelines;

/// <summary>
/// How a recipe sees a game: the environment it is played in, what is wrapped around it, and what is made of a screen.
/// An observation is the newest frame; a preset says how its network stacks, pads and scales them.
/// </summary>
/// <param name="Name">Name of the recipe, and of its preset.</param>
/// <param name="Description">One line for people.</param>
public sealed record PreprocessingPipeline(string Name, string Description)
{
    /// <summary>
    /// Emulated frames of a step of the emulator: 1 for the environments named NoFrameskip, 4 for those named
    /// Deterministic.
    /// </summary>
    public int EmulatorFrameSkip { get; init; } = 1;

    /// <summary>The read-out that it starts from.</summary>
    public ScreenFormat Screen { get; init; }

    /// <summary>Maximum of no-ops at an episode's start, counted in steps of the emulator; 0 for none.</summary>
    public int NoopMax { get; init; }

    /// <summary>Wrappers around that, from the inside.</summary>
    public ImmutableArray<ScreenStep> ScreenSteps { get; init; } = [];

    /// <summary>From screen to observation.</summary>
    public ImmutableArray<FrameStep> FrameSteps { get; init; } = [];

    /// <summary>Agent steps after which the recipe ends an episode; 0 where the recipe has no limit.</summary>
    public int MaxEpisodeSteps { get; init; }

    /// <summary>Puts the pipeline around a game, without its limit of steps.</summary>
    /// <param name="emulator">The game.</param>
    /// <param name="isTraining">False leaves out what is for training only.</param>
    /// <returns>The environment, waiting for its first reset.</returns>
    /// <exception cref="ArgumentException">
    /// The emulator plays another number of frames a step, or lacks an action that a wrapper presses.
    /// </exception>
    public PreprocessedEnvironment Create(IAtariEmulator emulator, bool isTraining = true)
    {
        ArgumentNullException.ThrowIfNull(emulator);
        if (emulator.FrameSkip != EmulatorFrameSkip)
        {
            throw new ArgumentException(
                $"{Name} needs an emulator that plays {EmulatorFrameSkip} frames a step; "
                    + $"this one plays {emulator.FrameSkip}.",
                nameof(emulator));
        }

        IScreenEnvironment screens = new EmulatorScreen(emulator, Screen);
        screens = NoopMax > 0 ? new NoopReset(screens, NoopMax) : screens;
        foreach (var step in ScreenSteps)
        {
            screens = isTraining || !step.IsForTrainingOnly ? step.Wrap(screens) : screens;
        }

        return new PreprocessedEnvironment(screens, CreateOperations(emulator.ScreenHeight, emulator.ScreenWidth));
    }

    /// <summary>What makes an observation of a screen.</summary>
    /// <param name="screenHeight">Rows of the screen.</param>
    /// <param name="screenWidth">Pixels of a row.</param>
    /// <returns>The operations, in the order of application.</returns>
    /// <exception cref="ArgumentException">The screen is too small for one of them.</exception>
    public IReadOnlyList<IFrameOperation> CreateOperations(int screenHeight, int screenWidth)
    {
        var operations = new List<IFrameOperation>();
        var format = Screen == ScreenFormat.Rgb
            ? FrameFormat.Rgb(screenHeight, screenWidth)
            : FrameFormat.Gray(screenHeight, screenWidth);
        foreach (var step in FrameSteps)
        {
            operations.Add(step.Create(format));
            format = operations[^1].Output;
        }

        return operations;
    }
}
