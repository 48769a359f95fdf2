using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Environments.Atari.Preprocessing.Screens;

namespace DqnAspire.Environments.Tests.Atari.Preprocessing;

/// <summary>What the wrappers tell of what happened within their resets.</summary>
public sealed class ResetEventsTests
{
    private const StepFlags Over = StepFlags.Terminated;

    /// <summary>The step within the reset is told: its reward, and that the game ended in it.</summary>
    [Fact]
    public void EpisodicLife_TellsWhatItsNoopGave()
    {
        var game = new ScriptedGame(
            new(1, Lives: 2),
            new(2, Reward: 3, Lives: 2),
            new(3, Lives: 1),
            new(4, Reward: 5, Lives: 0, Flags: StepFlags.Truncated));
        var wrapped = new EpisodicLife(Screens(game));
        Assert.True(wrapped.Reset(8).IsEmpty);
        Assert.True(wrapped.Step(1, draw: true).GameContinues);

        Assert.Equal(new ResetEvents(3, 0, 0), wrapped.Reset(null));
        Assert.True(wrapped.Step(1, draw: true).GameContinues);
        Assert.Equal(new ResetEvents(0, 1, 5), wrapped.Reset(null));
    }

    /// <summary>No-ops after the reset: 2, then an end with 7 more, then 1 in the new game.</summary>
    [Fact]
    public void NoopReset_TellsRewardsAndEnds()
    {
        var game = new ScriptedGame(
            new(1, Reward: 2), new(2, Reward: 7, Flags: Over), new(3, Reward: 1), new(4), new(5), new(6), new(7));
        var wrapped = new NoopReset(Screens(game), 1000);

        Assert.Equal(new ResetEvents(1, 1, 9), wrapped.Reset(8));
    }

    [Fact]
    public void FireReset_TellsRewardsAndEnds()
    {
        var game = new ScriptedGame(new(1, Reward: 2, Flags: Over), new(2, Reward: 4));

        Assert.Equal(new ResetEvents(4, 1, 2), new FireReset(Screens(game)).Reset(8));
    }

    /// <summary>An end that is more than a lost life ends the game, whatever number of lives it reports.</summary>
    [Fact]
    public void EpisodicLife_WhoseGameEndsWithLivesLeft_DoesNotSayThatItContinues()
    {
        var game = new ScriptedGame(new ScriptedStep(1, Lives: 2, Flags: Over));
        var wrapped = new EpisodicLife(Screens(game));
        wrapped.Reset(8);

        Assert.True(wrapped.Step(1, draw: true).EndsGame);
    }

    private static EmulatorScreen Screens(ScriptedGame game) => new(game, ScreenFormat.Grayscale);
}
