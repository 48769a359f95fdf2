namespace DqnAspire.Environments.Box2D.Physics.Geometry;

/// <summary>A box along the axes.</summary>
/// <param name="Lower">The lower left corner.</param>
/// <param name="Upper">The upper right corner.</param>
internal readonly record struct Bounds(Vec2 Lower, Vec2 Upper)
{
    /// <summary>The smallest box around two.</summary>
    public static Bounds Around(in Bounds a, in Bounds b) =>
        new(Vec2.Min(a.Lower, b.Lower), Vec2.Max(a.Upper, b.Upper));

    /// <summary>Whether a box lies inside this one.</summary>
    public bool Contains(in Bounds other) =>
        Lower.X <= other.Lower.X && Lower.Y <= other.Lower.Y && other.Upper.X <= Upper.X && other.Upper.Y <= Upper.Y;

    /// <summary>Whether two boxes have a point in common.</summary>
    public bool Overlaps(in Bounds other) =>
        other.Lower.X <= Upper.X && other.Lower.Y <= Upper.Y && Lower.X <= other.Upper.X && Lower.Y <= other.Upper.Y;

    /// <summary>The box with a margin on all sides.</summary>
    public Bounds Grown(float margin)
    {
        var r = new Vec2(margin, margin);
        return new Bounds(Lower - r, Upper + r);
    }

    /// <summary>The box with room on the side that a movement goes to.</summary>
    public Bounds Stretched(Vec2 movement)
    {
        var (lowerX, upperX) = movement.X < 0 ? (Lower.X + movement.X, Upper.X) : (Lower.X, Upper.X + movement.X);
        var (lowerY, upperY) = movement.Y < 0 ? (Lower.Y + movement.Y, Upper.Y) : (Lower.Y, Upper.Y + movement.Y);
        return new Bounds(new Vec2(lowerX, lowerY), new Vec2(upperX, upperY));
    }
}
