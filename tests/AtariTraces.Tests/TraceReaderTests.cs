using System.IO.Compression;
using System.Text;
using DqnAspire.AtariTraces.Format;
using DqnAspire.AtariTraces.Recording;

namespace DqnAspire.AtariTraces.Tests;

public sealed class TraceReaderTests
{
    [Fact]
    public void Read_GivesEveryField()
    {
        var (header, rows) = Read(TraceText.Good);

        Assert.Equal(
            ("a.bin", "00112233445566778899aabbccddeeff", "lcg", 7u, 2, 1, 3),
            (header.Rom, header.Md5, header.Script, header.Seed, header.Hold, header.Frames, header.ExtraResets));
        Assert.Equal(
            ("PADDLES", "JOYSTICK", true, "PAL", 30, 250, "AUTO-DETECT ==> F8", 250, 18),
            (header.Left, header.Right, header.SwapPaddles, header.Format, header.FirstLine, header.Height,
                header.Bankswitch, header.ScreenHeight, header.LegalActions));
        Assert.Equal([new TraceSetting("cp", "YES")], header.Settings);
        var state = Assert.Single(header.States);
        Assert.Equal((TraceState.AfterLoad, 0x0123456789ABCDEFul, 128), (state.Name, state.Screen, state.Ram.Length));
        var row = Assert.Single(rows);
        Assert.Equal(
            (0, 16, -1, true, 3, 312, 23712, 0xFEDCBA9876543210ul, 128),
            (row.Frame, row.Action, row.Reward, row.Terminal, row.Lives, row.ScanLines, row.Cycles, row.Screen,
                row.Ram.Length));
    }

    [Fact]
    public void Read_UnpacksGzip()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(TraceText.Good));
        }

        packed.Position = 0;
        Assert.Equal("a.bin", TraceReader.Read(packed, "a").Header.Rom);
    }

    /// <summary>
    /// The height of a PAL picture is left to the console, which makes 250 of 210 itself when it has found out the
    /// format.
    /// </summary>
    [Theory]
    [InlineData("PAL", "lc=PADDLES rc=JOYSTICK cp=YES ystart=30")]
    [InlineData("NTSC", "lc=PADDLES rc=JOYSTICK cp=YES ystart=30 height=250")]
    public void TheHeader_GivesTheSetupOfTheGame(string format, string cartridge)
    {
        var setup = TraceSetup.Of(Read(TraceText.Good.Replace("format=PAL", $"format={format}")).Header);

        Assert.Equal((7u, 3), (setup.Seed, setup.ExtraResets));
        Assert.Equal(cartridge, string.Join(' ', setup.Cartridge));
        Assert.Equal([new TraceSetting("cp", "YES")], setup.Settings);
    }

    [Theory]
    [InlineData("# ale-trace v1", "# ale-trace v2", "a.csv, line 1: the first line of a trace is '# ale-trace v1'.")]
    [InlineData(" md5=", " md4=", "a.csv, line 9: the header has no 'md5='.")]
    [InlineData("seed=7", "seed=-7", "a.csv, line 9: seed=-7 is not a number.")]
    [InlineData(
        "frame_skip=1", "frame_skip=4",
        "a.csv, line 9: only traces with every frame recorded and no sticky actions can be repeated.")]
    [InlineData("ram=00", "ram=0", "a.csv, line 7: the memory is 256 hexadecimal digits.")]
    [InlineData("screen=160x", "screen=80x", "a.csv, line 9: a picture is 160xLINES, not 80x250.")]
    [InlineData(
        "frame,action,",
        "frame,",
        "a.csv, line 9: the frames of a trace begin with "
            + "'frame,action,reward,terminal,lives,scanlines,cycles,screen_fnv1a64,ram_hex'.")]
    [InlineData("0,16,-1,", "0,16,", "a.csv, line 10: a frame has 9 values, not 8.")]
    [InlineData("0,16,-1,", "0,18,-1,", "a.csv, line 10: there is no action 18.")]
    [InlineData("0,16,-1,", "0,16,x,", "a.csv, line 10: 'x' is not a number.")]
    [InlineData("fedcba", "xyz", "a.csv, line 10: 'xyz9876543210' is not a hash.")]
    public void AnythingElse_IsAnErrorWithItsLine(string good, string bad, string message)
    {
        Assert.Contains(good, TraceText.Good);

        var error = Assert.Throws<TraceFormatException>(() => Read(TraceText.Good.Replace(good, bad)));

        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void ADamagedArchive_IsAnError() =>
        Assert.Throws<TraceFormatException>(
            () => TraceReader.Read(new MemoryStream([0x1F, 0x8B, 0, 0, 0, 0, 0, 0, 0, 0, 0]), "a.csv.gz"));

    private static Trace Read(string text) => TraceReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "a.csv");
}
