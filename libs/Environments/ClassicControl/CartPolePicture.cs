using System.Numerics;
using DqnAspire.Environments.Rendering;

namespace DqnAspire.Environments.ClassicControl;

/// <summary>CartPole as Gymnasium's window shows it: a black cart on a line, a brown pole on a blue axle.</summary>
/// <param name="cart">What is shown.</param>
internal sealed class CartPolePicture(CartPole cart) : IDisplay
{
    private const float PixelsPerMetre = 600 / 4.8f;
    private const float PoleLength = PixelsPerMetre;
    private const float PoleHalfWidth = 5;
    private const float CartHalfWidth = 25;
    private const float CartHalfHeight = 15;
    private const float TrackHeight = 100;
    private const float AxleHeight = 7.5f;

    private static readonly Rgb Background = new(255, 255, 255);
    private static readonly Rgb Black = new(0, 0, 0);
    private static readonly Rgb Wood = new(202, 152, 101);
    private static readonly Rgb Axle = new(129, 132, 203);

    /// <inheritdoc/>
    public int ScreenHeight => 400;

    /// <inheritdoc/>
    public int ScreenWidth => 600;

    /// <inheritdoc/>
    public double FramesPerSecond => 50;

    /// <inheritdoc/>
    public void ReadRgb(Span<byte> screen)
    {
        var canvas = new Canvas(screen, ScreenWidth, ScreenHeight, Background);
        var middle = new Vector2(
            (ScreenWidth / 2f) + ((float)cart.State.Position * PixelsPerMetre), ScreenHeight - TrackHeight);
        canvas.Line(new Vector2(0, middle.Y), new Vector2(ScreenWidth, middle.Y), 1, Black);
        canvas.FillRectangle(
            middle.X - CartHalfWidth,
            middle.Y - CartHalfHeight,
            middle.X + CartHalfWidth,
            middle.Y + CartHalfHeight,
            Black);

        var axle = middle - new Vector2(0, AxleHeight);
        var (sin, cos) = MathF.SinCos((float)cart.State.Angle);
        var up = new Vector2(sin, -cos);
        canvas.Line(axle - (PoleHalfWidth * up), axle + ((PoleLength - PoleHalfWidth) * up), 2 * PoleHalfWidth, Wood);
        canvas.FillCircle(axle, PoleHalfWidth, Axle);
    }
}
