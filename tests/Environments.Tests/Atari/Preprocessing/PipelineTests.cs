using System.Runtime.InteropServices;
using DqnAspire.Core;
using DqnAspire.Environments.Atari.Gymnasium;
using DqnAspire.Environments.Atari.Preprocessing.Frames;
using DqnAspire.Environments.Atari.Preprocessing.Pipelines;
using DqnAspire.Environments.Atari.Preprocessing.Resampling;

namespace DqnAspire.Environments.Tests.Atari.Preprocessing;

/// <summary>
/// Each recipe's pipeline against the recipe put together by hand from operations that are tested by themselves.
/// </summary>
public sealed class PipelineTests
{
    private const ulong Seed = 4;

    public static TheoryData<string> Names => [.. PreprocessingPipelines.All.Select(pipeline => pipeline.Name)];

    [Fact]
    public void WhatAConsumerNeedsToKnow()
    {
        Assert.Equal(
            [
                "breakout-single-frame 84x84 UInt8 skip 1 limit 999",
                "breakout-cropped 84x84 Float32 skip 4 limit 0",
                "pong-handson 84x84 UInt8 skip 1 limit 0",
                "breakout-keras 84x84 UInt8 skip 1 limit 10000",
                "nature 84x84 UInt8 skip 1 limit 0",
                "rainbow 84x84 UInt8 skip 1 limit 0",
            ],
            PreprocessingPipelines.All.Select(pipeline =>
            {
                var space = pipeline.Create(new SyntheticGame(frameSkip: pipeline.EmulatorFrameSkip)).ObservationSpace;
                return $"{pipeline.Name} {string.Join("x", space.Shape)} {space.ElementType} "
                    + $"skip {pipeline.EmulatorFrameSkip} limit {pipeline.MaxEpisodeSteps}";
            }));
    }

    [Fact]
    public void BreakoutSingleFrame_FiresOnce_AndResizesTheLuma()
    {
        var game = new SyntheticGame();
        var observation = Reset(PreprocessingPipelines.BreakoutSingleFrame, game);
        Assert.Equal((1, 1, 1), (game.Resets, game.Steps, game.LastAction));

        byte[] gray =
        [
            .. Rgb(game).Chunk(3)
                .Select(rgb => (byte)(((19595 * rgb[0]) + (38470 * rgb[1]) + (7471 * rgb[2]) + 32768) >> 16)),
        ];
        Assert.Equal(NaiveImages.Pillow(gray, 210, 160, 1, 84, 84, NaiveImages.Triangle, 1), observation);
    }

    [Fact]
    public void BreakoutCropped_ShowsThePlayingField()
    {
        var game = new SyntheticGame(frameSkip: 4);
        var observation = Reset(PreprocessingPipelines.BreakoutCropped, game);
        Assert.Equal((1, 0), (game.Resets, game.Steps));

        var screen = Rgb(game);
        byte[] field =
            [.. Enumerable.Range(30, 163).SelectMany(row => screen.AsSpan(((row * 160) + 7) * 3, 146 * 3).ToArray())];
        var resized = NaiveImages.Pillow(field, 163, 146, 3, 84, 84, NaiveImages.Cubic, 2);
        float[] expected =
        [
            .. resized.Chunk(3)
                .Select(rgb => (float)((((0.299 * rgb[0]) + (0.587 * rgb[1]) + (0.114 * rgb[2])) * 2 / 255) - 1)),
        ];
        Assert.Equal(expected, MemoryMarshal.Cast<byte, float>(observation).ToArray());
    }

    [Fact]
    public void PongHandsOn_FiresAndMoves_FourFramesEach()
    {
        var game = new SyntheticGame();
        var observation = Reset(PreprocessingPipelines.PongHandsOn, game);
        Assert.Equal((1, 8, 2), (game.Resets, game.Steps, game.LastAction));

        var newest = Rgb(game);
        game.Frame--;
        byte[] pooled = [.. newest.Zip(Rgb(game), Math.Max)];
        float[] luma = [.. pooled.Chunk(3).Select(rgb => (rgb[0] * 0.299f) + (rgb[1] * 0.587f) + (rgb[2] * 0.114f))];
        var resized = NaiveImages.Area(luma, 210, 160, 1, 110, 84);
        Assert.Equal([.. resized.Skip(18 * 84).Take(84 * 84).Select(value => (byte)value)], observation);
    }

    [Fact]
    public void BreakoutKeras_IsGymnasiumsAtariPreprocessing()
    {
        var (ours, theirs) = (new SyntheticGame(), new SyntheticGame());
        var pipeline = PreprocessingPipelines.BreakoutKeras.Create(ours);
        var gymnasium = AtariPreprocessing.Create(theirs);
        var (expected, actual) = (new byte[84 * 84], new byte[84 * 84]);
        gymnasium.Reset(Seed, expected);
        pipeline.Reset(Seed, actual);
        for (var i = 0; i < 60; i++)
        {
            Assert.Equal(expected, actual);
            var result = gymnasium.Step(i % 6, expected);
            Assert.Equal(result, pipeline.Step(i % 6, actual));
            if (result.Ended)
            {
                gymnasium.Reset(null, expected);
                pipeline.Reset(null, actual);
            }
        }

        Assert.True(ours.Resets > 1);
        Assert.Equal(theirs.Steps, ours.Steps);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nature_EndsWithALifeAndClips_InTrainingOnly(bool isTraining)
    {
        var environment = PreprocessingPipelines.Nature.Create(new SyntheticGame(), isTraining);
        var observation = new byte[environment.ObservationSpace.ByteCount];
        environment.Reset(Seed, observation);
        var lost = 0;
        while (true)
        {
            var result = environment.Step(2, observation);
            Assert.Equal(isTraining ? Math.Sign(result.Reward) : result.Reward, result.LearningReward);
            lost += result.LifeLost ? 1 : 0;
            if (result.Ended)
            {
                Assert.True(result.LifeLost);
                Assert.Equal(isTraining, result.Lives > 0);
                break;
            }
        }

        Assert.True(isTraining ? lost == 1 : lost > 1, $"{lost} lives lost in the first episode");
    }

    [Fact]
    public void Nature_ResizesTheMaximumOfTwoLuminanceScreens()
    {
        var game = new SyntheticGame();
        var environment = PreprocessingPipelines.Nature.Create(game);
        var observation = new byte[environment.ObservationSpace.ByteCount];
        environment.Reset(Seed, observation);
        environment.Step(3, observation);

        var newest = Gray(game);
        game.Frame--;
        float[] pooled = [.. newest.Zip(Gray(game), (a, b) => (float)Math.Max(a, b))];
        Assert.Equal(NaiveImages.Rounded(NaiveImages.Area(pooled, 210, 160, 1, 84, 84)), observation);
    }

    [Fact]
    public void APipeline_CanBeScaledAndStackedAsInGymnasium()
    {
        var recipe = PreprocessingPipelines.PongHandsOn;
        var scaled = recipe with { FrameSteps = recipe.FrameSteps.Add(new("scaled", input => new ScaleBytes(input))) };
        var environment = new FrameStack(scaled.Create(new SyntheticGame()), 4, StackPadding.Zero);
        var single = Reset(PreprocessingPipelines.PongHandsOn, new SyntheticGame());
        var observation = new byte[environment.ObservationSpace.ByteCount];
        environment.Reset(Seed, observation);

        Assert.Equal([4, 84, 84], environment.ObservationSpace.Shape);
        Assert.Equal(
            [.. new float[3 * 84 * 84], .. single.Select(level => level / 255f)],
            MemoryMarshal.Cast<byte, float>(observation).ToArray());
    }

    [Fact]
    public void AnEmulatorWithAnotherFrameSkip_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(
            () => PreprocessingPipelines.Nature.Create(new SyntheticGame(frameSkip: 4)));

        Assert.Contains("1 frames a step; this one plays 4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AGameWithoutFire_IsPlayedWithoutPressing()
    {
        var game = new ScriptedGame { ActionSpace = new ActionSpace("NOOP", "UP", "DOWN") };
        var pipeline = PreprocessingPipelines.PongHandsOn with { FrameSteps = [] };

        pipeline.Create(game).Reset(null, new byte[3]);

        Assert.Equal("reset", game.TakeTape());
    }

    [Fact]
    public void AStepOfARecipe_CanBeAdded()
    {
        var pipeline = PreprocessingPipelines.PongHandsOn with
        {
            ScreenSteps = PreprocessingPipelines.PongHandsOn.ScreenSteps.Add(ScreenSteps.ClipReward),
            FrameSteps = [FrameStep.PillowGray, FrameStep.PillowResize(42, 42, PillowFilter.Bicubic)],
        };
        var environment = pipeline.Create(new SyntheticGame());
        var observation = new byte[42 * 42];
        environment.Reset(Seed, observation);

        var result = environment.Step(0, observation);

        Assert.Equal(Math.Sign(result.Reward), result.LearningReward);
        Assert.NotEqual(result.Reward, result.LearningReward);
        Assert.Equal(FrameFormat.Gray(42, 42), environment.Format);
    }

    [Fact]
    public void AnUnknownName_ListsTheKnownOnes()
    {
        Assert.Same(PreprocessingPipelines.Nature, PreprocessingPipelines.Get("nature"));
        Assert.Contains(
            "breakout-keras",
            Assert.Throws<ArgumentException>(() => PreprocessingPipelines.Get("Nature")).Message,
            StringComparison.Ordinal);
    }

    private static byte[] Reset(PreprocessingPipeline pipeline, SyntheticGame game)
    {
        var environment = pipeline.Create(game);
        var observation = new byte[environment.ObservationSpace.ByteCount];
        environment.Reset(Seed, observation);
        return observation;
    }

    private static byte[] Rgb(SyntheticGame game)
    {
        var screen = new byte[GoldenImage.Height * GoldenImage.Width * 3];
        game.ReadRgb(screen);
        return screen;
    }

    private static byte[] Gray(SyntheticGame game)
    {
        var screen = new byte[GoldenImage.Height * GoldenImage.Width];
        game.ReadGrayscale(screen);
        return screen;
    }
}
