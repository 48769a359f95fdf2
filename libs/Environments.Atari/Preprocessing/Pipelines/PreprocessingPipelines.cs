using DqnAspire.Atari2600.Controllers;
using DqnAspire.Environments.Atari.Preprocessing.Resampling;
using DqnAspire.Environments.Atari.Preprocessing.Screens;

namespace DqnAspire.Environments.Atari.Preprocessing.Pipelines;

/// <summary>The pipelines of the published recipes, each under the name of its preset.</summary>
public static class PreprocessingPipelines
{
    private const int Size = 84;

    /// <summary>A PyTorch notebook for BreakoutNoFrameskip-v4: every frame by itself.</summary>
    public static PreprocessingPipeline BreakoutSingleFrame { get; } =
        new("breakout-single-frame", "one frame a step, luma, bilinear (antialiased) resize to 84x84, no stack")
        {
            Screen = ScreenFormat.Rgb,
            ScreenSteps = [Pipelines.ScreenSteps.FireReset((int)AtariAction.Fire)],
            FrameSteps = [FrameStep.PillowGray, FrameStep.PillowResize(Size, Size, PillowFilter.Bilinear)],
            MaxEpisodeSteps = 999,
        };

    /// <summary>A PyTorch blog post about BreakoutDeterministic-v4: the playing field, in single precision.</summary>
    public static PreprocessingPipeline BreakoutCropped { get; } =
        new(
            "breakout-cropped",
            "four frames a step, playing field only, bicubic resize to 84x84, luma on -1..1, stack of 4")
        {
            EmulatorFrameSkip = 4,
            Screen = ScreenFormat.Rgb,
            FrameSteps =
            [
                FrameStep.Crop(top: 30, bottom: 17, left: 7, right: 7),
                FrameStep.PillowResize(Size, Size, PillowFilter.Bicubic),
                FrameStep.LumaToSignedUnit,
            ],
        };

    /// <summary>"Deep Reinforcement Learning Hands-On", chapter 6, for PongNoFrameskip-v4.</summary>
    public static PreprocessingPipeline PongHandsOn { get; } =
        new(
            "pong-handson",
            "action repeated 4 times with the maximum of two screens, FIRE at reset, ProcessFrame84, stack of 4")
        {
            Screen = ScreenFormat.Rgb,
            ScreenSteps =
            [
                Pipelines.ScreenSteps.MaxOfLastTwo(4),
                Pipelines.ScreenSteps.FireReset((int)AtariAction.Fire, (int)AtariAction.Fire + 1),
            ],
            FrameSteps = [FrameStep.ProcessFrame84],
        };

    /// <summary>
    /// keras.io's example for BreakoutNoFrameskip-v4: Gymnasium's AtariPreprocessing with its defaults.
    /// </summary>
    public static PreprocessingPipeline BreakoutKeras { get; } =
        new("breakout-keras", "Gymnasium's AtariPreprocessing and a stack of 4, bytes unscaled")
        {
            NoopMax = 30,
            ScreenSteps = [Pipelines.ScreenSteps.GymnasiumSkip(4)],
            FrameSteps = [FrameStep.AreaResize(Size, Size)],
            MaxEpisodeSteps = 10_000,
        };

    /// <summary>
    /// V. Mnih et al., "Human-level control through deep reinforcement learning" (2015), Extended Data Table 1. The
    /// paper leaves the resize open; area interpolation of the emulator's luminances is what later programs agree on.
    /// </summary>
    public static PreprocessingPipeline Nature { get; } =
        new(
            "nature",
            "up to 30 no-ops, action repeated 4 times with the maximum of two screens, luminance, "
                + "area resize to 84x84, stack of 4; in training one life is one episode and rewards are clipped")
        {
            NoopMax = 30,
            ScreenSteps =
            [
                Pipelines.ScreenSteps.MaxAndSkip(4),
                Pipelines.ScreenSteps.EpisodicLife,
                Pipelines.ScreenSteps.ClipReward,
            ],
            FrameSteps = [FrameStep.AreaResize(Size, Size)],
        };

    /// <summary>M. Hessel et al., "Rainbow" (2018), which keeps the preprocessing of <see cref="Nature"/>.</summary>
    public static PreprocessingPipeline Rainbow { get; } = Nature with { Name = "rainbow" };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PreprocessingPipeline> All { get; } =
        [BreakoutSingleFrame, BreakoutCropped, PongHandsOn, BreakoutKeras, Nature, Rainbow];

    /// <summary>The pipeline with a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The pipeline.</returns>
    /// <exception cref="ArgumentException">There is none; the message lists them.</exception>
    public static PreprocessingPipeline Get(string name) =>
        All.FirstOrDefault(pipeline => pipeline.Name == name)
        ?? throw new ArgumentException(
            $"There is no preprocessing '{name}'. Known: {string.Join(", ", All.Select(pipeline => pipeline.Name))}.",
            nameof(name));
}
