namespace DqnAspire.Environments.Box2D.Physics.Geometry;

/// <summary>A turn about the origin.</summary>
/// <param name="Sin">Sine of the angle.</param>
/// <param name="Cos">Cosine of the angle.</param>
internal readonly record struct Rotation(float Sin, float Cos)
{
    /// <summary>The turn by an angle, with the C library's single-precision sine and cosine.</summary>
    /// <param name="radians">Counterclockwise.</param>
    public static Rotation By(float radians) => new(MathF.Sin(radians), MathF.Cos(radians));

    /// <summary>Turns a vector.</summary>
    public Vec2 Apply(Vec2 v) => new((Cos * v.X) - (Sin * v.Y), (Sin * v.X) + (Cos * v.Y));

    /// <summary>Turns a vector back.</summary>
    public Vec2 Undo(Vec2 v) => new((Cos * v.X) + (Sin * v.Y), (-Sin * v.X) + (Cos * v.Y));

    /// <summary><paramref name="other"/> as seen from here.</summary>
    public Rotation Relative(Rotation other) =>
        new((Cos * other.Sin) - (Sin * other.Cos), (Cos * other.Cos) + (Sin * other.Sin));
}
