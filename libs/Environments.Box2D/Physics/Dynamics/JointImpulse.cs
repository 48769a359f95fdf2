namespace DqnAspire.Environments.Box2D.Physics.Dynamics;

/// <summary>What a joint has done in a step so far.</summary>
internal struct JointImpulse
{
    /// <summary>Impulse that holds the hinge together, to the right.</summary>
    public float X;

    /// <summary>The same upwards.</summary>
    public float Y;

    /// <summary>Angular impulse of the limit.</summary>
    public float Limit;

    /// <summary>Angular impulse of the motor.</summary>
    public float Motor;
}
