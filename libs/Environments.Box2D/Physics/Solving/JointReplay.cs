namespace DqnAspire.Environments.Box2D.Physics.Solving;

/// <summary>What a joint did in one velocity iteration, in the order of doing.</summary>
internal struct JointReplay
{
    /// <summary>What the motor wanted to add to its impulse.</summary>
    public float MotorWish;

    /// <summary>What it could add.</summary>
    public float MotorChange;

    /// <summary>What was added to the point's impulse, to the right.</summary>
    public float X;

    /// <summary>What was added to the point's impulse, upwards.</summary>
    public float Y;

    /// <summary>What was added to the limit's impulse.</summary>
    public float Limit;

    /// <summary>
    /// Whether the limit would have pulled and was let go: by how much depends on more than the velocities.
    /// </summary>
    public bool IsReleased;
}
