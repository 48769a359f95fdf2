using DqnAspire.Atari2600.Controllers;
using DqnAspire.Atari2600.Television;
using DqnAspire.Atari2600.Tests.Machines;

namespace DqnAspire.Atari2600.Tests.Television;

public sealed class FormatDetectionTests
{
    [Theory]
    [InlineData(new[] { 262 }, TelevisionFormat.Ntsc)]
    [InlineData(new[] { 285 }, TelevisionFormat.Ntsc)]
    [InlineData(new[] { 286 }, TelevisionFormat.Pal)]
    [InlineData(new[] { 312 }, TelevisionFormat.Pal)]
    [InlineData(new[] { 288, 262 }, TelevisionFormat.Pal)] // 15 of 30 frames
    [InlineData(new[] { 288, 262, 262 }, TelevisionFormat.Ntsc)]
    [InlineData(new[] { 312, 262 }, TelevisionFormat.Ntsc)] // the search is in NTSC: 312 lines are cut into 291 and 21
    public void FramesOfManyLines_ArePal(int[] lines, TelevisionFormat format) =>
        Assert.Equal(format, new AtariConsole(Programs.Frames(0, lines)).Format);

    [Fact]
    public void Pal_Has250Lines_UnlessTheHeightIsGiven()
    {
        var console = new AtariConsole(Programs.Frames(0x2E, 312));
        Assert.Equal((250, 250 * 160), (console.Height, console.Screen.Length));
        Assert.Same(Palette.Pal, console.Palette);
        for (var frame = 0; frame < 3; frame++)
        {
            console.Step(StickInput.None);
        }

        Assert.Equal(312, console.ScanLines);
        Assert.All(console.Screen.ToArray(), pixel => Assert.Equal(0x2E, pixel));

        Assert.Equal(230, new AtariConsole(Programs.Frames(0, 312), new ConsoleOptions { Height = 230 }).Height);
        Assert.Equal(200, new AtariConsole(Programs.Frames(0, 262), new ConsoleOptions { Height = 190 }).Height);
        Assert.Same(Palette.Ntsc, new AtariConsole(Programs.Frames(0, 262)).Palette);
    }

    [Fact]
    public void Pal_LosesItsColourAfterAFrameWithAnOddNumberOfLines()
    {
        // Frames of 313 and 312 lines in turn; the first one, before them, has 3.
        var console = new AtariConsole(
            Programs.Frames(0x2E, 313, 312), new ConsoleOptions { Format = TelevisionFormat.Pal });
        console.Step(StickInput.None);
        var lines = console.ScanLines;
        for (var frame = 0; frame < 6; frame++)
        {
            console.Step(StickInput.None);
            Assert.Equal(lines % 2 == 1 ? 0x2F : 0x2E, console.Screen[40_000 - 1]);
            lines = console.ScanLines;
            Assert.Equal(frame % 2 == 0 ? 313 : 312, lines);
        }
    }

    [Fact]
    public void Ntsc_KeepsItsColour()
    {
        var console = new AtariConsole(Programs.Frames(0x2E, 263));
        console.Step(StickInput.None);
        console.Step(StickInput.None);
        console.Step(StickInput.None);
        Assert.Equal((263, 0x2E), (console.ScanLines, console.Screen[0]));
    }
}
