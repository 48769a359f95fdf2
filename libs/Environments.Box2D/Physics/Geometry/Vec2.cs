namespace DqnAspire.Environments.Box2D.Physics.Geometry;

/// <summary>
/// A vector of the plane in single precision. Every operation rounds where it is written, none is fused.
/// </summary>
/// <param name="X">To the right, in metres.</param>
/// <param name="Y">Upwards, in metres.</param>
internal readonly record struct Vec2(float X, float Y)
{
    /// <summary>The length squared.</summary>
    public float LengthSquared => (X * X) + (Y * Y);

    /// <summary>The length.</summary>
    public float Length => MathF.Sqrt((X * X) + (Y * Y));

    public static Vec2 operator +(Vec2 a, Vec2 b) => new(a.X + b.X, a.Y + b.Y);

    public static Vec2 operator -(Vec2 a, Vec2 b) => new(a.X - b.X, a.Y - b.Y);

    public static Vec2 operator -(Vec2 a) => new(-a.X, -a.Y);

    public static Vec2 operator *(float factor, Vec2 a) => new(factor * a.X, factor * a.Y);

    /// <summary>The scalar product.</summary>
    public static float Dot(Vec2 a, Vec2 b) => (a.X * b.X) + (a.Y * b.Y);

    /// <summary>The third component of the vector product.</summary>
    public static float Cross(Vec2 a, Vec2 b) => (a.X * b.Y) - (a.Y * b.X);

    /// <summary>
    /// The velocity that turning at <paramref name="rate"/> gives a point at <paramref name="a"/> from the pivot.
    /// </summary>
    public static Vec2 Cross(float rate, Vec2 a) => new(-rate * a.Y, rate * a.X);

    /// <summary>The vector turned to the right by 90 degrees: outwards of an edge that runs counterclockwise.</summary>
    public static Vec2 RightOf(Vec2 a) => new(a.Y, -a.X);

    /// <summary>The smaller of each component.</summary>
    public static Vec2 Min(Vec2 a, Vec2 b) => new(a.X < b.X ? a.X : b.X, a.Y < b.Y ? a.Y : b.Y);

    /// <summary>The larger of each component.</summary>
    public static Vec2 Max(Vec2 a, Vec2 b) => new(a.X > b.X ? a.X : b.X, a.Y > b.Y ? a.Y : b.Y);

    /// <summary>
    /// The direction, by multiplication with the inverse length; a vector shorter than rounding is left alone.
    /// </summary>
    /// <param name="length">Its length, 0 where it was left alone.</param>
    public Vec2 Normalized(out float length)
    {
        length = Length;
        if (length < Tuning.Epsilon)
        {
            length = 0;
            return this;
        }

        return (1.0f / length) * this;
    }
}
