using DqnAspire.Environments.Box2D.Physics.Geometry;

namespace DqnAspire.Environments.Box2D.Physics.Continuous;

/// <summary>A corner of the Minkowski difference of two shapes.</summary>
internal struct SimplexVertex
{
    /// <summary>Number of the first shape's corner.</summary>
    public int IndexA;

    /// <summary>Number of the second shape's corner.</summary>
    public int IndexB;

    /// <summary>The first shape's corner in the world.</summary>
    public Vec2 PointA;

    /// <summary>The second shape's corner in the world.</summary>
    public Vec2 PointB;

    /// <summary>From the first to the second.</summary>
    public Vec2 Difference;

    /// <summary>Its part in the point that is closest to the origin.</summary>
    public float Weight;
}
