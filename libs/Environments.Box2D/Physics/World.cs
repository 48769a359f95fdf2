using DqnAspire.Core;
using DqnAspire.Environments.Box2D.Physics.Dynamics;
using DqnAspire.Environments.Box2D.Physics.Geometry;
using DqnAspire.Environments.Box2D.Physics.Shapes;
using DqnAspire.Environments.Box2D.Physics.Solving;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Box2D.Physics;

/// <summary>
/// Rigid bodies of the plane: polygons over edges, joined by hinges. As Box2D 2.3 computes it on x86-64 with the C
/// library's sine and cosine, to the last bit; see README for what is left out.
/// </summary>
/// <param name="gravity">In metres a second squared.</param>
internal sealed class World(Vec2 gravity)
{
    private readonly Pool<Body> _bodies = new();
    private readonly Pool<Fixture> _fixtures = new();
    private readonly JointList _joints = new();
    private readonly ContactList _contacts = new();
    private readonly Island _island = new();
    private readonly Stack<Body> _pending = new();
    private readonly ImpactSolver _impacts = new();
    private bool _hasNewFixtures;
    private float _stepsPerSecond;

    /// <summary>Receives what begins and ceases to touch.</summary>
    public IContactListener? Listener { get; set; }

    /// <summary>Contacts at present, touching or near.</summary>
    public ContactList Contacts => _contacts;

    /// <summary>Forgets all bodies; what they were made of is used again.</summary>
    public void Clear()
    {
        _bodies.Clear();
        _fixtures.Clear();
        _joints.Clear();
        _contacts.Clear();
        _hasNewFixtures = false;
        _stepsPerSecond = 0;
    }

    /// <summary>Makes a body that stays where it is.</summary>
    /// <param name="position">Where its origin is.</param>
    /// <param name="angle">In radians.</param>
    public Body AddStatic(Vec2 position, float angle = 0) => AddBody(isDynamic: false, position, angle);

    /// <summary>Makes a body that moves.</summary>
    /// <param name="position">Where its origin is.</param>
    /// <param name="angle">In radians.</param>
    public Body AddDynamic(Vec2 position, float angle = 0) => AddBody(isDynamic: true, position, angle);

    /// <summary>Gives a body a shape, and a dynamic body its mass.</summary>
    /// <param name="body">The body.</param>
    /// <param name="shape">The shape, in the body: an edge of a static body, a polygon of a dynamic one.</param>
    /// <param name="definition">What it is made of.</param>
    /// <exception cref="ArgumentException">The shape does not belong to such a body.</exception>
    public void AddFixture(Body body, Shape shape, FixtureDefinition definition)
    {
        if (shape.IsEdge == body.IsDynamic)
        {
            throw new ArgumentException("Edges belong to static bodies, polygons to dynamic ones.", nameof(shape));
        }

        _fixtures.Add().Begin(_fixtures.Count - 1, body, shape, definition);
        _hasNewFixtures = true;
        if (definition.Density > 0)
        {
            SetMass(body);
        }
    }

    /// <summary>Joins two bodies by a hinge.</summary>
    /// <param name="a">One body.</param>
    /// <param name="b">The other body.</param>
    /// <param name="definition">Where the hinge is, and what it can do.</param>
    /// <exception cref="ArgumentException">
    /// Neither body can turn, or the limits are too close to each other.
    /// </exception>
    public RevoluteJoint AddJoint(Body a, Body b, in RevoluteJointDefinition definition) =>
        _joints.Add(a, b, definition);

    /// <summary>Moves everything by a step.</summary>
    /// <param name="seconds">Length of the step, above 0.</param>
    /// <param name="velocityIterations">Iterations over velocities.</param>
    /// <param name="positionIterations">Maximum of iterations over positions.</param>
    public void Step(float seconds, int velocityIterations, int positionIterations)
    {
        if (_hasNewFixtures)
        {
            _contacts.FindNew(_fixtures.Items);
            _hasNewFixtures = false;
        }

        var step = new TimeStep(seconds, _stepsPerSecond * seconds, velocityIterations, positionIterations);
        _contacts.Update(Listener);
        Solve(step);
        _impacts.Solve(step, _bodies.Items, _fixtures.Items, _contacts, Listener);
        _stepsPerSecond = 1.0f / seconds;
        foreach (var body in _bodies.Items)
        {
            body.Force = default;
            body.Torque = 0;
        }
    }

    /// <summary>Writes everything that the next step depends on beside how the world was made.</summary>
    public void SaveState(StateWriter writer)
    {
        writer.Section(nameof(World));
        writer.Setting("bodies", _bodies.Count);
        writer.Setting("fixtures", _fixtures.Count);
        writer.Setting("joints", _joints.Count);
        foreach (var body in _bodies.Items)
        {
            body.SaveState(writer);
        }

        foreach (var fixture in _fixtures.Items)
        {
            fixture.SaveState(writer);
        }

        for (var i = 0; i < _joints.Count; i++)
        {
            _joints[i].SaveState(writer);
        }

        _contacts.SaveState(writer);
        writer.Write(_hasNewFixtures);
        writer.Write(_stepsPerSecond);
    }

    /// <summary>Takes over what a world that was made in the same way has saved.</summary>
    /// <exception cref="StateException">The state is of another world.</exception>
    public void RestoreState(StateReader reader)
    {
        reader.Section(nameof(World));
        reader.Setting("bodies", _bodies.Count);
        reader.Setting("fixtures", _fixtures.Count);
        reader.Setting("joints", _joints.Count);
        foreach (var body in _bodies.Items)
        {
            body.RestoreState(reader);
        }

        foreach (var fixture in _fixtures.Items)
        {
            fixture.RestoreState(reader);
        }

        for (var i = 0; i < _joints.Count; i++)
        {
            _joints[i].RestoreState(reader);
        }

        _contacts.RestoreState(reader, _fixtures.Items);
        _hasNewFixtures = reader.ReadBoolean();
        _stepsPerSecond = reader.ReadSingle();
    }

    private Body AddBody(bool isDynamic, Vec2 position, float angle)
    {
        var body = _bodies.Add();
        body.Begin(isDynamic, position, angle);
        return body;
    }

    /// <summary>Adds up the fixtures' masses, the newest first.</summary>
    private void SetMass(Body body)
    {
        var mass = 0.0f;
        var weightedCenter = default(Vec2);
        var inertia = 0.0f;
        for (var i = _fixtures.Count - 1; i >= 0; i--)
        {
            var fixture = _fixtures[i];
            if (fixture.Body == body && fixture.Definition.Density > 0)
            {
                var part = MassProperties.Of(fixture.Shape, fixture.Definition.Density);
                mass += part.Mass;
                weightedCenter += part.Mass * part.Center;
                inertia += part.Inertia;
            }
        }

        body.SetMass(mass, weightedCenter, inertia);
    }

    /// <summary>Finds the islands of awake bodies, the newest body first, and solves each.</summary>
    private void Solve(in TimeStep step)
    {
        foreach (var body in _bodies.Items)
        {
            body.IsInIsland = false;
        }

        for (var i = 0; i < _joints.Count; i++)
        {
            _joints[i].IsInIsland = false;
        }

        for (var i = _bodies.Count - 1; i >= 0; i--)
        {
            var seed = _bodies[i];
            if (!seed.IsInIsland && seed.IsAwake && seed.IsDynamic)
            {
                Collect(seed);
                _island.Solve(step, gravity);
            }
        }

        foreach (var fixture in _fixtures.Items)
        {
            if (fixture.Body.IsInIsland)
            {
                fixture.Follow(fixture.Body.PlaceAtStart);
            }
        }

        _contacts.FindNew(_fixtures.Items);
    }

    /// <summary>Everything that hangs together with a body by joints, depth first, and what it touches.</summary>
    private void Collect(Body seed)
    {
        _island.Clear();
        Reach(seed);
        while (_pending.TryPop(out var body))
        {
            _island.Add(body);
            body.WakeUp();
            for (var i = _contacts.Count - 1; i >= 0; i--)
            {
                var contact = _contacts[i];
                if (contact.Body == body && contact.IsEnabled && contact.IsTouching)
                {
                    _island.Add(contact);
                }
            }

            for (var i = _joints.Count - 1; i >= 0; i--)
            {
                var joint = _joints[i];
                if ((joint.A == body || joint.B == body) && !joint.IsInIsland)
                {
                    _island.Add(joint);
                    Reach(joint.A == body ? joint.B : joint.A);
                }
            }
        }
    }

    private void Reach(Body body)
    {
        if (!body.IsInIsland)
        {
            body.IsInIsland = true;
            _pending.Push(body);
        }
    }
}
