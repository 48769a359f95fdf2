using DqnAspire.Core;
using DqnAspire.Environments.Atari.Gymnasium;
using DqnAspire.Environments.Atari.Preprocessing;
using DqnAspire.Environments.Atari.Preprocessing.Frames;
using DqnAspire.Environments.Atari.Preprocessing.Pipelines;
using DqnAspire.Environments.Atari.Preprocessing.Screens;

namespace DqnAspire.Environments.Tests.Atari.Preprocessing;

public sealed class PreprocessedEnvironmentTests
{
    [Fact]
    public void AScreen_IsTheObservationWhenNothingIsDoneToIt()
    {
        var environment = new PreprocessedEnvironment(
            Screens(new ScriptedGame(new ScriptedStep(7, 2.5, Lives: 2))), []);
        var observation = new byte[1];

        environment.Reset(3, observation);
        Assert.Equal(101, observation[0]);
        Assert.Equal(3, environment.Lives);
        var result = environment.Step(1, observation);

        Assert.Equal(new StepResult(2.5, StepFlags.None, 2.5, 2, true), result);
        Assert.Equal(7, observation[0]);
        Assert.Equal([1, 1], environment.ObservationSpace.Shape);
    }

    [Fact]
    public void Shape_HasTheAxesAskedFor()
    {
        var game = new SyntheticGame();

        Assert.Equal([210, 160], Shape(ScreenFormat.Grayscale, channelAxis: false));
        Assert.Equal([210, 160, 1], Shape(ScreenFormat.Grayscale, channelAxis: true));
        Assert.Equal([210, 160, 3], Shape(ScreenFormat.Rgb, channelAxis: false));

        IReadOnlyList<int> Shape(ScreenFormat format, bool channelAxis) =>
            new PreprocessedEnvironment(new EmulatorScreen(game, format), [], channelAxis).ObservationSpace.Shape;
    }

    [Fact]
    public void Bounds_AreThoseOfTheScaling()
    {
        var scaled = AtariPreprocessing.Create(new SyntheticGame(), new AtariPreprocessingOptions { ScaleObs = true });

        Assert.Equal((0.0, 1.0), (scaled.ObservationSpace.Low[0], scaled.ObservationSpace.High[0]));
        Assert.Equal(ElementType.Float32, scaled.ObservationSpace.ElementType);
    }

    [Fact]
    public void MisuseIsRefused()
    {
        var environment = new PreprocessedEnvironment(
            Screens(new ScriptedGame(new ScriptedStep(1, Flags: StepFlags.Terminated))), []);
        var observation = new byte[1];

        Assert.Throws<InvalidOperationException>(() => environment.Step(0, observation));
        environment.Reset(null, observation);
        Assert.Throws<ArgumentOutOfRangeException>(() => environment.Step(4, observation));
        Assert.Throws<ArgumentException>(() => environment.Step(0, []));
        environment.Step(0, observation);
        Assert.Throws<InvalidOperationException>(() => environment.Step(0, observation));
    }

    [Fact]
    public void AnOperationThatDoesNotFit_IsRefused()
    {
        var screens = new EmulatorScreen(new SyntheticGame(), ScreenFormat.Rgb);

        var error = Assert.Throws<ArgumentException>(
            () => new PreprocessedEnvironment(screens, [new AreaResize(FrameFormat.Gray(210, 160), 84, 84)]));
        Assert.Contains(
            "AreaResize takes 210x160x1 UInt8 and would be given 210x160x3 UInt8",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void AtariPreprocessing_RefusesAnEmulatorThatSkipsFramesItself()
    {
        Assert.Throws<ArgumentException>(() => AtariPreprocessing.Create(new SyntheticGame(frameSkip: 4)));
        AtariPreprocessing.Create(new SyntheticGame(frameSkip: 4), new AtariPreprocessingOptions { FrameSkip = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(
            () => AtariPreprocessing.Create(new SyntheticGame(), new AtariPreprocessingOptions { NoopMax = -1 }));
    }

    [Theory]
    [MemberData(nameof(PipelineTests.Names), MemberType = typeof(PipelineTests))]
    public void NoStepOrReset_Allocates(string pipeline)
    {
        var recipe = PreprocessingPipelines.Get(pipeline);
        var environment = new FrameStack(
            recipe.Create(new SyntheticGame(frameSkip: recipe.EmulatorFrameSkip)), 4, StackPadding.Zero);
        var observation = new byte[environment.ObservationSpace.ByteCount];
        environment.Reset(1, observation);
        Play(60);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Play(60);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Play(int steps)
        {
            for (var i = 0; i < steps; i++)
            {
                if (environment.Step(i % 6, observation).Ended)
                {
                    environment.Reset(null, observation);
                }
            }
        }
    }

    private static EmulatorScreen Screens(ScriptedGame game) => new(game, ScreenFormat.Grayscale);
}
