using System.Text.Json.Nodes;
using DqnAspire.Atari2600;
using DqnAspire.Atari2600.Controllers;
using DqnAspire.Environments.Atari;
using DqnAspire.Environments.Atari.Rules;
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

    private static AtariGame Start(GameRule? rule)
    {
        var game = new AtariGame(new AtariConsole(FrameCounter.Image), rule, seed: 1);
        game.Reset();
        return game;
    }

    private static byte[] Counters(AtariGame game) => game.Console.Ram[..4].ToArray();
}
