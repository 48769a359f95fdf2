using System.Runtime.InteropServices;
using DqnAspire.Environments.Box2D.Physics.Dynamics;

namespace DqnAspire.Environments.Box2D.Physics.Solving;

/// <summary>Everything that the velocity iterations of an island change, and the iterations themselves.</summary>
/// <remarks>
/// Joints alone soon do the same again and again: the velocities come back to the last bit after one iteration or a
/// few, while the impulses grow evenly, a motor's against the limit that it runs into for example. As long as each
/// joint would add the same to its impulse as it did from the same velocities before, only these additions are made.
/// The result is that of all iterations, to the last bit.
/// </remarks>
internal sealed class VelocityIterations
{
    // Longer periods are rare, and cost more to find than they save.
    private const int MaxPeriod = 4;

    private readonly BodyVelocity[][] _phaseVelocities = new BodyVelocity[MaxPeriod][];
    private readonly JointReplay[][] _phaseReplays = new JointReplay[MaxPeriod][];
    private BodyVelocity[] _velocities = [];
    private JointImpulse[] _jointImpulses = [];
    private JointImpulse[] _nextImpulses = [];
    private ContactImpulse[] _contactImpulses = [];
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
        if (_velocities.Length < bodies || _jointImpulses.Length < joints)
        {
            _velocities = new BodyVelocity[2 * bodies];
            _jointImpulses = new JointImpulse[2 * joints];
            _nextImpulses = new JointImpulse[2 * joints];
            for (var phase = 0; phase < MaxPeriod; phase++)
            {
                _phaseVelocities[phase] = new BodyVelocity[2 * bodies];
                _phaseReplays[phase] = new JointReplay[2 * joints];
            }
        }

        if (_contactImpulses.Length < contacts)
        {
            _contactImpulses = new ContactImpulse[2 * contacts];
        }
    }

    /// <summary>Iterates.</summary>
    /// <param name="count">Number of iterations.</param>
    /// <param name="joints">The joints, in the order of solving.</param>
    /// <param name="contacts">The contacts, after the joints.</param>
    public void Run(int count, ReadOnlySpan<JointConstraint> joints, ReadOnlySpan<ContactConstraint> contacts)
    {
        if (contacts.IsEmpty)
        {
            RunJoints(count, joints);
            return;
        }

        var velocities = Velocities;
        for (var iteration = 0; iteration < count; iteration++)
        {
            SolveJoints(joints, []);
            for (var i = 0; i < contacts.Length; i++)
            {
                ref readonly var contact = ref contacts[i];
                contact.SolveVelocity(ref velocities[contact.Index], ref _contactImpulses[i]);
            }
        }
    }

    /// <summary>Iterates over joints, and replays the last iterations as soon as they began where they ended.</summary>
    private void RunJoints(int count, ReadOnlySpan<JointConstraint> joints)
    {
        var solved = 0;
        for (var left = count; left > 0; left--)
        {
            var phase = solved % MaxPeriod;
            Velocities.CopyTo(_phaseVelocities[phase]);
            SolveJoints(joints, _phaseReplays[phase]);
            solved++;
            for (var period = 1; period <= MaxPeriod && period <= solved; period++)
            {
                if (AreVelocitiesThoseBefore(solved - period))
                {
                    var replayed = Replay(joints, solved - period, period, left - 1);
                    left -= replayed;
                    Restore(solved - period + (replayed % period));
                    solved = replayed == 0 ? solved : 0;
                    break;
                }
            }
        }
    }

    /// <summary>Adds to the impulses what a round of iterations added, again and again.</summary>
    /// <param name="joints">The joints.</param>
    /// <param name="first">Number of the round's first iteration.</param>
    /// <param name="period">Iterations of the round.</param>
    /// <param name="most">Maximum of iterations to replay.</param>
    /// <returns>How many were replayed; the next would have done something else.</returns>
    private int Replay(ReadOnlySpan<JointConstraint> joints, int first, int period, int most)
    {
        for (var done = 0; done < most; done++)
        {
            var replays = _phaseReplays[(first + (done % period)) % MaxPeriod];
            JointImpulses.CopyTo(_nextImpulses);
            for (var i = 0; i < joints.Length; i++)
            {
                if (!joints[i].TryReplay(replays[i], ref _nextImpulses[i]))
                {
                    return done;
                }
            }

            (_jointImpulses, _nextImpulses) = (_nextImpulses, _jointImpulses);
        }

        return most;
    }

    private bool AreVelocitiesThoseBefore(int iteration)
    {
        // Nearly always the first number tells.
        var before = _phaseVelocities[iteration % MaxPeriod];
        return before[0].Angular == _velocities[0].Angular
            && MemoryMarshal.AsBytes(Velocities).SequenceEqual(MemoryMarshal.AsBytes(before.AsSpan(0, _bodies)));
    }

    private void Restore(int iteration) =>
        _phaseVelocities[iteration % MaxPeriod].AsSpan(0, _bodies).CopyTo(_velocities);

    /// <summary>
    /// Solves each joint, and notes what it does where there is room; a body that several joints in turn begin at stays
    /// in registers from one to the next.
    /// </summary>
    private void SolveJoints(ReadOnlySpan<JointConstraint> joints, Span<JointReplay> replays)
    {
        if (joints.IsEmpty)
        {
            return;
        }

        var velocities = Velocities;
        var hubIndex = joints[0].IndexA;
        var hub = velocities[hubIndex];
        for (var i = 0; i < joints.Length; i++)
        {
            ref readonly var joint = ref joints[i];
            if (joint.IndexA != hubIndex)
            {
                velocities[hubIndex] = hub;
                hubIndex = joint.IndexA;
                hub = velocities[hubIndex];
            }

            joint.SolveVelocity(ref hub, ref velocities[joint.IndexB], ref _jointImpulses[i], out var replay);
            if (!replays.IsEmpty)
            {
                replays[i] = replay;
            }
        }

        velocities[hubIndex] = hub;
    }
}
