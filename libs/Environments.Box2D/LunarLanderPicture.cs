using System.Numerics;
using DqnAspire.Environments.Box2D.Physics.Dynamics;
using DqnAspire.Environments.Box2D.Physics.Shapes;
using DqnAspire.Environments.Rendering;

namespace DqnAspire.Environments.Box2D;

/// <summary>
/// LunarLander as Gymnasium's window shows it: black sky, white moon, violet lander, two yellow flags, red exhaust.
/// </summary>
/// <param name="lander">What is shown.</param>
internal sealed class LunarLanderPicture(LunarLander lander) : IDisplay
{
    private const float FlagPole = 50;
    private const float FlagHeight = 10;
    private const float FlagLength = 25;
    private const float PuffRadius = 2;

    private static readonly Rgb Moon = new(255, 255, 255);
    private static readonly Rgb Sky = new(0, 0, 0);
    private static readonly Rgb Hull = new(128, 102, 230);
    private static readonly Rgb HullEdge = new(77, 77, 128);
    private static readonly Rgb Pole = new(255, 255, 255);
    private static readonly Rgb Flag = new(204, 204, 0);

    /// <inheritdoc/>
    public int ScreenHeight => LunarScale.HeightInPixels;

    /// <inheritdoc/>
    public int ScreenWidth => LunarScale.WidthInPixels;

    /// <inheritdoc/>
    public double FramesPerSecond => 50;

    /// <inheritdoc/>
    public void ReadRgb(Span<byte> screen)
    {
        var canvas = new Canvas(screen, ScreenWidth, ScreenHeight, Moon);
        DrawSky(canvas);
        foreach (var (x, y, life) in lander.Exhaust.Puffs(lander.Gravity))
        {
            var height = Math.Max(y, lander.Terrain.HeightAt(x));
            canvas.FillCircle(
                Pixel(x, height), PuffRadius, new Rgb(Level(0.15 + life), Level(0.5 * life), Level(0.5 * life)));
        }

        DrawBody(canvas, lander.Craft.Lander, LunarCraft.HullShape);
        foreach (var leg in lander.Craft.Legs)
        {
            DrawBody(canvas, leg, LunarCraft.LegShape);
        }

        DrawFlag(canvas, LunarTerrain.PadLeft);
        DrawFlag(canvas, LunarTerrain.PadRight);
    }

    private static Vector2 Pixel(double x, double y) => new(
        (float)(x * LunarScale.PixelsPerMetre), LunarScale.HeightInPixels - (float)(y * LunarScale.PixelsPerMetre));

    /// <summary>Never darker than a fifth, so that smoke shows against the sky.</summary>
    private static byte Level(double brightness) => (byte)(Math.Clamp(brightness, 0.2, 1) * 255);

    private static void DrawBody(in Canvas canvas, Body body, Shape shape)
    {
        Span<Vector2> corners = stackalloc Vector2[shape.Vertices.Length];
        for (var i = 0; i < corners.Length; i++)
        {
            var point = body.Place.Apply(shape.Vertices[i]);
            corners[i] = Pixel(point.X, point.Y);
        }

        canvas.FillPolygon(corners, Hull);
        canvas.Outline(corners, 1, HullEdge);
    }

    private static void DrawFlag(in Canvas canvas, double x)
    {
        var foot = Pixel(x, LunarScale.PadHeight);
        var top = foot - new Vector2(0, FlagPole);
        canvas.Line(foot, top, 1, Pole);
        canvas.FillPolygon(
            [top, top + new Vector2(0, FlagHeight), top + new Vector2(FlagLength, FlagHeight / 2)], Flag);
    }

    private void DrawSky(in Canvas canvas)
    {
        Span<Vector2> sky = stackalloc Vector2[LunarTerrain.Points + 2];
        for (var i = 0; i < LunarTerrain.Points; i++)
        {
            sky[i] = Pixel(i * LunarTerrain.Spacing, lander.Terrain.Heights[i]);
        }

        sky[^2] = new Vector2(ScreenWidth, 0);
        sky[^1] = default;
        canvas.FillPolygon(sky, Sky);
    }
}
