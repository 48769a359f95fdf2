using DqnAspire.Environments.Box2D.Physics.Geometry;

namespace DqnAspire.Environments.Box2D.Physics.Solving;

/// <summary>A point of a contact in one step.</summary>
internal struct ContactPoint
{
    /// <summary>From the body's centre of mass to the point.</summary>
    public Vec2 Arm;

    /// <summary>Impulse along the normal for a change of speed of 1.</summary>
    public float NormalMass;

    /// <summary>Impulse of friction for a change of speed of 1.</summary>
    public float TangentMass;

    /// <summary>Speed at which the body is to leave, after a bounce.</summary>
    public float Bounce;
}
