using DqnAspire.Environments.Box2D.Physics.Geometry;

namespace DqnAspire.Environments.Box2D.Physics.Solving;

/// <summary>Where a body is while it is being solved.</summary>
internal struct BodyPosition
{
    /// <summary>Centre of mass.</summary>
    public Vec2 Center;

    /// <summary>In radians.</summary>
    public float Angle;
}
