using DqnAspire.Core;
using DqnAspire.Environments.Atari.Gymnasium;
using DqnAspire.Environments.Atari.Preprocessing;
using DqnAspire.Environments.Atari.Preprocessing.Screens;
using DqnAspire.Environments.BuiltIn;
using DqnAspire.Environments.Tests.Atari.Preprocessing;
using DqnAspire.Environments.ToyText;

namespace DqnAspire.Environments.Tests.Atari.Gymnasium;

public sealed class FrameStackTests
{
    [Theory]
    [InlineData(StackPadding.Repeat, "101 101 101", "101 101 1", "101 1 2", "1 2 3", "102 102 102", "102 102 4")]
    [InlineData(StackPadding.Zero, "0 0 101", "0 101 1", "101 1 2", "1 2 3", "0 0 102", "0 102 4")]
    public void TheNewestIsLast(StackPadding padding, params string[] expected)
    {
        var stack = new FrameStack(Pixels(new(1), new(2), new(3, Flags: StepFlags.Terminated), new(4)), 3, padding);
        var observation = new byte[3];
        var seen = new List<string>();

        stack.Reset(1, observation);
        seen.Add(string.Join(" ", observation));
        for (var i = 0; i < 4; i++)
        {
            var ended = stack.Step(0, observation).Ended;
            seen.Add(string.Join(" ", observation));
            if (ended)
            {
                stack.Reset(null, observation);
                seen.Add(string.Join(" ", observation));
            }
        }

        Assert.Equal(expected, seen);
    }

    [Fact]
    public void TheSpace_HasANewFirstAxis()
    {
        Assert.Equal([4, 1, 1], new FrameStack(Pixels(), 4, StackPadding.Zero).ObservationSpace.Shape);
        var cart = new FrameStack(BuiltInEnvironments.Registry.Create("CartPole-v1"), 2, StackPadding.Zero);
        Assert.Equal([2, 4], cart.ObservationSpace.Shape);
        Assert.Equal(8, cart.ObservationSpace.High.Count);
        Assert.Equal(cart.ObservationSpace.High[2], cart.ObservationSpace.High[6]);
        Assert.Equal(500, cart.MaxEpisodeSteps);
    }

    [Fact]
    public void NothingToStack_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FrameStack(Pixels(), 0, StackPadding.Zero));
        var lake = FrozenLakeDefinitions.All[0].Create();
        Assert.Throws<ArgumentException>(() => new FrameStack(lake, 2, StackPadding.Zero));
    }

    private static PreprocessedEnvironment Pixels(params ScriptedStep[] script) =>
        new(new EmulatorScreen(new ScriptedGame(script), ScreenFormat.Grayscale), []);
}
