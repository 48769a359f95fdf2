using DqnAspire.Atari2600.Controllers;
using DqnAspire.Atari2600.Television;
using DqnAspire.Atari2600.Tests.Machines;
using DqnAspire.Atari2600.Tia;

namespace DqnAspire.Atari2600.Tests.Television;

public sealed class FrameClockTests : IDisposable
{
    private static readonly ConsoleOptions NtscValues = new() { Format = TelevisionFormat.Ntsc };

    private readonly ChipBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(175, false)] // 75 cycles, 225 clocks
    [InlineData(176, true)] // a line
    [InlineData(400, true)]
    public void VsyncEndsAFrame_AfterALine(int off, bool ends)
    {
        _bench.Write(WriteRegister.VSYNC, 2, 100);
        _bench.Write(WriteRegister.VSYNC, 0, off);
        Assert.Equal(ends, _bench.State.Frame.Ended != 0);
    }

    [Fact]
    public void OnlyBit1OfVsyncCounts_AndItMustHaveBeenSet()
    {
        _bench.Write(WriteRegister.VSYNC, 0, 5_000);
        _bench.Write(WriteRegister.VSYNC, 0xFD, 6_000);
        _bench.Write(WriteRegister.VSYNC, 0, 7_000);
        Assert.Equal(0, _bench.State.Frame.Ended);

        // Each write that sets it starts the line anew.
        _bench.Write(WriteRegister.VSYNC, 2, 8_000);
        _bench.Write(WriteRegister.VSYNC, 2, 8_070);
        _bench.Write(WriteRegister.VSYNC, 0, 8_080);
        Assert.Equal(0, _bench.State.Frame.Ended);
        _bench.Write(WriteRegister.VSYNC, 0, 8_146);
        Assert.NotEqual(0, _bench.State.Frame.Ended);
    }

    [Theory]
    [InlineData(TelevisionFormat.Ntsc, 290)]
    [InlineData(TelevisionFormat.Pal, 342)]
    public void AnyTiaWrite_EndsAFrameOfTooManyLines(TelevisionFormat format, int lines)
    {
        _bench.Clock.Reset(format);
        _bench.Clock.StartFrame(0);
        _bench.Write(WriteRegister.COLUBK, 0, ((lines + 1) * 76) - 1);
        Assert.Equal(0, _bench.State.Frame.Ended);
        _bench.Write(WriteRegister.WSYNC, 0, (lines + 1) * 76);
        Assert.NotEqual(0, _bench.State.Frame.Ended);
    }

    [Fact]
    public void TheLineContinuesAcrossFrames()
    {
        // 1,000 cycles are 13 lines and 36 clocks, 500 more make 168 clocks.
        _bench.Clock.StartFrame(1_000);
        Assert.Equal(-36, _bench.State.Frame.Start);
        Assert.Equal(
            (-36 + (34 * 228), -36 + (244 * 228)), (_bench.State.Frame.DisplayStart, _bench.State.Frame.DisplayStop));
        _bench.Clock.StartFrame(500);
        Assert.Equal(-168, _bench.State.Frame.Start);
        Assert.Equal(0u, _bench.Clock.Lines(19));
        Assert.Equal(1u, _bench.Clock.Lines(20));
    }

    [Fact]
    public void ThePicturesChangePlaces_Uncleared()
    {
        Fill(0x12, rows: 210);
        _bench.Clock.StartFrame(262 * 76);
        Fill(0x34, rows: 210);
        _bench.Clock.StartFrame(262 * 76);
        Fill(0x56, rows: 50);
        Assert.Equal((0x56, 0x12), (Pixel(49), Pixel(50)));
        _bench.Clock.StartFrame(84 * 76);
        Assert.Equal(0x34, Pixel(0));
    }

    [Fact]
    public void ClocksThatBeganInTheFrameBefore_GoOn()
    {
        // VSYNC was set 50 cycles before the frame began: the line is over 26 cycles into it.
        _bench.Write(WriteRegister.VSYNC, 2, 20_000);
        _bench.Clock.StartFrame(20_050);
        _bench.Write(WriteRegister.VSYNC, 0, 25);
        Assert.Equal(0, _bench.State.Frame.Ended);
        _bench.Write(WriteRegister.VSYNC, 0, 26);
        Assert.NotEqual(0, _bench.State.Frame.Ended);
    }

    [Fact]
    public void AnHmoveInTheFrameBefore_IsRemembered()
    {
        // ALE: a RESM1 at clock 18 of the line, nine clocks after an HMOVE, puts the missile at 3 instead of 2.
        _bench.Write(WriteRegister.HMOVE, 0, (262 * 76) + 3);
        _bench.Clock.StartFrame((262 * 76) + 4);
        _bench.Write(WriteRegister.RESM1, 0, 2);
        Assert.Equal(3, _bench.PositionOf(TiaObject.Missile1));
    }

    [Fact]
    public void TheTimerContinuesAcrossFrames()
    {
        // A value of 200, 1,024 cycles each, is set at cycle 6; every frame reads it 225 cycles before its end.
        var assembler = new Assembler().Lda(200).Bytes(0x8D, 0x97, 0x02);
        var loop = assembler.Here;
        assembler.VerticalSync().WaitLines(259).LdaAt(0x0284).Sta(0x80).Jmp(loop);
        var console = new AtariConsole(assembler.Image, NtscValues);
        console.Step(StickInput.None);
        var end = console.Cycles;
        for (var frame = 0; frame < 8; frame++)
        {
            console.Step(StickInput.None);
            end += console.Cycles;
            Assert.Equal(199 - ((end - 225 - 7) / 1_024), console.Ram[0]);
        }
    }

    [Theory]
    [InlineData(TelevisionFormat.Pal, 313, 0x2F)]
    [InlineData(TelevisionFormat.Pal, 312, 0x2E)]
    [InlineData(TelevisionFormat.Ntsc, 263, 0x2E)]
    public void AfterAnOddFrame_ColoursOfPalAreGrey_AlsoThoseThatAreWrittenNow(
        TelevisionFormat format, uint lines, int colour)
    {
        _bench.Clock.Reset(format);
        _bench.State.Tia.COLUBK = 0x2E;
        _bench.State.Frame.LastFrameLines = lines;
        _bench.Clock.StartFrame(0);
        Assert.Equal("0-159", _bench.Lit(0, colour));

        _bench.Write(WriteRegister.COLUBK, 0x40, ChipBench.At(1, 0));
        _bench.Write(WriteRegister.COLUBK, 0x2E, ChipBench.At(2, 0));
        Assert.Equal("0-159", _bench.Lit(2, colour));
    }

    [Fact]
    public void FramesHaveTheLinesThatTheProgramMakes()
    {
        var console = new AtariConsole(Programs.Frames(0x1E, 262, 200), NtscValues);
        console.Step(StickInput.None);
        Assert.Equal(3, console.ScanLines);
        console.Step(StickInput.None);
        Assert.Equal(262, console.ScanLines);
        console.Step(StickInput.None);
        Assert.Equal(200, console.ScanLines);
        console.Step(StickInput.None);
        Assert.Equal((262, 262 * 76), (console.ScanLines, console.Cycles));
    }

    [Fact]
    public void WithoutVsync_TheWatchdogEndsTheFrame()
    {
        // The write on line 291 ends it, and still waits for the end of its line.
        var assembler = new Assembler();
        var loop = assembler.Here;
        var console = new AtariConsole(assembler.Wait().Jmp(loop).Image, NtscValues);
        for (var frame = 0; frame < 3; frame++)
        {
            console.Step(StickInput.None);
            Assert.Equal((292, false), (console.ScanLines, console.IsFramePartial));
        }
    }

    [Fact]
    public void AfterTooManyInstructions_AFrameIsPartial_AndContinuesInTheNextStep()
    {
        // A JMP takes three cycles.
        var console = new AtariConsole(Programs.Idle, NtscValues);
        console.Step(StickInput.None);
        Assert.Equal((75_000, 986, true), (console.Cycles, console.ScanLines, console.IsFramePartial));
        console.Step(StickInput.None);
        Assert.Equal((150_000, true), (console.Cycles, console.IsFramePartial));
    }

    [Fact]
    public void APartialFrame_LosesTheColourOfWhatItDidNotReach_Once()
    {
        // Three whole frames; the processor then stops at the end of line 134, row 100.
        var assembler = new Assembler().Set(WriteRegister.COLUBK, 0x5C);
        for (var frame = 0; frame < 3; frame++)
        {
            assembler.VerticalSync().WaitLines(259);
        }

        assembler.VerticalSync().Set(WriteRegister.COLUBK, 0x78).WaitLines(134).Bytes(0x02);
        var console = new AtariConsole(assembler.Image, NtscValues);
        for (var frame = 0; frame < 4; frame++)
        {
            console.Step(StickInput.None);
            Assert.False(console.IsFramePartial);
        }

        for (var again = 0; again < 2; again++)
        {
            console.Step(StickInput.None);
            Assert.True(console.IsHalted);
            Assert.True(console.IsFramePartial);
            Assert.Equal(134, console.ScanLines);

            // The picture goes to the last write, at the start of row 99; the rest of that row is two frames old.
            Assert.Equal(
                (0x78, 0x5C, 0x0C >> 1),
                (console.Screen[98 * 160], console.Screen[99 * 160], console.Screen[100 * 160]));
            Assert.Equal(0x0C >> 1, console.Screen[(210 * 160) - 1]);
        }
    }

    [Fact]
    public void TheWindow_IsWhatTheOptionsSay()
    {
        var console = new AtariConsole(
            Programs.Frames(0x1E, 262), NtscValues with { FirstLine = 20, Height = 220 });
        Assert.Equal((220, 220 * 160), (console.Height, console.Screen.Length));
        console.Step(StickInput.None);
        console.Step(StickInput.None);
        Assert.All(console.Screen.ToArray(), pixel => Assert.Equal(0x1E, pixel));
    }

    private void Fill(int colour, int rows)
    {
        _bench.Write(WriteRegister.COLUBK, colour, 0);
        _bench.Row(rows - 1);
    }

    private unsafe int Pixel(int row) => _bench.Clock.CurrentPicture[row * 160];
}
