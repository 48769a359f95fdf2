namespace DqnAspire.Environments.Box2D.Physics.Solving;

/// <summary>What a contact has done in a step so far, in newton seconds, at its one or two points.</summary>
internal struct ContactImpulse
{
    /// <summary>Along the normal, first point.</summary>
    public float Normal1;

    /// <summary>Along the normal, second point.</summary>
    public float Normal2;

    /// <summary>Friction, first point.</summary>
    public float Tangent1;

    /// <summary>Friction, second point.</summary>
    public float Tangent2;
}
