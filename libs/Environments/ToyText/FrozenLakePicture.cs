using System.Numerics;
using DqnAspire.Environments.Rendering;

namespace DqnAspire.Environments.ToyText;

/// <summary>
/// The lake from above: plates of ice, holes of dark water, a present at the goal, and the walker in a red coat.
/// </summary>
/// <param name="lake">What is shown.</param>
internal sealed class FrozenLakePicture(FrozenLake lake) : IDisplay
{
    private const int MaxCell = 64;
    private const int MaxSide = 512;

    private static readonly Rgb Gap = new(180, 200, 230);
    private static readonly Rgb Ice = new(221, 234, 248);
    private static readonly Rgb Gloss = new(245, 250, 255);
    private static readonly Rgb Rim = new(150, 178, 214);
    private static readonly Rgb Water = new(33, 66, 120);
    private static readonly Rgb Mat = new(196, 164, 120);
    private static readonly Rgb Paper = new(200, 40, 50);
    private static readonly Rgb Ribbon = new(250, 215, 80);
    private static readonly Rgb Coat = new(204, 44, 44);
    private static readonly Rgb Skin = new(244, 205, 168);
    private static readonly Rgb Boots = new(60, 44, 36);

    private readonly float _cell = Math.Clamp(
        MaxSide / Math.Max(lake.Map.RowCount, lake.Map.ColumnCount), 1, MaxCell);

    /// <inheritdoc/>
    public int ScreenHeight => lake.Map.RowCount * (int)_cell;

    /// <inheritdoc/>
    public int ScreenWidth => lake.Map.ColumnCount * (int)_cell;

    /// <inheritdoc/>
    public double FramesPerSecond => 4;

    /// <inheritdoc/>
    public void ReadRgb(Span<byte> screen)
    {
        var canvas = new Canvas(screen, ScreenWidth, ScreenHeight, Gap);
        for (var state = 0; state < lake.Map.RowCount * lake.Map.ColumnCount; state++)
        {
            DrawCell(canvas, Corner(state), lake.Map[state]);
        }

        DrawWalker(canvas, Corner(lake.State), isInWater: lake.Map[lake.State] == 'H');
    }

    private Vector2 Corner(int state) =>
        _cell * new Vector2(state % lake.Map.ColumnCount, state / lake.Map.ColumnCount);

    private void DrawCell(in Canvas canvas, Vector2 corner, char kind)
    {
        FillBox(canvas, corner, 0.02f, 0.02f, 0.98f, 0.98f, Ice);
        canvas.Line(At(corner, 0.12f, 0.3f), At(corner, 0.3f, 0.12f), 0.03f * _cell, Gloss);
        canvas.Line(At(corner, 0.7f, 0.88f), At(corner, 0.88f, 0.7f), 0.03f * _cell, Gloss);
        switch (kind)
        {
            case 'H':
                canvas.FillEllipse(At(corner, 0.5f, 0.5f), 0.4f * _cell, 0.36f * _cell, Rim);
                canvas.FillEllipse(At(corner, 0.5f, 0.52f), 0.35f * _cell, 0.31f * _cell, Water);
                break;
            case 'S':
                FillBox(canvas, corner, 0.2f, 0.2f, 0.8f, 0.8f, Mat);
                break;
            case 'G':
                FillBox(canvas, corner, 0.25f, 0.38f, 0.75f, 0.8f, Paper);
                FillBox(canvas, corner, 0.45f, 0.38f, 0.55f, 0.8f, Ribbon);
                FillBox(canvas, corner, 0.2f, 0.3f, 0.8f, 0.42f, Ribbon);
                canvas.FillEllipse(At(corner, 0.42f, 0.24f), 0.09f * _cell, 0.07f * _cell, Ribbon);
                canvas.FillEllipse(At(corner, 0.58f, 0.24f), 0.09f * _cell, 0.07f * _cell, Ribbon);
                break;
            default:
                break;
        }
    }

    private void DrawWalker(in Canvas canvas, Vector2 corner, bool isInWater)
    {
        if (!isInWater)
        {
            FillBox(canvas, corner, 0.37f, 0.74f, 0.47f, 0.86f, Boots);
            FillBox(canvas, corner, 0.53f, 0.74f, 0.63f, 0.86f, Boots);
            canvas.FillPolygon(
                [At(corner, 0.5f, 0.34f), At(corner, 0.7f, 0.78f), At(corner, 0.3f, 0.78f)], Coat);
        }

        canvas.FillCircle(At(corner, 0.5f, 0.38f), 0.13f * _cell, Skin);
        canvas.FillPolygon([At(corner, 0.36f, 0.34f), At(corner, 0.5f, 0.08f), At(corner, 0.64f, 0.34f)], Coat);
        canvas.FillCircle(At(corner, 0.5f, 0.1f), 0.04f * _cell, Gloss);
    }

    private void FillBox(in Canvas canvas, Vector2 corner, float left, float top, float right, float bottom, Rgb color)
    {
        var (from, to) = (At(corner, left, top), At(corner, right, bottom));
        canvas.FillRectangle(from.X, from.Y, to.X, to.Y, color);
    }

    private Vector2 At(Vector2 corner, float x, float y) => corner + (_cell * new Vector2(x, y));
}
