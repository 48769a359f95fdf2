namespace DqnAspire.Environments.Box2D.Physics.Dynamics;

/// <summary>
/// The joints, in the order of making; like contacts they are gone through from the last to the first.
/// </summary>
internal sealed class JointList
{
    private readonly Pool<RevoluteJoint> _joints = new();

    /// <summary>Number of joints.</summary>
    public int Count => _joints.Count;

    /// <summary>A joint, in the order of making.</summary>
    public RevoluteJoint this[int index] => _joints[index];

    /// <summary>Forgets all.</summary>
    public void Clear() => _joints.Clear();

    /// <summary>Adds a joint.</summary>
    /// <exception cref="ArgumentException">
    /// Neither body can turn, or the limits are too close to each other.
    /// </exception>
    public RevoluteJoint Add(Body a, Body b, in RevoluteJointDefinition definition)
    {
        if (a.InverseInertia + b.InverseInertia == 0)
        {
            throw new ArgumentException(
                "A hinge needs a body that can turn; give it a fixture with density first.", nameof(b));
        }

        if (!(definition.UpperAngle - definition.LowerAngle >= 2.0f * Tuning.AngularSlop))
        {
            throw new ArgumentException("The limits of a hinge must be more than 4 degrees apart.", nameof(definition));
        }

        var joint = _joints.Add();
        joint.Begin(a, b, definition);
        return joint;
    }
}
