using DqnAspire.Environments.Box2D.Physics.Geometry;

namespace DqnAspire.Environments.Box2D.Physics.Solving;

/// <summary>How a body moves while it is being solved.</summary>
internal struct BodyVelocity
{
    /// <summary>Velocity of the centre of mass, in metres a second.</summary>
    public Vec2 Linear;

    /// <summary>In radians a second.</summary>
    public float Angular;

    /// <summary>Velocity of a point of the body.</summary>
    /// <param name="arm">From the centre of mass to the point.</param>
    public readonly Vec2 At(Vec2 arm) => Linear + Vec2.Cross(Angular, arm);
}
