using System.Runtime.InteropServices;
using DqnAspire.Environments.Box2D;
using DqnAspire.Environments.BuiltIn;
using DqnAspire.Environments.ClassicControl;
using DqnAspire.Environments.Tests.Box2D;
using DqnAspire.Environments.ToyText;

namespace DqnAspire.Environments.Tests.Rendering;

/// <summary>Pictures have the right colours in the places where things are.</summary>
public sealed class PictureTests
{
    private static readonly (int, int, int) Black = (0, 0, 0);
    private static readonly (int, int, int) White = (255, 255, 255);
    private static readonly (int, int, int) Hull = (128, 102, 230);
    private static readonly (int, int, int) Flag = (204, 204, 0);
    private static readonly (int, int, int) Wood = (202, 152, 101);

    [Fact]
    public void LunarLander_ShowsSkyMoonFlagsAndLander()
    {
        var lander = new LunarLander();
        lander.Reset(4, new byte[32]);
        for (var step = 0; step < 40; step++)
        {
            lander.Step(0, new byte[32]);
        }

        var screen = Read(lander.Display);
        Assert.Equal((400, 600), (lander.Display.ScreenHeight, lander.Display.ScreenWidth));
        Assert.Equal(Black, screen(100, 20));
        Assert.Equal(White, screen(300, 399));
        Assert.Equal(Flag, screen(240 + 5, 300 - 45));
        Assert.Equal(Flag, screen(360 + 5, 300 - 45));

        var position = lander.Craft.Lander.Place.Position;
        Assert.Equal(Hull, screen((int)(position.X * 30), 400 - (int)(position.Y * 30)));
        foreach (var leg in lander.Craft.Legs)
        {
            Assert.Equal(Hull, screen((int)(leg.Place.Position.X * 30), 400 - (int)(leg.Place.Position.Y * 30)));
        }
    }

    [Fact]
    public void LunarLander_ShowsTheGroundWhereItsBodiesStand()
    {
        var lander = new LunarLander();
        var observation = new float[8];
        lander.Reset(8, MemoryMarshal.AsBytes(observation.AsSpan()));
        while (!lander.Step(LunarHeuristic.Act(observation), MemoryMarshal.AsBytes(observation.AsSpan())).Ended)
        {
        }

        var screen = Read(lander.Display);
        foreach (var leg in lander.Craft.Legs)
        {
            var x = leg.Place.Position.X;
            Assert.Equal(White, screen((int)(x * 30), 400 - (int)(lander.Terrain.HeightAt(x) * 30) + 8));
        }
    }

    /// <summary>The main engine's exhaust flies down from the lander and is gone seven steps later.</summary>
    [Fact]
    public void LunarLander_ShowsExhaustForSevenSteps()
    {
        var lander = new LunarLander();
        var bytes = new byte[32];
        lander.Reset(4, bytes);
        Assert.Empty(lander.Exhaust.Puffs(-10));

        lander.Step(2, bytes);
        var (x, y, life) = Assert.Single(lander.Exhaust.Puffs(-10));
        Assert.Equal(0.85, life, 1e-12);
        Assert.True(y < lander.Craft.Lander.Place.Position.Y - 0.3);
        var (red, green, blue) = Read(lander.Display)((int)(x * 30), 400 - (int)(y * 30));
        Assert.True(red > 150 && green < red && blue < red, $"{red} {green} {blue}");

        for (var step = 0; step < 5; step++)
        {
            lander.Step(0, bytes);
            Assert.Single(lander.Exhaust.Puffs(-10));
        }

        lander.Step(0, bytes);
        Assert.Empty(lander.Exhaust.Puffs(-10));
    }

    [Fact]
    public void CartPole_ShowsCartPoleAndTrack()
    {
        var cart = new CartPole();
        cart.Reset(0, new byte[16]);
        cart.State = new CartPoleState(1, 0, MathF.PI / 6, 0);
        var screen = Read(cart.Display);

        Assert.Equal(Black, screen(425 - 20, 300 + 10));
        Assert.Equal(White, screen(425 - 30, 280));
        Assert.Equal((129, 132, 203), screen(425, 292));

        // The pole leans to the right by 30 degrees: half way up it is 30 to the right and 52 up from the axle.
        Assert.Equal(Wood, screen(425 + 30, 292 - 52));
        Assert.Equal(White, screen(425 - 30, 292 - 52));
    }

    [Fact]
    public void FrozenLake_ShowsHolesGoalAndWalker()
    {
        var lake = new FrozenLake(FrozenLakeMap.FourByFour, slippery: false);
        lake.Reset(0, new byte[4]);
        var screen = Read(lake.Display);
        (int, int, int) coat = (204, 44, 44), water = (33, 66, 120), present = (200, 40, 50), ice = (221, 234, 248);
        Assert.Equal((256, 256), (lake.Display.ScreenHeight, lake.Display.ScreenWidth));
        Assert.Equal(coat, screen(32, 40));
        Assert.Equal(water, screen(64 + 32, 64 + 32));
        Assert.Equal(present, screen(192 + 22, 192 + 44));
        Assert.Equal(ice, screen(64 + 32, 40));

        lake.Step(2, new byte[4]);
        Assert.Equal(coat, Read(lake.Display)(64 + 32, 40));
        Assert.NotEqual(coat, Read(lake.Display)(32, 40));
    }

    [Theory]
    [InlineData("LunarLander-v3")]
    [InlineData("CartPole-v1")]
    [InlineData("FrozenLake-v1")]
    public void TheRegisteredEnvironments_HaveADisplay(string id)
    {
        var environment = BuiltInEnvironments.Registry.Create(id);
        Assert.NotNull(environment.Display);
        Assert.Same(environment.Display, environment.Display);
    }

    /// <summary>
    /// A look changes nothing, and steps that nobody looks at draw nothing: what a picture takes is taken when it is
    /// read.
    /// </summary>
    [Fact]
    public void ALook_ChangesNothing()
    {
        LunarLander watched = new(), alone = new();
        byte[] watchedBytes = new byte[32], aloneBytes = new byte[32];
        watched.Reset(1, watchedBytes);
        alone.Reset(1, aloneBytes);
        for (var step = 0; step < 50; step++)
        {
            _ = Read(watched.Display);
            Assert.Equal(alone.Step(step % 4, aloneBytes), watched.Step(step % 4, watchedBytes));
            Assert.Equal(aloneBytes, watchedBytes);
        }
    }

    private static Func<int, int, (int Red, int Green, int Blue)> Read(IDisplay? display)
    {
        var screen = new byte[display!.ScreenHeight * display.ScreenWidth * 3];
        display.ReadRgb(screen);
        return (x, y) =>
        {
            var at = ((y * display.ScreenWidth) + x) * 3;
            return (screen[at], screen[at + 1], screen[at + 2]);
        };
    }
}
