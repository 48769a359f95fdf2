using DqnAspire.Atari2600.Controllers;
using DqnAspire.Core.Randomness;
using Switches = DqnAspire.Atari2600.Controllers.ConsoleSwitches;

namespace DqnAspire.Environments.Tests.Atari.Cartridges;

public sealed class FrameTests
{
    private const int Frames = 20_000;
    private const int Lines = 262;

    /// <summary>Row of the screen with the first line of the ceiling.</summary>
    private const int CeilingRow = 35;

    private const int StartedAddress = 0x03;
    private const int OverAddress = 0x04;

    /// <summary>
    /// Whatever is pressed: before the first game, in play, at serves, at the end, at RESET, and with games of moments.
    /// </summary>
    [Theory]
    [InlineData("bricks")]
    [InlineData("volley")]
    public void EveryFrame_Has262Lines_AndThePictureStands(string id)
    {
        var random = new Pcg64(262);
        var console = Play.SwitchOn(id).Console;
        console.SystemReset();
        console.Step(StickInput.None);
        var (idle, over, resets) = (0, 0, 0);
        for (var frame = 0; frame < Frames; frame++)
        {
            // A reset about once in 4,000 frames; a hundred frames in which every second presses it.
            var reset = frame > 200 && (random.Integers(0, 4_000) == 0 || (frame % 10_000 > 9_900 && frame % 2 == 0));
            var input = (StickInput)random.Integers(0, 32);
            console.Step(input, StickInput.None, reset ? Switches.Reset : Switches.None);

            Assert.Equal(Lines, console.ScanLines);
            Assert.Equal(0, console.Screen[(CeilingRow - 1) * DqnAspire.Atari2600.AtariConsole.Width]);
            Assert.NotEqual(0, console.Screen[CeilingRow * DqnAspire.Atari2600.AtariConsole.Width]);
            idle += console.Ram[StartedAddress] == 0 ? 1 : 0;
            over += console.Ram[OverAddress];
            resets += reset ? 1 : 0;
        }

        Assert.True(
            idle > 200 && over > 200 && resets > 100, $"{idle} frames before a game, {over} after, {resets} resets");
    }

    /// <summary>At any angle of the paddle, and at any place of the ball: nothing moves that was not moved.</summary>
    [Fact]
    public void APaddleAtRest_IsReadTheSameInEveryFrame()
    {
        var game = Play.Start("bricks");
        var memory = new BricksMemory(game);
        game.Act((int)AtariAction.Left, 40);
        Assert.Equal(8, memory.PaddleX);
        for (var place = 0; place < 40; place++)
        {
            game.Act((int)AtariAction.Right, 1);
            game.Act((int)AtariAction.Noop, 2);
            var column = memory.PaddleX;
            for (var frame = 0; frame < 20; frame++)
            {
                game.Act((int)AtariAction.Noop, 1);
                Assert.Equal(column, memory.PaddleX);
            }
        }

        Assert.Equal(136, memory.PaddleX);
    }
}
