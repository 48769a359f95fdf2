using System.Runtime.InteropServices;
using DqnAspire.Environments.Physics.Dynamics;

namespace DqnAspire.Environments.Physics.Solving;

/// <summary>
/// Everything that the velocity iterations of an island change, and the iterations themselves.
/// </summary>
/// <remarks>
/// An iteration is a function of this state alone. So when a state comes back, the states in between come back again and
/// again: what is left of the iterations is cut down to less than one such round, and the result is the same to the last
/// bit. Bodies that hang together by joints get there after a few of the many iterations that are asked for. Returning
/// states are found as by R. P. Brent (1980): a saved state is compared with all that follow, and saved anew at distances
/// that double.
/// </remarks>
internal sealed class VelocityIterations
{
    private BodyVelocity[] _velocities = [];
    private JointImpulse[] _jointImpulses = [];
    private ContactImpulse[] _contactImpulses = [];
    private BodyVelocity[] _savedVelocities = [];
    private JointImpulse[] _savedJointImpulses = [];
    private ContactImpulse[] _savedContactImpulses = [];
    private int _bodies;
    private int _joints;
    private int _contacts;

    /// <summary>The bodies' velocities.</summary>
    public Span<BodyVelocity> Velocities => _velocities.AsSpan(0, _bodies);

    /// <summary>The joints' impulses.</summary>
    public Span<JointImpulse> JointImpulses => _jointImpulses.AsSpan(0, _joints);

    /// <summary>The contacts' impulses.</summary>
    public Span<ContactImpulse> ContactImpulses => _contactImpulses.AsSpan(0, _contacts);

    /// <summary>Makes room.</summary>
    public void Resize(int bodies, int joints, int contacts)
    {
        (_bodies, _joints, _contacts) = (bodies, joints, contacts);
        Grow(ref _velocities, ref _savedVelocities, bodies);
        Grow(ref _jointImpulses, ref _savedJointImpulses, joints);
        Grow(ref _contactImpulses, ref _savedContactImpulses, contacts);
    }

    /// <summary>Iterates.</summary>
    /// <param name="count">Number of iterations.</param>
    /// <param name="joints">The joints, in the order of solving.</param>
    /// <param name="contacts">The contacts, after the joints.</param>
    public void Run(int count, ReadOnlySpan<JointConstraint> joints, ReadOnlySpan<ContactConstraint> contacts)
    {
        Save();
        var age = 0;
        var distance = 1;
        var left = count;
        while (left > 0)
        {
            Iterate(joints, contacts);
            left--;
            age++;
            if (IsSaved())
            {
                for (left %= age; left > 0; left--)
                {
                    Iterate(joints, contacts);
                }
            }
            else if (age == distance)
            {
                Save();
                age = 0;
                distance *= 2;
            }
        }
    }

    private static void Grow<T>(ref T[] items, ref T[] saved, int count)
    {
        if (items.Length < count)
        {
            items = new T[2 * count];
            saved = new T[2 * count];
        }
    }

    private static bool AreSame<T>(Span<T> items, T[] saved)
        where T : struct =>
        MemoryMarshal.AsBytes(items).SequenceEqual(MemoryMarshal.AsBytes(saved.AsSpan(0, items.Length)));

    private void Iterate(ReadOnlySpan<JointConstraint> joints, ReadOnlySpan<ContactConstraint> contacts)
    {
        var velocities = Velocities;
        for (var i = 0; i < joints.Length; i++)
        {
            ref readonly var joint = ref joints[i];
            joint.SolveVelocity(ref velocities[joint.IndexA], ref velocities[joint.IndexB], ref _jointImpulses[i]);
        }

        for (var i = 0; i < contacts.Length; i++)
        {
            ref readonly var contact = ref contacts[i];
            contact.SolveVelocity(ref velocities[contact.IndexA], ref velocities[contact.IndexB], ref _contactImpulses[i]);
        }
    }

    private void Save()
    {
        Velocities.CopyTo(_savedVelocities);
        JointImpulses.CopyTo(_savedJointImpulses);
        ContactImpulses.CopyTo(_savedContactImpulses);
    }

    private bool IsSaved() =>
        AreSame(Velocities, _savedVelocities)
        && AreSame(ContactImpulses, _savedContactImpulses)
        && AreSame(JointImpulses, _savedJointImpulses);
}
