using DqnAspire.Environments.Box2D.Physics.Dynamics;
using DqnAspire.Environments.Box2D.Physics.Geometry;

namespace DqnAspire.Environments.Box2D.Physics.Solving;

/// <summary>Bodies that hang together by contacts and joints, solved as one.</summary>
internal sealed class Island
{
    private readonly List<Body> _bodies = [];
    private readonly List<Contact> _contacts = [];
    private readonly List<RevoluteJoint> _joints = [];
    private readonly VelocityIterations _iterations = new();
    private BodyPosition[] _positions = [];
    private ContactConstraint[] _contactConstraints = [];
    private JointConstraint[] _jointConstraints = [];

    /// <summary>Number of contacts.</summary>
    public int ContactCount => _contacts.Count;

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        _bodies.Clear();
        _contacts.Clear();
        _joints.Clear();
    }

    /// <summary>Adds a body.</summary>
    public void Add(Body body)
    {
        body.IsInIsland = true;
        body.IslandIndex = _bodies.Count;
        _bodies.Add(body);
    }

    /// <summary>Adds a contact.</summary>
    public void Add(Contact contact)
    {
        _contacts.Add(contact);
    }

    /// <summary>Adds a joint.</summary>
    public void Add(RevoluteJoint joint)
    {
        joint.IsInIsland = true;
        _joints.Add(joint);
    }

    /// <summary>Moves the bodies through a step, and has them fall asleep when all have been still for long.</summary>
    /// <param name="step">The step.</param>
    /// <param name="gravity">In metres a second squared.</param>
    public void Solve(in TimeStep step, Vec2 gravity)
    {
        Resize();
        var velocities = _iterations.Velocities;
        for (var i = 0; i < _bodies.Count; i++)
        {
            var body = _bodies[i];
            body.Sweep.StartCenter = body.Sweep.Center;
            body.Sweep.StartAngle = body.Sweep.Angle;
            _positions[i] = new BodyPosition { Center = body.Sweep.Center, Angle = body.Sweep.Angle };
            velocities[i] = new BodyVelocity
            {
                Linear = body.Velocity + (step.Seconds * (gravity + (body.InverseMass * body.Force))),
                Angular = body.TurnRate + (step.Seconds * body.InverseInertia * body.Torque),
            };
        }

        BeginContacts(step.Ratio, warmStart: true);
        var contacts = _contactConstraints.AsSpan(0, _contacts.Count);
        for (var i = 0; i < contacts.Length; i++)
        {
            ref var contact = ref contacts[i];
            contact.BeginVelocity(_positions[contact.Index], velocities[contact.Index]);
        }

        for (var i = 0; i < contacts.Length; i++)
        {
            ref var contact = ref contacts[i];
            contact.WarmStart(ref velocities[contact.Index], _iterations.ContactImpulses[i]);
        }

        var joints = _jointConstraints.AsSpan(0, _joints.Count);
        for (var i = 0; i < joints.Length; i++)
        {
            joints[i].Begin(_joints[i], _positions, velocities, step, ref _iterations.JointImpulses[i]);
        }

        _iterations.Run(step.VelocityIterations, joints, contacts);
        for (var i = 0; i < contacts.Length; i++)
        {
            contacts[i].Store(_iterations.ContactImpulses[i]);
        }

        for (var i = 0; i < joints.Length; i++)
        {
            _joints[i].Impulse = _iterations.JointImpulses[i];
        }

        Integrate(step.Seconds);
        var solved = SolvePositions(step.PositionIterations, joints, contacts);
        MoveBodies();
        LetSleep(step.Seconds, solved);
    }

    /// <summary>
    /// Takes a body that has just met the ground out of it, then moves it through what is left of the step. What is
    /// solved here does not count for the next step: impacts are short and hard.
    /// </summary>
    /// <param name="step">What is left of the step.</param>
    public void SolveImpact(in TimeStep step)
    {
        Resize();
        var velocities = _iterations.Velocities;
        for (var i = 0; i < _bodies.Count; i++)
        {
            var body = _bodies[i];
            _positions[i] = new BodyPosition { Center = body.Sweep.Center, Angle = body.Sweep.Angle };
            velocities[i] = new BodyVelocity { Linear = body.Velocity, Angular = body.TurnRate };
        }

        BeginContacts(step.Ratio, warmStart: false);
        var contacts = _contactConstraints.AsSpan(0, _contacts.Count);
        for (var iteration = 0; iteration < step.PositionIterations; iteration++)
        {
            if (SolveContactPositions(contacts, Tuning.ImpactBaumgarte) >= -1.5f * Tuning.LinearSlop)
            {
                break;
            }
        }

        for (var i = 0; i < _bodies.Count; i++)
        {
            _bodies[i].Sweep.StartCenter = _positions[i].Center;
            _bodies[i].Sweep.StartAngle = _positions[i].Angle;
        }

        for (var i = 0; i < contacts.Length; i++)
        {
            ref var contact = ref contacts[i];
            contact.BeginVelocity(_positions[contact.Index], velocities[contact.Index]);
        }

        _iterations.Run(step.VelocityIterations, [], contacts);
        Integrate(step.Seconds);
        MoveBodies();
    }

    private static void Grow<T>(ref T[] items, int count)
    {
        if (items.Length < count)
        {
            items = new T[2 * count];
        }
    }

    private void Resize()
    {
        Grow(ref _positions, _bodies.Count);
        Grow(ref _jointConstraints, _joints.Count);
        Grow(ref _contactConstraints, _contacts.Count);
        _iterations.Resize(_bodies.Count, _joints.Count, _contacts.Count);
    }

    private void BeginContacts(float ratio, bool warmStart)
    {
        for (var i = 0; i < _contacts.Count; i++)
        {
            _contactConstraints[i].Begin(_contacts[i], ref _iterations.ContactImpulses[i], ratio, warmStart);
        }
    }

    /// <summary>Moves by the velocities, which are cut down where a body would go too far or turn too much.</summary>
    private void Integrate(float seconds)
    {
        var velocities = _iterations.Velocities;
        for (var i = 0; i < velocities.Length; i++)
        {
            ref var velocity = ref velocities[i];
            ref var position = ref _positions[i];
            var translation = seconds * velocity.Linear;
            if (Vec2.Dot(translation, translation) > Tuning.MaxTranslation * Tuning.MaxTranslation)
            {
                velocity.Linear = (Tuning.MaxTranslation / translation.Length) * velocity.Linear;
            }

            var rotation = seconds * velocity.Angular;
            if (rotation * rotation > Tuning.MaxRotation * Tuning.MaxRotation)
            {
                velocity.Angular *= Tuning.MaxRotation / MathF.Abs(rotation);
            }

            position.Center += seconds * velocity.Linear;
            position.Angle += seconds * velocity.Angular;
        }
    }

    private bool SolvePositions(int iterations, Span<JointConstraint> joints, Span<ContactConstraint> contacts)
    {
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            var solved = SolveContactPositions(contacts, Tuning.Baumgarte) >= -3.0f * Tuning.LinearSlop;
            for (var i = 0; i < joints.Length; i++)
            {
                ref var joint = ref joints[i];
                solved &= joint.SolvePosition(ref _positions[joint.IndexA], ref _positions[joint.IndexB]);
            }

            if (solved)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>One position iteration over contacts.</summary>
    /// <returns>The least separation that was found, not above 0.</returns>
    private float SolveContactPositions(Span<ContactConstraint> contacts, float rate)
    {
        var least = 0.0f;
        for (var i = 0; i < contacts.Length; i++)
        {
            ref var contact = ref contacts[i];
            least = Scalar.Min(least, contact.SolvePosition(ref _positions[contact.Index], rate));
        }

        return least;
    }

    private void MoveBodies()
    {
        var velocities = _iterations.Velocities;
        for (var i = 0; i < _bodies.Count; i++)
        {
            var body = _bodies[i];
            body.Sweep.Center = _positions[i].Center;
            body.Sweep.Angle = _positions[i].Angle;
            body.Velocity = velocities[i].Linear;
            body.TurnRate = velocities[i].Angular;
            body.MoveToEnd();
        }
    }

    private void LetSleep(float seconds, bool solved)
    {
        var least = float.MaxValue;
        foreach (var body in _bodies)
        {
            if (body.TurnRate * body.TurnRate > Tuning.SleepTurnRate * Tuning.SleepTurnRate
                || Vec2.Dot(body.Velocity, body.Velocity) > Tuning.SleepSpeed * Tuning.SleepSpeed)
            {
                body.StillTime = 0;
                least = 0;
            }
            else
            {
                body.StillTime += seconds;
                least = Scalar.Min(least, body.StillTime);
            }
        }

        if (least >= Tuning.TimeToSleep && solved)
        {
            foreach (var body in _bodies)
            {
                body.FallAsleep();
            }
        }
    }
}
