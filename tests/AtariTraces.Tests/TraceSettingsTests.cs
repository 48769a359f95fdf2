using DqnAspire.Atari2600;
using DqnAspire.Atari2600.Controllers;
using DqnAspire.Atari2600.Television;
using DqnAspire.AtariTraces.Format;

namespace DqnAspire.AtariTraces.Tests;

public sealed class TraceSettingsTests
{
    public static TheoryData<string, ConsoleOptions> Known => new()
    {
        { "lc=PADDLES", new ConsoleOptions { LeftController = ControllerType.Paddles } },
        { "rc=paddles", new ConsoleOptions { RightController = ControllerType.Paddles } },
        {
            "bc=PADDLES",
            new ConsoleOptions { LeftController = ControllerType.Paddles, RightController = ControllerType.Paddles }
        },
        { "lc=NONE", new ConsoleOptions() },
        { "cp=YES", new ConsoleOptions { SwapPaddles = true } },
        { "sp=YES", new ConsoleOptions { SwapPorts = true } },
        { "format=PAL", new ConsoleOptions { Format = TelevisionFormat.Pal } },
        { "format=AUTO-DETECT", new ConsoleOptions() },
        { "ystart=0", new ConsoleOptions { FirstLine = 0 } },
        { "height=256", new ConsoleOptions { Height = 256 } },
        { "hmove=NO", new ConsoleOptions { HmoveBlanks = false } },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void Setting_SetsItsProperty(string setting, ConsoleOptions expected) =>
        Assert.Equal(expected, TraceSettings.Apply(new ConsoleOptions(), [TraceSetting.Parse(setting)]));

    [Fact]
    public void TheLastOfEqualKeys_Counts() => Assert.Equal(
        40, TraceSettings.Apply(
            new ConsoleOptions(), [TraceSetting.Parse("ystart=30"), TraceSetting.Parse("ystart=40")]).FirstLine);

    [Theory]
    [InlineData("xx=1", "There is no property 'xx'. Properties: lc, rc, bc, cp, sp, format, ystart, height, hmove.")]
    [InlineData("lc=TABLET", "lc=TABLET is not possible: lc takes one of JOYSTICK, PADDLES, NONE.")]
    [InlineData("sp=1", "sp=1 is not possible: sp takes one of YES, NO.")]
    [InlineData("ystart=65", "ystart=65 is not possible: ystart takes a number from 0 to 64.")]
    [InlineData("height=0", "height=0 is not possible: height takes a number from 1 to 256.")]
    [InlineData("lc", "'lc' is not of the form KEY=VALUE.")]
    [InlineData("=PADDLES", "'=PADDLES' is not of the form KEY=VALUE.")]
    public void AnythingElse_IsAnError(string setting, string message) => Assert.Equal(
        message,
        Assert.Throws<TraceFormatException>(
            () => TraceSettings.Apply(new ConsoleOptions(), [TraceSetting.Parse(setting)])).Message);
}
