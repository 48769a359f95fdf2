using System.Text.Json.Nodes;
using DqnAspire.Atari2600;
using DqnAspire.Atari2600.Controllers;
using DqnAspire.Environments.Atari;
using DqnAspire.Environments.Atari.Rules;
using DqnAspire.Environments.Tests.Atari.Rules;

namespace DqnAspire.Environments.Tests.Atari;

public sealed class GameConsoleTests
{
    [Fact]
    public void WithoutRule_TheDefaultsAreTaken() => Assert.Equal(new ConsoleOptions(), GameConsole.OptionsFor(null));

    /// <summary>Games that differ from the defaults, one property each.</summary>
    [Fact]
    public void OptionsFor_TakesTheGamesProperties()
    {
        var defaults = new ConsoleOptions();
        var paddles = defaults with { LeftController = ControllerType.Paddles };

        Assert.Equal(paddles, Of("breakout"));
        Assert.Equal(
            paddles with { SwapPaddles = true }, Of("pong") with { RightController = ControllerType.Joystick });
        Assert.Equal(1_000_000, Of("backgammon").MaxPaddleResistance);
        Assert.True(Of("surround").SwapPorts);
    }

    [Theory]
    [InlineData("NTSC", DqnAspire.Atari2600.Television.TelevisionFormat.Ntsc)]
    [InlineData("PAL", DqnAspire.Atari2600.Television.TelevisionFormat.Pal)]
    [InlineData("AUTO-DETECT", null)]
    public void AFormat_IsTakenOver(string format, DqnAspire.Atari2600.Television.TelevisionFormat? expected) =>
        Assert.Equal(expected, GameConsole.OptionsFor(Changed("format", format)).Format);

    [Fact]
    public void ThePicture_IsTakenOver()
    {
        Assert.Equal(40, GameConsole.OptionsFor(Changed("ystart", 40)).FirstLine);
        Assert.Equal(222, GameConsole.OptionsFor(Changed("height", 222)).Height);
        Assert.False(GameConsole.OptionsFor(Changed("hmoveBlanks", false)).HmoveBlanks);
    }

    /// <summary>Facts of ALE's table: dumps of a game that differ from the one its rule was made for.</summary>
    [Theory]
    [InlineData("carnival", "028024fb8e5e5f18ea586652f9799c96", 26, 214, true)]
    [InlineData("tic_tac_toe_3d", "0db4f4150fecf77e4ce72ca4d04c052f", 34, 210, true)]
    [InlineData("freeway", "914a8feaf6d0a1bbed9eb61d33817679", 34, 210, true)]
    public void AnotherDump_HasItsOwnPicture(string id, string checksum, int firstLine, int height, bool blanks)
    {
        var options = GameConsole.OptionsFor(GameCatalog.Default.Get(id), checksum);

        Assert.Equal((firstLine, height, blanks), (options.FirstLine, options.Height, options.HmoveBlanks));
    }

    /// <summary>ALE knows nothing of such an image; what the game is played with is still the game's.</summary>
    [Theory]
    [InlineData("carnival")]
    [InlineData("road_runner")]
    [InlineData("pooyan")]
    [InlineData("battle_zone")]
    [InlineData("breakout")]
    public void AnUnknownDump_HasTheDefaultPicture_AndTheGamesControllers(string id)
    {
        var rule = GameCatalog.Default.Get(id);
        var options = GameConsole.OptionsFor(rule, "00000000000000000000000000000000");

        Assert.Equal((34, 210, true), (options.FirstLine, options.Height, options.HmoveBlanks));
        Assert.Null(options.Format);
        Assert.Equal(Of(id).LeftController, options.LeftController);
    }

    /// <summary>
    /// The rules say the same of their own dumps as the table, or the defaults where it says nothing.
    /// </summary>
    [Fact]
    public void TheRules_AgreeWithTheTable()
    {
        Assert.InRange(DumpTable.Count, 390, 400);
        foreach (var rule in GameCatalog.Default.Games.Where(rule => !BundledCartridges.TryGet(rule.Id, out _)))
        {
            Assert.All(rule.Checksums, checksum => Assert.Equal(
                GameConsole.OptionsFor(rule), GameConsole.OptionsFor(rule, checksum)));
        }
    }

    /// <summary>PAL60 has the colours of PAL and the lines of NTSC.</summary>
    [Fact]
    public void Pal60_DoesNotGrow()
    {
        var options = GameConsole.OptionsFor(null, "c02e1afa0671e438fd526055c556d231");
        var console = new AtariConsole(FrameCounter.Image, options);

        Assert.Equal((DqnAspire.Atari2600.Television.TelevisionFormat.Pal, 210), (console.Format, console.Height));
        Assert.Equal(210, console.Clone().Height);
    }

    private static ConsoleOptions Of(string id) => GameConsole.OptionsFor(GameCatalog.Default.Get(id));

    private static GameRule Changed(string field, JsonNode value) =>
        RuleFile.Load(RuleFile.With(game => game["display"]![field] = value)).Games[0];
}
