using System.Text.Json.Nodes;
using DqnAspire.Atari2600;
using DqnAspire.Atari2600.Controllers;
using DqnAspire.Environments.Atari;
using DqnAspire.Environments.Atari.Rules;
using DqnAspire.Environments.Atari.Rules.ModeSelection;
using DqnAspire.Environments.Tests.Atari.Rules;

namespace DqnAspire.Environments.Tests.Atari;

public sealed class AtariGameTests
{
    private const int Fire = (int)AtariAction.Fire;

    /// <summary>68 frames; the first is over before the cartridge counts.</summary>
    [Fact]
    public void ACartridgeWithoutRule_IsResetInSixtyEightFrames()
    {
        var game = Start(null);

        Assert.Equal([67, 8, 0, 0], Counters(game));
        Assert.Equal((0, false), (game.Lives, game.IsTerminal));
    }

    [Fact]
    public void ACartridgeWithoutRule_GivesNothing_AndNeverEnds()
    {
        var game = Start(null);

        Assert.All(Enumerable.Range(0, 18), action => Assert.Equal(0, game.Act(action)));
        Assert.Equal((0, false), (game.Lives, game.IsTerminal));
        Assert.Equal(67 + 18, Counters(game)[0]);
    }

    [Fact]
    public void AReset_BeginsAnew()
    {
        var game = Start(null);
        game.Act(Fire);

        game.Reset();

        Assert.Equal([67, 8, 0, 0], Counters(game));
    }

    /// <summary>The score is the number of frames, the game ends at frame 70, the lives are what is left.</summary>
    [Fact]
    public void TheRule_IsEvaluatedAfterEveryFrame_ThoseOfTheResetIncluded()
    {
        var game = Start(Rule());

        Assert.Equal((3, false), (game.Lives, game.IsTerminal));
        Assert.Equal((1, 2, false), (game.Act(0), game.Lives, game.IsTerminal));
        Assert.Equal((1, 1, false), (game.Act(0), game.Lives, game.IsTerminal));
        Assert.Equal((1, 0, true), (game.Act(0), game.Lives, game.IsTerminal));
    }

    [Fact]
    public void AfterTheEnd_NothingIsEmulated()
    {
        var game = Start(Rule(game => game["terminal"]!["formula"] = "1"));

        Assert.Equal((0, true), (game.Act(Fire), game.IsTerminal));
        Assert.Equal([67, 8, 0, 0], Counters(game));
    }

    [Fact]
    public void StartingActions_ComeLast()
    {
        var game = Start(Rule(game => game["startingActions"] = new JsonArray(
            new JsonObject { ["action"] = "FIRE", ["frames"] = 2 },
            new JsonObject { ["action"] = "RESET", ["frames"] = 1 })));

        Assert.Equal([67 + 3, 9, 0, 2], Counters(game));
    }

    /// <summary>
    /// Two presses of two frames, each followed by a frame without; the reset switch for four; an action of two frames.
    /// </summary>
    [Fact]
    public void AModeIsSelected_BetweenTheTwoResets()
    {
        var game = Start(Rule(game =>
        {
            game["terminal"]!["formula"] = "0";
            game["modes"]!["select"] = new JsonArray(
                new JsonObject { ["op"] = "pressSelectUntil", ["until"] = "ram[0x82] >= 4", ["frames"] = 2 },
                new JsonObject { ["op"] = "softReset" },
                new JsonObject { ["op"] = "act", ["action"] = "FIRE", ["count"] = 2 });
        }));

        Assert.Equal([67 + 6 + 4 + 2, 12, 4, 2], Counters(game));
    }

    /// <summary>
    /// Putting a cartridge in resets in the default mode with both switches at B; the options hold from the next reset.
    /// A press of SELECT counts as one frame.
    /// </summary>
    [Fact]
    public void Loading_ResetsInTheDefaultMode_ThenTheOptionsHold()
    {
        var rule = Rule(game =>
        {
            game["terminal"]!["formula"] = "0";
            game["modes"] = new JsonObject
            {
                ["available"] = new JsonArray(1, 3),
                ["default"] = 1,
                ["select"] = new JsonArray(
                    new JsonObject { ["op"] = "pressSelectUntil", ["until"] = "ram[0x82] >= mode", ["frames"] = 1 }),
            };
            game["difficulties"] = new JsonObject { ["available"] = new JsonArray(0, 3), ["default"] = 0 };
        });
        var options = new AtariGameOptions { Mode = 3, Difficulty = 3 };
        var game = new AtariGame(new AtariConsole(FrameCounter.Image), rule, seed: 1, options);

        game.Load(2);
        Assert.Equal((1, 1, 0x3F), (game.EpisodeFrames, game.Console.Ram[2], game.Console.Ram[4] | 1));
        Assert.Equal((3, 3), (game.Mode, game.Difficulty));

        game.Reset();
        Assert.Equal((3, 4, 3), (game.EpisodeFrames, game.Frames, game.Console.Ram[2]));
        Assert.Equal(0xFF, game.Console.Ram[4] | 1);
    }

    /// <summary>ALE's own frame skip holds for the actions that select a mode: twice three frames.</summary>
    [Fact]
    public void TheEmulatorsFrameSkip_HoldsWhileAModeIsSelected()
    {
        var game = Start(
            Rule(game =>
            {
                game["terminal"]!["formula"] = "0";
                game["modes"]!["select"] = new JsonArray(
                    new JsonObject { ["op"] = "act", ["action"] = "FIRE", ["count"] = 2 });
            }),
            new AtariGameOptions { FrameSkip = 3 });

        Assert.Equal([67 + 6, 8, 0, 6], Counters(game));
        Assert.Equal(3, game.Act(0));
        Assert.Equal((9, 9), (game.EpisodeFrames, game.Frames));
    }

    [Theory]
    [InlineData(int.MinValue, int.MaxValue, 5)]
    [InlineData(-1, 2, 2)]
    [InlineData(7, 9, 7)]
    public void TheRewardOfAnAction_StaysWithinItsBounds(int min, int max, int reward)
    {
        var game = Start(
            Rule(game => game["terminal"]!["formula"] = "0"),
            new AtariGameOptions { FrameSkip = 5, RewardMin = min, RewardMax = max });

        Assert.Equal(reward, game.Act(0));
    }

    /// <summary>A life less in every frame: the first frame ends the episode, and nothing is played after it.</summary>
    [Fact]
    public void ALostLife_TruncatesWhereThatIsAnOption()
    {
        var rule = Rule(game =>
        {
            game["terminal"]!["formula"] = "0";
            game["lives"]!["initial"] = 3;
            game["lives"]!["formula"] = "ram[0x80] >= 68 ? 70 - ram[0x80] : 3";
        });
        var game = Start(rule, new AtariGameOptions { TruncateOnLossOfLife = true });

        Assert.False(game.IsTruncated);
        game.Act(0);
        game.Act(0);
        Assert.Equal((true, false, 68), (game.IsTruncated, game.IsTerminal, game.Console.Ram[0]));
        Assert.False(Start(rule).IsTruncated);
    }

    [Fact]
    public void ModeAndDifficulty_ChangeOnARunningGame_TheModeWithTheNextReset()
    {
        var game = Start(Rule(game =>
        {
            game["terminal"]!["formula"] = "0";
            game["modes"] = new JsonObject
            {
                ["available"] = new JsonArray(0, 2),
                ["default"] = 0,
                ["select"] = new JsonArray(
                    new JsonObject { ["op"] = "pressSelectUntil", ["until"] = "ram[0x82] >= mode", ["frames"] = 1 }),
            };
            game["difficulties"] = new JsonObject { ["available"] = new JsonArray(0, 2), ["default"] = 0 };
        }));

        (game.Mode, game.Difficulty) = (2, 2);
        game.Act(0);
        Assert.Equal((0, 0xBF), (game.Console.Ram[2], game.Console.Ram[4]));
        game.Reset();
        Assert.Equal(2, game.Console.Ram[2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => game.Mode = 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => game.Difficulty = 3);
    }

    [Fact]
    public void AByteOfMemory_IsSet()
    {
        var game = Start(Rule(game => game["terminal"]!["formula"] = "0"));
        game.Act(0, draw: false);

        game.SetRam(0, 200);
        game.Act(0, draw: false);

        Assert.Equal(201, game.Console.Ram[0]);
        Assert.Equal(210 * 160, game.Picture.Length);
        Assert.Equal(201, game.Console.Ram[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => game.SetRam(128, 0));
    }

    /// <summary>
    /// A mode that never comes is given up after so many frames, fewer where they are as long as can be: a fraction of
    /// a second.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AModeThatNeverComes_IsGivenUpSoon(bool neverSynchronises)
    {
        var rule = Rule(game => game["modes"]!["select"] = new JsonArray(
            new JsonObject { ["op"] = "pressSelectUntil", ["until"] = "0", ["frames"] = 2 }));
        var image = FrameCounter.Image.ToArray();
        if (neverSynchronises)
        {
            // JMP to itself: every frame ends at the console's limit of instructions.
            image.AsSpan().Fill(0xEA);
            (image[0], image[1], image[2]) = (0x4C, 0x00, 0xF0);
            (image[^4], image[^3]) = (0x00, 0xF0);
        }

        var game = new AtariGame(new AtariConsole(image), rule, seed: 1);

        var error = Assert.Throws<ModeSelectionException>(game.Reset);

        Assert.Contains("the console did not get there in 10000 frames", error.Message);
        Assert.InRange(game.Frames, 1, neverSynchronises ? 10_000 / 4 / 3 : 10_000 / 3);
    }

    [Fact]
    public void AnIllegalAction_BecomesANoop_ButForStartingActions()
    {
        var game = Start(Rule(game =>
        {
            game["terminal"]!["formula"] = "0";
            game["actions"]!["illegal"] = new JsonArray("FIRE");
            game["startingActions"] = new JsonArray(new JsonObject { ["action"] = "FIRE", ["frames"] = 1 });
        }));
        Assert.Equal(1, Counters(game)[3]);

        game.Act(Fire);

        Assert.Equal([69, 8, 0, 1], Counters(game));
    }

    /// <summary>Bits 6 and 7 of the switches are the difficulties, 1 for A.</summary>
    [Theory]
    [InlineData(0, 0x3F)]
    [InlineData(1, 0x7F)]
    [InlineData(2, 0xBF)]
    [InlineData(3, 0xFF)]
    public void TheDifficultySwitches_AreThoseOfTheRule(int difficulty, int switches)
    {
        var game = Start(Rule(game =>
        {
            game["terminal"]!["formula"] = "0";
            game["difficulties"] =
                new JsonObject { ["available"] = new JsonArray(difficulty), ["default"] = difficulty };
        }));

        game.Act(0);

        Assert.Equal(switches, game.Console.Ram[4]);
    }

    [Fact]
    public void AFrame_AllocatesNothing()
    {
        var game = Start(Rule(game => game["terminal"]!["formula"] = "0"));
        game.Act(0);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 100; i++)
        {
            game.Act(i % 18);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(18)]
    [InlineData(40)]
    public void AnythingElse_IsNoAction(int action) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Start(null).Act(action));

    /// <summary>
    /// The rule of a real game with the score, end and lives of <see cref="FrameCounter"/>, and no mode to select.
    /// </summary>
    private static GameRule Rule(Action<JsonObject>? change = null) => RuleFile.Load(RuleFile.With(game =>
    {
        game["score"]!["formula"] = "ram[0x80]";
        game["terminal"]!["formula"] = "ram[0x80] >= 70";
        game["lives"]!["formula"] = "70 - ram[0x80]";
        game["lives"]!["reported"] = "lives";
        game["modes"]!["select"] = null;
        change?.Invoke(game);
    })).Games[0];

    private static AtariGame Start(GameRule? rule, AtariGameOptions? options = null)
    {
        var game = new AtariGame(new AtariConsole(FrameCounter.Image), rule, seed: 1, options);
        game.Reset();
        return game;
    }

    private static byte[] Counters(AtariGame game) => game.Console.Ram[..4].ToArray();
}
