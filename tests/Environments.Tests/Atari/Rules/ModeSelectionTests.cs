using System.Text.Json.Nodes;
using DqnAspire.Environments.Atari.Rules;
using DqnAspire.Environments.Atari.Rules.ModeSelection;

namespace DqnAspire.Environments.Tests.Atari.Rules;

public sealed class ModeSelectionTests
{
    [Fact]
    public void WithoutASelection_NothingIsDone()
    {
        var host = new TapeHost();
        Select("pitfall", 0, host);
        Assert.Empty(host.Tape);
    }

    [Fact]
    public void Pong_PressesSelectUntilTheModeIsThere()
    {
        var host = new TapeHost { OnSelect = ram => ram[0x96]++ };
        Select("pong", 0, host);
        Assert.Equal(["reset 4"], host.Tape);

        host.Tape.Clear();
        host.Ram[0x96] = 0xFE;
        host = new TapeHost { OnSelect = ram => ram[0x96] = (ram[0x96] + 1) & 0xFF };
        host.Ram[0x96] = 0xFE;
        Select("pong", 1, host);
        Assert.Equal(["select 2", "select 2", "select 2", "reset 4"], host.Tape);
    }

    [Fact]
    public void AirRaid_PressesSelectOnceWhateverTheMode()
    {
        var host = new TapeHost();
        host.Ram[0xAA] = 1;
        Select("air_raid", 1, host);
        Assert.Equal(["select 20", "reset 4"], host.Tape);
    }

    [Fact]
    public void Gopher_IsResetFirst()
    {
        var host = new TapeHost { OnSelect = ram => ram[0xD3] = 2 };
        Select("gopher", 2, host);
        Assert.Equal(["reset 4", "select 5", "reset 4"], host.Tape);
    }

    [Fact]
    public void Adventure_DrawsTheTimeOfEachPress_AndWaitsAStep()
    {
        // Mode n is in bits 1 and 2 of 0xDD.
        var host = new TapeHost { OnSelect = ram => ram[0xDD] += 2 };
        host.Draw(0, 0xFFFF_FFFF);
        Select("adventure", 2, host);
        Assert.Equal(["select 2", "NOOP 1", "select 257", "NOOP 1", "reset 4"], host.Tape);
    }

    [Fact]
    public void Et_GivesUpAfter100Presses()
    {
        // Mode n is n + 1 in 0xEA.
        var host = new TapeHost();
        host.Ram[0xEA] = 1;
        var exception = Assert.Throws<ModeSelectionException>(() => Select("et", 1, host));
        Assert.Equal(Enumerable.Repeat("select 25", 100), host.Tape);
        Assert.Equal("Mode 1 of et cannot be selected: the console did not get there in 100 tries.", exception.Message);
        Assert.Equal(1, exception.Mode);

        var presses = 0;
        host = new TapeHost { OnSelect = ram => ram[0xEA] = ++presses == 100 ? 2 : 1 };
        Select("et", 1, host);
        Assert.Equal(101, host.Tape.Count);
    }

    [Fact]
    public void AnyOtherStep_AlsoGivesUpSomeTime()
    {
        var presses = 0;
        Assert.Throws<ModeSelectionException>(() => Select("pong", 1, new TapeHost { OnSelect = _ => presses++ }));
        Assert.Equal(100_000, presses);
    }

    [Fact]
    public void Berzerk_WaitsFirst()
    {
        var host = new TapeHost { OnSelect = ram => ram[0x80] = 16 };
        Select("berzerk", 16, host);
        Assert.Equal(["NOOP 20", "select 2", "reset 4"], host.Tape);
    }

    [Fact]
    public void VideoCube_SetsItsCube_AndTurnsToIt()
    {
        var game = new RunningGame("video_cube");
        Assert.Equal(1, game.State["cubeNumber"]);

        // Mode 1202 is cube 12, variation 2, which the cartridge calls 8; RIGHT goes to the next cube.
        var host = new TapeHost
        {
            OnSelect = ram => ram[0xFB] = 0xE8,
            OnAct = (ram, _) => ram[0x9F] = ram[0x9F] == 0x09 ? 0x10 : ram[0x9F] + 1,
        };
        host.Ram[0x9F] = 0x08;
        game.State.Rule.Modes.Select(1202, game.State, host);
        Assert.Equal(["select 2", "reset 4", "RIGHT 1", "RIGHT 1", "RIGHT 1", "RIGHT 1"], host.Tape);
        Assert.Equal(12, game.State["cubeNumber"]);

        // It stays through frames; modes below 100 keep it.
        game.Frame();
        Assert.Equal(12, game.State["cubeNumber"]);
        host.Tape.Clear();
        host.Ram[0xFB] = 2;
        game.State.Rule.Modes.Select(1, game.State, host);
        Assert.Equal(["reset 4"], host.Tape);
        Assert.Equal(12, game.State["cubeNumber"]);
    }

    [Fact]
    public void VideoCheckers_RemembersThatAGameIsReversed()
    {
        var game = new RunningGame("video_checkers");
        var host = new TapeHost { OnSelect = ram => ram[0xF6]++ };
        host.Ram[0xF6] = 16;

        // Mode 12 is shown as 18.
        game.State.Rule.Modes.Select(12, game.State, host);
        Assert.Equal(["select 1", "select 1", "reset 4"], host.Tape);
        game.Frame((0x80, 0x90));
        game.Gives(reward: 1, score: 0, lives: 0, terminal: true);

        // A reset leaves the flag alone, the next selection does not.
        game.State.Reset();
        Assert.Equal(1, game.State["reverse"]);
        host.Ram[0xF6] = 3;
        game.State.Rule.Modes.Select(3, game.State, host);
        game.Frame((0x80, 0x90));
        game.Gives(reward: -1, score: 0, lives: 0, terminal: true);
    }

    [Theory]
    [InlineData(0, 6)]
    [InlineData(1, 15)]
    [InlineData(3, 100)]
    [InlineData(4, 25)]
    public void Gravitar_SetsTheLivesOfTheMode(int mode, int lives)
    {
        var state = new GameState(GameCatalog.Default.Get("gravitar"));
        var host = new TapeHost();
        host.Ram[0x80] = mode;
        state.Rule.Modes.Select(mode, state, host);
        Assert.Equal(lives, state.Lives);
    }

    [Fact]
    public void DemonAttack_MarksTheChangeOfLevel()
    {
        var game = new RunningGame("demon_attack");
        var host = new TapeHost();
        host.Ram[0xEA] = 5;
        game.State.Rule.Modes.Select(5, game.State, host);
        game.Frame((0xF1, 0xBD));
        Assert.False(game.State.IsTerminal);
        game.Frame();
        Assert.True(game.State.IsTerminal);
    }

    [Fact]
    public void DoubleDunk_WalksThroughItsMenu()
    {
        // DOWN moves the cursor in 0xB0, and only every second press is seen; RIGHT and LEFT switch the option under
        // it.
        int[] options = [0, 0, 0x08, 0x10, 0x04, 0x20];
        var presses = 0;
        var host = new TapeHost
        {
            OnAct = (ram, action) =>
            {
                switch (action)
                {
                    case "DOWN" when ++presses % 2 == 0:
                        ram[0xB0]++;
                        break;
                    case "RIGHT":
                        ram[0x80] |= options[ram[0xB0]];
                        break;
                    case "LEFT":
                        ram[0x80] &= ~options[ram[0xB0]];
                        break;
                }
            },
        };
        host.Ram[0x80] = 0x10 | 0x04;

        // Mode 5: the options 0x08 and 0x04 on, 0x10 and 0x20 off.
        Select("double_dunk", 5, host);
        string[] down = ["DOWN 1", "NOOP 1", "DOWN 1", "NOOP 1"];
        Assert.Equal(
            [
                "select 1", .. down, .. down, "RIGHT 1", "NOOP 1", .. down, "LEFT 1", "NOOP 1", .. down, .. down,
                "reset 4", "UPFIRE 1", "NOOP 1",
            ],
            host.Tape);
        Assert.Equal(0x08 | 0x04, host.Ram[0x80]);
    }

    [Fact]
    public void AModeThatTheGameDoesNotHave_IsRefused()
    {
        var host = new TapeHost();
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => Select("pong", 2, host));
        Assert.StartsWith("pong has no mode 2; its modes are 0, 1.", exception.Message);
        Assert.Empty(host.Tape);
    }

    [Fact]
    public void ATimeThatIsNone_IsRefused()
    {
        var file = RuleFile.With(game => game["modes"]!["select"]![0]!["frames"] = "ram[0x90] - 1");
        var state = new GameState(RuleFile.Load(file).Games[0]);
        var exception = Assert.Throws<ModeSelectionException>(() => state.Rule.Modes.Select(4, state, new TapeHost()));
        Assert.Contains("cannot be held for -1 frames", exception.Message);
    }

    [Fact]
    public void RandomNumbers_LoseTheirSign_AndAreDrawnOnlyWhenNeeded()
    {
        var file = RuleFile.With(game => game["modes"]!["select"] = new JsonArray(
            new JsonObject { ["op"] = "set", ["var"] = "score", ["formula"] = "rng()" },
            new JsonObject { ["op"] = "set", ["var"] = "lives", ["formula"] = "mode == 4 ? 1 : rng()" },
            new JsonObject { ["op"] = "set", ["var"] = "reward", ["formula"] = "mode == 4 || rng() ? 7 : 8" },
            new JsonObject { ["op"] = "set", ["var"] = "started", ["formula"] = "mode != 4 && rng()" }));
        var state = new GameState(RuleFile.Load(file).Games[0]);
        var host = new TapeHost();
        host.Draw(0x8000_0005);
        state.Rule.Modes.Select(4, state, host);
        Assert.Equal((5, 1, 7, 0), (state["score"], state["lives"], state["reward"], state["started"]));
    }

    private static void Select(string id, int mode, TapeHost host)
    {
        var state = new GameState(GameCatalog.Default.Get(id));
        state.Rule.Modes.Select(mode, state, host);
    }
}
