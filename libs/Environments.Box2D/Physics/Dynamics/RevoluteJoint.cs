using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Box2D.Physics.Dynamics;

/// <summary>A hinge between two bodies, with what it did in the last step.</summary>
internal sealed class RevoluteJoint
{
    private RevoluteJointDefinition _definition;

    /// <summary>One body.</summary>
    public Body A { get; private set; } = null!;

    /// <summary>The other body.</summary>
    public Body B { get; private set; } = null!;

    /// <summary>Where the hinge is, and what it can do.</summary>
    public ref readonly RevoluteJointDefinition Definition => ref _definition;

    /// <summary>Angle between the bodies, in radians.</summary>
    public float Angle => B.Angle - A.Angle - _definition.ReferenceAngle;

    /// <summary>What it did in the last step, to begin the next one with.</summary>
    public JointImpulse Impulse;

    /// <summary>Which limit it was at.</summary>
    public JointLimit Limit;

    /// <summary>Whether it belongs to the group of bodies that is being solved.</summary>
    public bool IsInIsland;

    /// <summary>Makes it the hinge of two bodies.</summary>
    public void Begin(Body a, Body b, in RevoluteJointDefinition definition)
    {
        A = a;
        B = b;
        _definition = definition;
        Impulse = default;
        Limit = JointLimit.None;
        IsInIsland = false;
    }

    /// <summary>Writes what changes from step to step.</summary>
    public void SaveState(StateWriter writer)
    {
        writer.Write(Impulse.X);
        writer.Write(Impulse.Y);
        writer.Write(Impulse.Limit);
        writer.Write(Impulse.Motor);
        writer.Write((int)Limit);
    }

    /// <summary>Takes over what a joint of the same make has saved.</summary>
    public void RestoreState(StateReader reader)
    {
        Impulse = new JointImpulse
        {
            X = reader.ReadSingle(),
            Y = reader.ReadSingle(),
            Limit = reader.ReadSingle(),
            Motor = reader.ReadSingle(),
        };
        Limit = (JointLimit)reader.ReadInt32("the limit of a joint", (int)JointLimit.None, (int)JointLimit.Upper);
    }
}
