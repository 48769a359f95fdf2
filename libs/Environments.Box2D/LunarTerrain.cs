using DqnAspire.Core.Randomness;
using DqnAspire.Environments.Box2D.Physics.Geometry;

namespace DqnAspire.Environments.Box2D;

/// <summary>
/// The moon's surface: eleven points at even distances, the five in the middle part of it level for the landing pad.
/// </summary>
internal sealed class LunarTerrain
{
    /// <summary>Number of points.</summary>
    public const int Points = 11;

    /// <summary>Metres between two points.</summary>
    public const double Spacing = LunarScale.Width / (Points - 1);

    private const int Draws = Points + 1;
    private const int FirstLevelDraw = (Points / 2) - 2;
    private const int LastLevelDraw = (Points / 2) + 2;

    private readonly double[] _draws = new double[Draws];
    private readonly double[] _heights = new double[Points];

    /// <summary>Horizontal place of the landing pad's left end, in metres.</summary>
    public static double PadLeft => Spacing * ((Points / 2) - 1);

    /// <summary>Horizontal place of the landing pad's right end, in metres.</summary>
    public static double PadRight => Spacing * ((Points / 2) + 1);

    /// <summary>Height of each point, in metres.</summary>
    public Span<double> Heights => _heights;

    /// <summary>A point, as the physics have it.</summary>
    public Vec2 this[int index] => new((float)(Spacing * index), (float)_heights[index]);

    /// <summary>Draws a surface.</summary>
    public void Draw(Pcg64 random)
    {
        foreach (ref var draw in _draws.AsSpan())
        {
            draw = random.Uniform(0, LunarScale.Height / 2);
        }

        _draws.AsSpan(FirstLevelDraw..(LastLevelDraw + 1)).Fill(LunarScale.PadHeight);
        for (var i = 0; i < Points; i++)
        {
            // The first point's left neighbour is the last draw, which no other point uses but the last.
            var left = _draws[i == 0 ? Draws - 1 : i - 1];
            _heights[i] = 0.33 * (left + _draws[i] + _draws[i + 1]);
        }
    }

    /// <summary>Height of the surface at a place, in metres.</summary>
    /// <param name="x">Horizontal place in metres; beyond the ends the surface stays level.</param>
    public double HeightAt(double x)
    {
        var place = Math.Clamp(x / Spacing, 0, Points - 1);
        var index = Math.Min((int)place, Points - 2);
        return _heights[index] + ((place - index) * (_heights[index + 1] - _heights[index]));
    }
}
