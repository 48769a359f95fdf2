using DqnAspire.AtariTraces.Cartridges;
using DqnAspire.AtariTraces.Comparison;
using DqnAspire.AtariTraces.Format;
using DqnAspire.AtariTraces.Recording;
using DqnAspire.Environments.Atari.Cartridges;

namespace DqnAspire.AtariTraces.Tests;

public sealed class TraceComparisonTests
{
    private const int Frames = 6;

    private static readonly CartridgeImage Cartridge = VerificationCartridges.All[0];

    [Fact]
    public void AGamePlayedTwice_IsEqual() => Assert.Null(Compare(Record()));

    /// <summary>Whatever is changed in frame 3 is found there, and nothing else is marked.</summary>
    [Theory]
    [InlineData("scanlines")]
    [InlineData("cycles")]
    [InlineData("reward")]
    [InlineData("terminal")]
    [InlineData("lives")]
    [InlineData("screen")]
    [InlineData("$80")]
    [InlineData("$FF")]
    public void AChangedValue_IsFound(string name)
    {
        var recorded = Record();
        var row = recorded.Rows[3];
        row = name switch
        {
            "scanlines" => row with { ScanLines = row.ScanLines + 1 },
            "cycles" => row with { Cycles = row.Cycles + 1 },
            "reward" => row with { Reward = 1 },
            "terminal" => row with { Terminal = true },
            "lives" => row with { Lives = 1 },
            "screen" => row with { Screen = row.Screen ^ 1 },
            "$80" => row with { Ram = row.Ram.SetItem(0, (byte)~row.Ram[0]) },
            _ => row with { Ram = row.Ram.SetItem(127, (byte)~row.Ram[127]) },
        };

        var difference = Compare(recorded with { Rows = recorded.Rows.SetItem(3, row) });

        Assert.NotNull(difference);
        Assert.Equal((3, "frame 3, action 16 DOWNRIGHTFIRE"), (difference.EqualFrames, difference.Place));
        Assert.Equal([name], difference.Values.Where(value => !value.IsEqual).Select(value => value.Name));
    }

    [Fact]
    public void AnotherState_IsFoundBeforeTheFirstFrame()
    {
        var recorded = Record();
        var state = recorded.Header.States[0];
        state = state with { Ram = state.Ram.SetItem(2, (byte)~state.Ram[2]) };

        var difference = Compare(recorded with { Header = recorded.Header with { States = [state] } });

        Assert.NotNull(difference);
        Assert.Equal((0, "state after_loadROM"), (difference.EqualFrames, difference.Place));
        Assert.Equal(["$82"], difference.Values.Where(value => !value.IsEqual).Select(value => value.Name));
    }

    [Fact]
    public void AResetThatWasNotMade_IsFound()
    {
        var recorded = Record();
        var state = recorded.Header.States[0];

        var difference = Compare(recorded with
        {
            Header = recorded.Header with { States = [state, state with { Name = TraceState.AfterReset(1) }] },
        });

        Assert.Equal("state after_reset_game_1", difference?.Place);
        Assert.Equal([new TraceValue("resets", "after_reset_game_1", "after_loadROM")], difference!.Values);
    }

    [Fact]
    public void ATraceThatEndsEarlier_IsFound()
    {
        var recorded = Record();

        var difference = Compare(recorded with { Rows = recorded.Rows.RemoveAt(Frames - 1) });

        Assert.Equal(Frames - 1, difference?.EqualFrames);
        Assert.Equal([new TraceValue("frames", "5", "6")], difference!.Values);
    }

    [Fact]
    public void TheText_ShowsBothSides()
    {
        var difference = new TraceDifference(
            12, "frame 12, action 1 FIRE", [new TraceValue(
                "cycles", "19912", "19912"), new TraceValue("$9A", "01", "ff")]);

        Assert.Equal(
            """
            first difference: frame 12, action 1 FIRE
                          recorded          ours
              cycles      19912             19912
              $9A         01                ff                <-
            """.ReplaceLineEndings(),
            difference.ToString());
    }

    private static Trace Record()
    {
        var game = new TraceRecorder(Cartridge.Bytes, new TraceSetup());
        var script = ActionScript.Parse("lcg1", hold: 4);
        var header = game.Describe(Cartridge.FileName, script, Frames);
        return new Trace(header, [.. Enumerable.Range(0, Frames).Select(_ => game.Act(script.Next()))]);
    }

    private static TraceDifference? Compare(Trace recorded) => TraceComparison.FirstDifference(
        recorded, new TraceRecorder(Cartridge.Bytes, new TraceSetup()), ActionScript.Parse("lcg1", hold: 4), Frames);
}
