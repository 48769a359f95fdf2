using DqnAspire.Core;
using DqnAspire.Core.Randomness;
using DqnAspire.Environments.Atari.Preprocessing.Screens;

namespace DqnAspire.Environments.Tests.Atari.Preprocessing;

/// <summary>
/// The wrappers one by one on scripted games: which calls in which order, and which screens are shown.
/// </summary>
public sealed class WrapperTests
{
    private const StepFlags Over = StepFlags.Terminated;

    [Fact]
    public void NoopReset_DrawsTheCountAfterTheReset()
    {
        foreach (var seed in (ulong[])[0, 1, 7, 42])
        {
            var game = new ScriptedGame();
            var noops = (int)new Pcg64(seed).Integers(1, 31);

            new NoopReset(Screens(game), 30).Reset(seed);

            Assert.Equal($"reset({seed})" + string.Concat(Enumerable.Repeat(" 0", noops)), game.TakeTape());
        }
    }

    [Fact]
    public void NoopReset_WithoutASeed_ContinuesDrawing()
    {
        var game = new ScriptedGame();
        var wrapped = new NoopReset(Screens(game), 30);
        var random = new Pcg64(5);

        foreach (var seed in (ulong?[])[5, null, null])
        {
            wrapped.Reset(seed);
            Assert.Equal(random.Integers(1, 31), game.TakeTape().Count(c => c == ' '));
        }
    }

    [Fact]
    public void NoopReset_AnEndAmongTheNoops_ResetsWithTheSameSeedAndContinues()
    {
        const ulong Seed = 3;
        var noops = (int)new Pcg64(Seed).Integers(1, 31);
        Assert.True(noops > 3);
        var game = new ScriptedGame(new(1), new(2, Flags: StepFlags.Truncated), new(3));

        new NoopReset(Screens(game), 30).Reset(Seed);

        Assert.Equal("reset(3) 0 0 reset(3)" + string.Concat(Enumerable.Repeat(" 0", noops - 2)), game.TakeTape());
    }

    [Fact]
    public void NoopReset_AnEndWithTheLastNoop_ShowsTheResetScreen()
    {
        const ulong Seed = 3;
        var noops = (int)new Pcg64(Seed).Integers(1, 31);
        var script = new ScriptedStep[noops];
        script[^1] = new(9, Flags: Over);
        var wrapped = new NoopReset(Screens(new ScriptedGame(script)), 30);

        wrapped.Reset(Seed);

        Assert.Equal(102, Pixel(wrapped));
    }

    [Fact]
    public void MaxAndSkip_ShowsTheMaximumOfTheLastTwo_AndSumsRewards()
    {
        var game = new ScriptedGame(new(200, 1), new(201, 2), new(30, 4), new(20, 8));
        var wrapped = new MaxAndSkip(Screens(game), 4);
        wrapped.Reset(1);
        Assert.Equal(101, Pixel(wrapped));

        var result = wrapped.Step(2, draw: true);

        Assert.Equal("reset(1) 2 2 2 2", game.TakeTape());
        Assert.Equal((15, 15, StepFlags.None), (result.Reward, result.LearningReward, result.Flags));
        Assert.Equal(30, Pixel(wrapped));
    }

    [Fact]
    public void MaxAndSkip_AfterAnEarlyEnd_ShowsWhatTheSlotsHold()
    {
        var wrapped = new MaxAndSkip(
            Screens(new ScriptedGame(
                new(0), new(0), new(10), new(50),
                new(0), new(0, Flags: Over),
                new(0), new(0), new(60, Flags: Over),
                new(0), new(0), new(5), new(6))),
            4);
        wrapped.Reset(1);
        wrapped.Step(0, draw: true);

        Assert.True(wrapped.Step(0, draw: true).Terminated);
        Assert.Equal(50, Pixel(wrapped));

        wrapped.Reset(null);
        Assert.True(wrapped.Step(0, draw: true).Terminated);
        Assert.Equal(60, Pixel(wrapped));

        // Slots are not cleared by a reset, but the whole of the next step replaces both.
        wrapped.Reset(null);
        wrapped.Step(0, draw: true);
        Assert.Equal(6, Pixel(wrapped));
    }

    [Fact]
    public void MaxAndSkip_ThatEndsBeforeAnySlotIsFilled_ShowsZeros()
    {
        var wrapped = new MaxAndSkip(Screens(new ScriptedGame(new ScriptedStep(77, Flags: Over))), 4);
        wrapped.Reset(1);

        wrapped.Step(0, draw: true);

        Assert.Equal(0, Pixel(wrapped));
    }

    [Fact]
    public void MaxAndSkip_FillsItsSlotsEvenWhenNobodyLooks()
    {
        var wrapped = new MaxAndSkip(
            Screens(new ScriptedGame(new(0), new(0), new(40), new(30), new(0, Flags: Over))), 4);
        wrapped.Reset(1);

        wrapped.Step(0, draw: false);
        wrapped.Step(0, draw: true);

        Assert.Equal(40, Pixel(wrapped));
    }

    [Fact]
    public void MaxOfLastTwo_AfterAnEarlyEnd_ShowsTheNewestTwo()
    {
        var game = new ScriptedGame(
            new(200), new(0), new(10), new(20), new(90), new(5, Flags: Over), new(30, Flags: StepFlags.Truncated));
        var wrapped = new MaxOfLastTwo(Screens(game), 4);
        wrapped.Reset(1);
        Assert.Equal(101, Pixel(wrapped));
        wrapped.Step(3, draw: true);
        Assert.Equal(20, Pixel(wrapped));
        Assert.Equal("reset(1) 3 3 3 3", game.TakeTape());

        Assert.True(wrapped.Step(3, draw: true).Terminated);
        Assert.Equal(90, Pixel(wrapped));

        // One frame only: the episode's first screen is the other one.
        wrapped.Reset(null);
        Assert.True(wrapped.Step(3, draw: true).Truncated);
        Assert.Equal(102, Pixel(wrapped));
        Assert.Equal("3 3 reset 3", game.TakeTape());
    }

    [Fact]
    public void GymnasiumSkip_AfterAnEarlyEnd_LeavesOutTheLastScreen()
    {
        var wrapped = new GymnasiumSkip(
            Screens(new ScriptedGame(
                new(0), new(0), new(10), new(50),
                new(0), new(0, Flags: Over),
                new(0), new(0), new(60), new(250, Flags: Over))),
            4);
        wrapped.Reset(1);
        Assert.Equal(101, Pixel(wrapped));
        wrapped.Step(0, draw: true);
        Assert.Equal(50, Pixel(wrapped));

        wrapped.Step(0, draw: true);
        Assert.Equal(50, Pixel(wrapped));

        // The end on the last frame: the one before it joins what was shown, here the reset screen.
        wrapped.Reset(null);
        wrapped.Step(0, draw: true);
        Assert.Equal(102, Pixel(wrapped));
    }

    [Fact]
    public void GymnasiumSkip_KeepsTheMaximumItShowed()
    {
        // The third step ends on its last frame: its screen is the maximum shown before (70, although the newest was
        // 20), not that of one frame.
        var wrapped = new GymnasiumSkip(
            Screens(new ScriptedGame(new(0), new(0), new(70), new(20), new(0), new(0), new(5), new(250, Flags: Over))),
            4);
        wrapped.Reset(1);
        wrapped.Step(0, draw: false);

        wrapped.Step(0, draw: true);

        Assert.Equal(70, Pixel(wrapped));
    }

    [Fact]
    public void GymnasiumSkip_EndsAnEpisodeWithALifeOnlyWhenAsked()
    {
        ScriptedStep[] script =
            [new(1, 1), new(2, 2, Lives: 2), new(3, 4, Lives: 2), new(4, 8, Lives: 2), new(5, 16, Lives: 2)];

        var asked = new GymnasiumSkip(Screens(new ScriptedGame(script)), 4, terminalOnLifeLoss: true);
        asked.Reset(1);
        var ended = asked.Step(0, draw: true);
        Assert.Equal(new StepResult(3, Over, 3, 2, true), ended);
        var unasked = new GymnasiumSkip(Screens(new ScriptedGame(script)), 4);
        unasked.Reset(1);
        Assert.Equal(new StepResult(15, StepFlags.None, 15, 2, true), unasked.Step(0, draw: true));
    }

    [Fact]
    public void GymnasiumSkip_WithOneFrame_ShowsThatFrame()
    {
        var wrapped = new GymnasiumSkip(Screens(new ScriptedGame(new(90), new(10), new(250, Flags: Over))), 1);
        wrapped.Reset(1);

        wrapped.Step(0, draw: true);
        wrapped.Step(0, draw: true);
        Assert.Equal(10, Pixel(wrapped));
        wrapped.Step(0, draw: true);
        Assert.Equal(10, Pixel(wrapped));
    }

    [Fact]
    public void EpisodicLife_ContinuesTheGameAfterALife()
    {
        var game = new ScriptedGame(
            new(1, Lives: 2), new(2, Lives: 2), new(3, Lives: 2), new(4, Lives: 0, Flags: Over));
        var wrapped = new EpisodicLife(Screens(game));
        wrapped.Reset(8);

        var lost = wrapped.Step(1, draw: true);
        Assert.Equal((Over, 2, true), (lost.Flags, lost.Lives, lost.LifeLost));
        wrapped.Reset(null);
        Assert.Equal(2, Pixel(wrapped));
        Assert.Equal(StepFlags.None, wrapped.Step(1, draw: true).Flags);
        Assert.Equal(Over, wrapped.Step(1, draw: true).Flags);
        wrapped.Reset(null);

        Assert.Equal(102, Pixel(wrapped));
        Assert.Equal("reset(8) 1 0 1 1 reset", game.TakeTape());
    }

    [Fact]
    public void EpisodicLife_WhoseNoopEndsTheGame_BeginsANewOne()
    {
        var game = new ScriptedGame(new(1, Lives: 2), new(2, Lives: 0, Flags: Over), new(3, Lives: 3));
        var wrapped = new EpisodicLife(Screens(game));
        wrapped.Reset(8);
        wrapped.Step(1, draw: true);

        wrapped.Reset(null);

        Assert.Equal("reset(8) 1 0 reset", game.TakeTape());
        Assert.Equal(StepFlags.None, wrapped.Step(1, draw: true).Flags);
    }

    [Fact]
    public void EpisodicLife_WithASeed_AlwaysBeginsANewGame()
    {
        var game = new ScriptedGame(new ScriptedStep(1, Lives: 2));
        var wrapped = new EpisodicLife(Screens(game));
        wrapped.Reset(8);
        wrapped.Step(1, draw: true);

        wrapped.Reset(9);

        Assert.Equal("reset(8) 1 reset(9)", game.TakeTape());
    }

    [Fact]
    public void EpisodicLife_KeepsATruncationApart()
    {
        var game = new ScriptedGame(new(1, Flags: StepFlags.Truncated), new(2, Lives: 2, Flags: StepFlags.Truncated));
        var wrapped = new EpisodicLife(Screens(game));
        wrapped.Reset(8);
        Assert.Equal(StepFlags.Truncated, wrapped.Step(1, draw: true).Flags);
        wrapped.Reset(null);
        Assert.Equal(StepFlags.Truncated | StepFlags.Terminated, wrapped.Step(1, draw: true).Flags);
    }

    [Fact]
    public void FireReset_PressesFireAndTheNextButton()
    {
        var game = new ScriptedGame(new(10), new(20));
        var wrapped = new FireReset(Screens(game));

        wrapped.Reset(4);

        Assert.Equal("reset(4) 1 2", game.TakeTape());
        Assert.Equal(20, Pixel(wrapped));
    }

    [Fact]
    public void FireReset_ResetsWhenAPressEndsTheEpisode_AndShowsTheLastPress()
    {
        var game = new ScriptedGame(new(10, Lives: 0, Flags: Over), new(20, Lives: 0, Flags: Over), new(30));
        var wrapped = new FireReset(Screens(game));

        wrapped.Reset(4);

        Assert.Equal("reset(4) 1 reset(4) 2 reset(4)", game.TakeTape());
        Assert.Equal(20, Pixel(wrapped));
        wrapped.Step(0, draw: true);
        Assert.Equal(30, Pixel(wrapped));
    }

    [Fact]
    public void FireReset_AroundLives_ContinuesTheGame()
    {
        var game = new ScriptedGame(new(10, Lives: 2), new(20, Lives: 2), new(30, Lives: 2));
        var wrapped = new FireReset(new EpisodicLife(Screens(game)));

        wrapped.Reset(4);

        Assert.Equal("reset(4) 1 0 2", game.TakeTape());
        Assert.Equal(30, Pixel(wrapped));
    }

    [Fact]
    public void FireReset_PressesWhatItIsTold()
    {
        var game = new ScriptedGame();

        new FireReset(Screens(game), 1, 3, 3).Reset(null);

        Assert.Equal("reset 1 3 3", game.TakeTape());
    }

    [Theory]
    [InlineData(2.5, 1)]
    [InlineData(0, 0)]
    [InlineData(-7, -1)]
    public void ClipReward_KeepsTheGamesOwnBeside(double reward, double clipped)
    {
        var wrapped = new ClipReward(Screens(new ScriptedGame(new ScriptedStep(1, reward))));
        wrapped.Reset(1);

        var result = wrapped.Step(0, draw: true);

        Assert.Equal((reward, clipped), (result.Reward, result.LearningReward));
    }

    [Fact]
    public void Wrappers_RefuseGamesWithoutTheirActions()
    {
        var noFire = new ScriptedGame { ActionSpace = new ActionSpace("NOOP", "UP", "DOWN") };
        var noNoop = new ScriptedGame { ActionSpace = new ActionSpace("FIRE", "FIRE") };

        Assert.Contains(
            "NOOP, UP, DOWN",
            Assert.Throws<ArgumentException>(() => new FireReset(Screens(noFire))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new FireReset(Screens(noNoop)));
        Assert.Throws<ArgumentException>(() => new NoopReset(Screens(noNoop), 30));
        Assert.Throws<ArgumentException>(() => new EpisodicLife(Screens(noNoop)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NoopReset(Screens(noFire), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MaxAndSkip(Screens(noFire), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MaxOfLastTwo(Screens(noFire), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GymnasiumSkip(Screens(noFire), 0));
    }

    private static EmulatorScreen Screens(ScriptedGame game) => new(game, ScreenFormat.Grayscale);

    private static byte Pixel(IScreenEnvironment screens)
    {
        var screen = new byte[1];
        screens.ReadScreen(screen);
        return screen[0];
    }
}
