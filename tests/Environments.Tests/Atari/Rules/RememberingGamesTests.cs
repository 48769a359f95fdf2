namespace DqnAspire.Environments.Tests.Atari.Rules;

/// <summary>
/// Games whose rule needs more than the memory of the frame; the expected numbers are worked out by hand.
/// </summary>
public sealed class RememberingGamesTests
{
    [Fact]
    public void Qbert_CountsLivesDown_AndFreezesTheScoreAtTheEnd()
    {
        var game = new RunningGame("qbert");
        game.Gives(reward: 0, score: 0, lives: 4, terminal: false);

        game.Frame((0x88, 2), (0xDB, 0x25));
        game.Gives(reward: 25, score: 25, lives: 4, terminal: false);
        game.Frame((0x88, 1));
        game.Gives(reward: 0, score: 25, lives: 3, terminal: false);
        game.Frame((0x88, 1), (0xDA, 0x31));
        game.Gives(reward: 3100, score: 3125, lives: 3, terminal: false);

        // A life that is won raises the byte, not the count; falling by more than one does not lower it either.
        game.Frame((0x88, 2));
        game.Gives(reward: 0, score: 3125, lives: 3, terminal: false);
        game.Frame((0x88, 0));
        game.Gives(reward: 0, score: 3125, lives: 3, terminal: false);
        game.Frame((0x88, 0xFF));
        game.Gives(reward: 0, score: 3125, lives: 2, terminal: false);

        // 0xFE, -2, ends the game; the score is not looked at any more.
        game.Frame((0x88, 0xFE), (0xDB, 0x99));
        game.Gives(reward: 0, score: 3125, lives: 0, terminal: true);
    }

    [Fact]
    public void Qbert_AlsoEndsWhenTheCounterStartsAgain()
    {
        var game = new RunningGame("qbert");
        game.Frame((0x88, 0xFF));
        game.Gives(reward: 0, score: 0, lives: 4, terminal: false);
        game.Frame((0x88, 2));
        game.Gives(reward: 0, score: 0, lives: 0, terminal: true);
        game.Frame((0x88, 2));
        game.Gives(reward: 0, score: 0, lives: 4, terminal: false);
    }

    [Fact]
    public void DemonAttack_DoesNotEndInTheFrameAfterALevelWasChosen()
    {
        var game = new RunningGame("demon_attack");

        // ABCDEA is what the title shows instead of a score.
        game.Frame((0x81, 0xAB), (0x83, 0xCD), (0x85, 0xEA), (0xF2, 3));
        game.Gives(reward: 0, score: 0, lives: 4, terminal: false);
        game.Frame((0x81, 0), (0x83, 0x01), (0x85, 0x35));
        game.Gives(reward: 135, score: 135, lives: 4, terminal: false);
        game.Frame((0xF2, 0), (0xF1, 0xBC));
        game.Gives(reward: 0, score: 135, lives: 1, terminal: false);
        game.Frame((0xF1, 0xBD));
        game.Gives(reward: 0, score: 135, lives: 0, terminal: true);

        // The flag that a mode selection sets lasts for one frame.
        var values = game.State.Values.ToArray();
        values[game.State.Rule.IndexOf("levelChange")] = 1;
        game.State.Restore(values);
        game.Frame();
        game.Gives(reward: 0, score: 135, lives: 1, terminal: false);
        game.Frame();
        game.Gives(reward: 0, score: 135, lives: 0, terminal: true);
    }

    [Fact]
    public void MiniatureGolf_GivesParLessStrokes_WhenTheHoleChanges()
    {
        var game = new RunningGame("miniature_golf");

        // Before the first stroke par is shown (0x88), then strokes are counted (0x87).
        game.Frame((0xAF, 0x01), (0x88, 0x03));
        game.Gives(reward: 0, score: 0, lives: 1, terminal: false);
        Assert.Equal(3, game.State["par"]);
        game.Frame((0x88, 0), (0x87, 0x01));
        game.Frame((0x87, 0x05));
        game.Gives(reward: 0, score: 0, lives: 1, terminal: false);
        Assert.Equal(5, game.State["total"]);

        // Hole 2: five strokes against a par of three.
        game.Frame((0xAF, 0x02), (0x88, 0x04));
        game.Gives(reward: -2, score: 0, lives: 1, terminal: false);
        Assert.Equal((5, 4), (game.State["levelBase"], game.State["par"]));
        game.Frame();
        game.Gives(reward: 0, score: 0, lives: 1, terminal: false);

        // The total goes on from 5: three strokes against four.
        game.Frame((0x88, 0), (0x87, 0x08));
        game.Frame((0xAF, 0x03));
        game.Gives(reward: 1, score: 0, lives: 1, terminal: false);

        // The shown total falls back from 8 to 1, which is remembered as 8 more: one stroke so far.
        game.Frame((0x87, 0x01));
        Assert.Equal((8, 1, 8), (game.State["wrapped"], game.State["total"], game.State["levelBase"]));
        game.Frame((0xAF, 0x00));
        game.Gives(reward: 3, score: 0, lives: 0, terminal: true);
        game.Frame((0xAF, 0x01));
        Assert.True(game.State.IsTerminal);
    }

    [Fact]
    public void RiverRaid_DigitsAreOffsetsOfPictures_EndIsTheStepFromNoneToFull()
    {
        var game = new RunningGame("riverraid");
        game.Gives(reward: 0, score: 0, lives: 4, terminal: false);

        // Eight bytes a digit: 0x18 shows a 3. What is no multiple of 8, or above 72, shows none.
        game.Frame((0xC0, 0x58), (0xD5, 0x18), (0xD7, 0x03), (0xCD, 0x50));
        game.Gives(reward: 30, score: 30, lives: 4, terminal: false);
        game.Frame((0xCD, 0x48), (0xCF, 0x08), (0xD1, 0x10), (0xD3, 0x20), (0xD7, 0x28));
        game.Gives(reward: 912_405, score: 912_435, lives: 4, terminal: false);

        game.Frame((0xC0, 0x10));
        game.Gives(reward: 0, score: 912_435, lives: 3, terminal: false);
        game.Frame((0xC0, 0x59));
        game.Gives(reward: 0, score: 912_435, lives: 1, terminal: false);
        game.Frame((0xC0, 0x58));
        game.Gives(reward: 0, score: 912_435, lives: 0, terminal: true);
        game.Frame();
        game.Gives(reward: 0, score: 912_435, lives: 4, terminal: false);
    }

    [Fact]
    public void Breakout_CannotEndBeforeItHasStarted()
    {
        var game = new RunningGame("breakout");
        game.Gives(reward: 0, score: 0, lives: 5, terminal: false);
        game.Frame((0xB9, 0));
        game.Gives(reward: 0, score: 0, lives: 0, terminal: false);
        game.Frame((0xB9, 5));
        game.Gives(reward: 0, score: 0, lives: 5, terminal: false);

        // Hundreds are the low half of 0xCC; the high half is something else.
        game.Frame((0xCD, 0x64), (0xCC, 0xF3), (0xB9, 1));
        game.Gives(reward: 364, score: 364, lives: 1, terminal: false);
        game.Frame((0xB9, 0));
        game.Gives(reward: 0, score: 364, lives: 0, terminal: true);

        game.State.Reset();
        game.Gives(reward: 0, score: 0, lives: 5, terminal: false);
        game.Frame();
        game.Gives(reward: 364, score: 364, lives: 0, terminal: false);
    }

    [Fact]
    public void Tetris_ScoreFallsToZeroAtTheEnd_WithoutALoss()
    {
        var game = new RunningGame("tetris");
        game.Frame((0xF1, 0x40), (0xF2, 0x01));
        game.Gives(reward: 140, score: 140, lives: 0, terminal: false);
        game.Frame((0xF1, 0x10));
        game.Gives(reward: 0, score: 110, lives: 0, terminal: false);

        // Points of the last frame still count.
        game.Frame((0xF1, 0x15), (0xF3, 0x80));
        game.Gives(reward: 5, score: 0, lives: 0, terminal: true);
        Assert.Equal(115, game.State["rawScore"]);
    }

    [Fact]
    public void Atlantis_FreezesTheScoreAtTheEnd()
    {
        var game = new RunningGame("atlantis");
        game.Gives(reward: 0, score: 0, lives: 6, terminal: false);

        // Low, middle, high are 0xA2, 0xA3, 0xA1, in hundreds.
        game.Frame((0xF1, 6), (0xA2, 0x23), (0xA3, 0x01));
        game.Gives(reward: 12_300, score: 12_300, lives: 6, terminal: false);
        game.Frame((0xF1, 0), (0xA1, 0x02));
        game.Gives(reward: 2_000_000, score: 2_012_300, lives: 0, terminal: false);
        game.Frame((0xF1, 0xFF), (0xA1, 0x77));
        game.Gives(reward: 0, score: 2_012_300, lives: 0, terminal: true);
    }

    [Fact]
    public void BeamRider_TakesALostLifeOnlyAfterItsAnimation()
    {
        var game = new RunningGame("beam_rider");
        game.Gives(reward: 0, score: 0, lives: 3, terminal: false);
        game.Frame((0x85, 2), (0x89, 0x44));
        game.Gives(reward: 44, score: 44, lives: 3, terminal: false);

        // The counter blinks between 2 and 1 until 0x8C is 1.
        game.Frame((0x85, 1));
        game.Gives(reward: 0, score: 44, lives: 3, terminal: false);
        game.Frame((0x85, 2));
        game.Gives(reward: 0, score: 44, lives: 3, terminal: false);
        game.Frame((0x85, 1), (0x8C, 1));
        game.Gives(reward: 0, score: 44, lives: 2, terminal: false);

        // Any other change is taken at once.
        game.Frame((0x85, 4), (0x8C, 0));
        game.Gives(reward: 0, score: 44, lives: 5, terminal: false);
        game.Frame((0x85, 0xFF));
        game.Gives(reward: 0, score: 44, lives: 0, terminal: true);
        Assert.Equal(256, game.State["lives"]);
    }

    [Fact]
    public void StarGunner_ShowsFiveLivesUntilItHasStarted()
    {
        var game = new RunningGame("star_gunner");
        game.Frame((0x87, 0x13), (0x83, 0x0A), (0x84, 0x02), (0x85, 0x0A));
        game.Gives(reward: 2000, score: 2000, lives: 5, terminal: false);
        game.Frame((0x87, 5));
        game.Gives(reward: 0, score: 2000, lives: 5, terminal: false);
        game.Frame((0x87, 0x13), (0x86, 0x17));
        game.Gives(reward: 700_000, score: 702_000, lives: 3, terminal: false);
        game.Frame((0x87, 0));
        game.Gives(reward: 0, score: 702_000, lives: 0, terminal: true);
    }

    [Fact]
    public void Othello_EndsAfter51FramesWithoutInput()
    {
        var game = new RunningGame("othello");
        for (var frame = 1; frame <= 50; frame++)
        {
            game.Frame();
            Assert.False(game.State.IsTerminal);
        }

        game.Frame((0xC0, 1));
        for (var frame = 1; frame <= 50; frame++)
        {
            game.Frame((0xC0, 0));
        }

        game.Gives(reward: 0, score: 0, lives: 1, terminal: false);
        game.Frame((0xCE, 0x33), (0xD0, 0x31));
        game.Gives(reward: 2, score: 2, lives: 0, terminal: true);
    }

    [Fact]
    public void Tennis_GamesWonComeBeforePoints()
    {
        var game = new RunningGame("tennis");
        game.Frame((0xC5, 3));
        game.Gives(reward: 3, score: 0, lives: 0, terminal: false);
        game.Frame((0xC5, 0), (0xC7, 1));
        game.Gives(reward: 1, score: 0, lives: 0, terminal: false);
        game.Frame((0xC6, 1));
        game.Gives(reward: -1, score: 0, lives: 0, terminal: false);
        game.Frame((0xC8, 6), (0xC7, 5));
        game.Gives(reward: -2, score: 0, lives: 0, terminal: false);
        game.Frame((0xC7, 4));
        game.Gives(reward: -1, score: 0, lives: 0, terminal: true);
    }

    [Fact]
    public void Darkchambers_AnyDropEndsItAndKeepsTheScore()
    {
        var game = new RunningGame("darkchambers");
        game.Frame((0xD5, 2), (0xCA, 0xFF), (0xCC, 0x12));
        game.Gives(reward: 120, score: 120, lives: 1, terminal: false);
        Assert.Equal((2, 31), (game.State["level"], game.State["health"]));
        game.Frame((0xD5, 1), (0xCA, 0), (0xCC, 0x99));
        game.Gives(reward: 0, score: 120, lives: 0, terminal: true);
        Assert.Equal((2, 31), (game.State["level"], game.State["health"]));
        game.Frame((0xD5, 2), (0xCA, 0xFF));
        game.Gives(reward: 870, score: 990, lives: 0, terminal: true);
    }

    [Fact]
    public void WordZapper_KeepsScoreRewardAndEndWhileTheClockStands()
    {
        var game = new RunningGame("word_zapper");
        game.Frame((0xCF, 0x60), (0xDC, 2), (0xDE, 0x01));
        game.Gives(reward: 0, score: 0, lives: 1, terminal: false);
        game.Frame((0xDC, 0xFF));
        game.Gives(reward: 3, score: 3, lives: 0, terminal: true);
        game.Frame((0xCF, 0), (0xDC, 2));
        game.Gives(reward: 3, score: 3, lives: 0, terminal: true);
        game.Frame((0xCF, 0x59));
        game.Gives(reward: -3, score: 0, lives: 1, terminal: false);
    }

    [Fact]
    public void Backgammon_CountsOnlyWhenAllCheckersAreThere()
    {
        var game = new RunningGame("backgammon");

        // The player's checkers are negative numbers. 14 of 15 are out, the last one is on a point.
        game.Frame((0x80, 0xF2), (0x81, 0xFF), (0x8F, 15));
        game.Gives(reward: 0, score: 0, lives: 1, terminal: false);
        Assert.Equal(
            (14, 0, 1, 15, 1),
            (
                game.State["playerOut"],
                game.State["computerOut"],
                game.State["playerIn"],
                game.State["computerIn"],
                game.State["valid"]));

        // In the air: 15 out and one still on a point is no position.
        game.Frame((0x80, 0xF1));
        game.Gives(reward: 0, score: 0, lives: 1, terminal: false);
        game.Frame((0x81, 0));
        game.Gives(reward: 1, score: 0, lives: 0, terminal: true);
        game.Frame((0x80, 0));
        game.Gives(reward: 1, score: 0, lives: 0, terminal: true);
    }
}
