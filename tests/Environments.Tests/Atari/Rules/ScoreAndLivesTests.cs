namespace DqnAspire.Environments.Tests.Atari.Rules;

/// <summary>
/// Games whose rule follows the memory of the frame; the expected numbers are worked out by hand from what each byte
/// means. Packed decimal: 0x25 is 25.
/// </summary>
public sealed class ScoreAndLivesTests
{
    [Fact]
    public void Pong_ScoreIsPlayerLessOpponent_EndsAt21()
    {
        var game = new RunningGame("pong");
        game.Gives(reward: 0, score: 0, lives: 0, terminal: false);

        game.Frame();
        game.Gives(reward: 0, score: 0, lives: 0, terminal: false);
        game.Frame((0x8D, 1));
        game.Gives(reward: -1, score: -1, lives: 0, terminal: false);
        game.Frame((0x8E, 20));
        game.Gives(reward: 20, score: 19, lives: 0, terminal: false);
        game.Frame((0x8E, 21));
        game.Gives(reward: 1, score: 20, lives: 0, terminal: true);
        game.Frame((0x8E, 0), (0x8D, 21));
        game.Gives(reward: -41, score: -21, lives: 0, terminal: true);
    }

    [Fact]
    public void SpaceInvaders_ScoreRollsOverAt10000()
    {
        var game = new RunningGame("space_invaders");
        game.Gives(reward: 0, score: 0, lives: 3, terminal: false);

        game.Frame((0xC9, 3), (0xE8, 0x95), (0xE6, 0x99));
        game.Gives(reward: 9995, score: 9995, lives: 3, terminal: false);
        game.Frame((0xE8, 0x10), (0xE6, 0x00));
        game.Gives(reward: 15, score: 10, lives: 3, terminal: false);
        game.Frame((0xC9, 1));
        game.Gives(reward: 0, score: 10, lives: 1, terminal: false);

        // Bit 7 ends the game, whatever the life count; the lives handed out are then none.
        game.Frame((0x98, 0x80));
        game.Gives(reward: 0, score: 10, lives: 0, terminal: true);
        game.Frame((0x98, 0x7F), (0xC9, 0));
        game.Gives(reward: 0, score: 10, lives: 0, terminal: true);
    }

    [Fact]
    public void MsPacman_SixDigits_EndsWithTheLastLifeAfterItsAnimation()
    {
        var game = new RunningGame("ms_pacman");
        game.Frame((0xF8, 0x10), (0xFB, 2));
        game.Gives(reward: 10, score: 10, lives: 3, terminal: false);
        game.Frame((0xF8, 0x90), (0xF9, 0x56), (0xFA, 0x34));
        game.Gives(reward: 345_680, score: 345_690, lives: 3, terminal: false);

        // Lives are the low three bits and one more; the end looks at the low four.
        game.Frame((0xFB, 0xF8), (0xA7, 0x53));
        game.Gives(reward: 0, score: 345_690, lives: 1, terminal: false);
        game.Frame((0xFB, 0xF0), (0xA7, 0x52));
        game.Gives(reward: 0, score: 345_690, lives: 1, terminal: false);
        game.Frame((0xA7, 0x53));
        game.Gives(reward: 0, score: 345_690, lives: 0, terminal: true);
    }

    [Fact]
    public void Skiing_TimeTakenIsLost()
    {
        var game = new RunningGame("skiing");

        // Minutes are binary, seconds and hundredths decimal: 1:23.45 is 8345 hundredths.
        game.Frame((0xE8, 1), (0xE9, 0x23), (0xEA, 0x45));
        game.Gives(reward: -8345, score: 8345, lives: 0, terminal: false);
        game.Frame((0xEA, 0x49));
        game.Gives(reward: -4, score: 8349, lives: 0, terminal: false);
        game.Frame((0x91, 0xFF));
        game.Gives(reward: 0, score: 8349, lives: 0, terminal: true);
    }

    [Fact]
    public void Pitfall_StartsWith2000_LivesAreTallyMarks()
    {
        var game = new RunningGame("pitfall");
        game.Gives(reward: 0, score: 2000, lives: 3, terminal: false);

        game.Frame((0xD6, 0x20), (0x80, 0xA0));
        game.Gives(reward: 0, score: 2000, lives: 3, terminal: false);
        game.Frame((0xD6, 0x19), (0xD7, 0x99), (0x80, 0x8F));
        game.Gives(reward: -1, score: 1999, lives: 2, terminal: false);
        game.Frame((0xD5, 0x01), (0x80, 0x00));
        game.Gives(reward: 10_000, score: 11_999, lives: 1, terminal: false);
        game.Frame((0x9E, 1));
        game.Gives(reward: 0, score: 11_999, lives: 0, terminal: true);
    }

    [Fact]
    public void DoubleDunk_EndsAt24WhenTheClockSaysSo()
    {
        var game = new RunningGame("double_dunk");
        game.Frame((0xF6, 0x02));
        game.Gives(reward: 2, score: 2, lives: 0, terminal: false);
        game.Frame((0xF7, 0x03));
        game.Gives(reward: -3, score: -1, lives: 0, terminal: false);
        game.Frame((0xF7, 0x24));
        game.Gives(reward: -21, score: -22, lives: 0, terminal: false);
        game.Frame((0xFE, 0xE7));
        game.Gives(reward: 0, score: -22, lives: 0, terminal: true);
        Assert.Equal((2, 24), (game.State["player"], game.State["opponent"]));
    }

    [Fact]
    public void Boxing_KnockOutIs100()
    {
        var game = new RunningGame("boxing");
        game.Frame((0x92, 0x42), (0x93, 0x17), (0x91, 0x59));
        game.Gives(reward: 25, score: 25, lives: 0, terminal: false);
        game.Frame((0x92, 0xC0));
        game.Gives(reward: 58, score: 83, lives: 0, terminal: true);

        // Time is up: no minutes in the high half of 0x90, no seconds.
        game.Frame((0x92, 0x42), (0x90, 0x0F), (0x91, 0x00));
        game.Gives(reward: -58, score: 25, lives: 0, terminal: true);
        game.Frame((0x90, 0x10));
        game.Gives(reward: 0, score: 25, lives: 0, terminal: false);
    }

    [Fact]
    public void Freeway_GivesOneChickenAtMost()
    {
        var game = new RunningGame("freeway");
        game.Frame((0xE7, 0x01));
        game.Gives(reward: 1, score: 1, lives: 0, terminal: false);
        game.Frame((0xE7, 0x12));
        game.Gives(reward: 1, score: 12, lives: 0, terminal: false);
        game.Frame((0xE7, 0x00), (0x96, 1));
        game.Gives(reward: 0, score: 0, lives: 0, terminal: true);
    }

    [Fact]
    public void Klax_ScoreIsInTheCartridgesMemory()
    {
        var game = new RunningGame("klax");

        // 0xF0B4 on a bus of 13 lines is 0x10B4.
        game.Memory.Bus[0x10B4] = 0x45;
        game.Memory.Bus[0x10B5] = 0x23;
        game.Memory.Bus[0x10B6] = 0x01;
        game.Frame();
        game.Gives(reward: 12_345, score: 12_345, lives: 1, terminal: false);

        // As many drops as are allowed.
        game.Memory.Bus[0x10E9] = 5;
        game.Memory.Bus[0x10EE] = 5;
        game.Frame();
        game.Gives(reward: 0, score: 12_345, lives: 0, terminal: true);

        // The bin of 25 is full; bytes of 0, 2, 6, 10 and 14 are no blocks.
        game.Memory.Bus[0x10E9] = 0;
        for (var address = 0xB3; address <= 0xCB; address++)
        {
            game.Memory[address] = 4;
        }

        game.Frame((0xA8, 4), (0xCB, 14));
        Assert.Equal(24, game.State["blocks"]);
        Assert.False(game.State.IsTerminal);
        game.Frame((0xCB, 15), (0xCC, 0), (0xB2, 0));
        Assert.Equal(25, game.State["blocks"]);
        Assert.True(game.State.IsTerminal);

        game.Memory.Bus[0x109D] = 0x99;
        game.Frame((0xA8, 0));
        Assert.True(game.State.IsTerminal);
    }

    [Fact]
    public void Enduro_CountsCarsPassed()
    {
        var game = new RunningGame("enduro");
        game.Frame((0xAB, 0x00), (0xAC, 0x02));
        game.Gives(reward: 0, score: 0, lives: 0, terminal: false);

        // Day 1 asks for 200 cars, each later day for 300.
        game.Frame((0xAD, 1), (0xAB, 0x57), (0xAC, 0x01));
        game.Gives(reward: 43, score: 43, lives: 0, terminal: false);
        game.Frame((0xAD, 3), (0xAB, 0x90), (0xAC, 0x02));
        game.Gives(reward: 467, score: 510, lives: 0, terminal: false);
        game.Frame((0xAF, 0xFF));
        game.Gives(reward: 0, score: 510, lives: 0, terminal: true);
    }

    [Fact]
    public void VideoCheckers_CountsThePiecesOnTheBoard()
    {
        var game = new RunningGame("video_checkers");

        // An empty board: no black piece is left, which is looked at first.
        game.Frame();
        game.Gives(reward: -1, score: 0, lives: 0, terminal: true);

        // 0x10 a black man, 0x20 a black king, 0x90 and 0xA0 white ones; 0x88 lies between two rows and is not counted.
        game.State.Reset();
        game.Frame((0x80, 0x10), (0x87, 0x20), (0xA2, 0x10), (0x88, 0x10), (0x99, 0x90), (0x9B, 0xA0));
        game.Gives(reward: 0, score: 0, lives: 1, terminal: false);
        Assert.Equal((3, 2), (game.State["black"], game.State["white"]));

        game.Frame((0x99, 0), (0x9B, 0));
        game.Gives(reward: 1, score: 0, lives: 0, terminal: true);

        // Reward and end stay until the next reset.
        game.Frame((0x99, 0x90));
        game.Gives(reward: 1, score: 0, lives: 0, terminal: true);
    }
}
