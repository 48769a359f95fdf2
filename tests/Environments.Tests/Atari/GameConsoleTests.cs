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
        Assert.Equal(1_000_000, Of("backgammon").PaddleMaximum);
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

    private static ConsoleOptions Of(string id) => GameConsole.OptionsFor(GameCatalog.Default.Get(id));

    private static GameRule Changed(string field, JsonNode value) =>
        RuleFile.Load(RuleFile.With(game => game["display"]![field] = value)).Games[0];
}
