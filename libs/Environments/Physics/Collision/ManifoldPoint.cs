using DqnAspire.Environments.Physics.Geometry;

namespace DqnAspire.Environments.Physics.Collision;

/// <summary>A point where two shapes touch.</summary>
internal struct ManifoldPoint
{
    /// <summary>The point, in the body that does not have the reference side.</summary>
    public Vec2 LocalPoint;

    /// <summary>What it comes from.</summary>
    public ContactFeature Feature;

    /// <summary>Impulse along the normal that the last step found, to begin the next one with.</summary>
    public float NormalImpulse;

    /// <summary>Impulse of friction, likewise.</summary>
    public float TangentImpulse;
}
