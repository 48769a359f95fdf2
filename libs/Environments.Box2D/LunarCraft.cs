using DqnAspire.Environments.Box2D.Physics;
using DqnAspire.Environments.Box2D.Physics.Dynamics;
using DqnAspire.Environments.Box2D.Physics.Geometry;
using DqnAspire.Environments.Box2D.Physics.Shapes;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Box2D;

/// <summary>The physical world of LunarLander: the moon, the lander and its two legs on springy hinges.</summary>
internal sealed class LunarCraft : IContactListener
{
    private const double LegAway = 20 / LunarScale.PixelsPerMetre;
    private const double LegDown = 18 / LunarScale.PixelsPerMetre;
    private const double LegTilt = 0.05;
    private const ushort GroundBit = 0x0001;
    private const ushort LanderBit = 0x0010;
    private const ushort LegBit = 0x0020;
    private const int VelocityIterations = 6 * 30;
    private const int PositionIterations = 2 * 30;

    private static readonly FixtureDefinition Frame = new();
    private static readonly FixtureDefinition Ground = new(Friction: 0.1f);
    private static readonly FixtureDefinition Hull = new(
        Density: 5, Friction: 0.1f, Category: LanderBit, Mask: GroundBit);
    private static readonly FixtureDefinition Leg = new(Density: 1, Category: LegBit, Mask: GroundBit);

    private readonly Shape _frameShape = Shape.Edge(default, new Vec2((float)LunarScale.Width, 0));
    private readonly Shape[] _groundShapes = new Shape[LunarTerrain.Points - 1];
    private readonly Body[] _legs = new Body[2];
    private readonly bool[] _legContacts = new bool[2];

    /// <summary>An empty world.</summary>
    /// <param name="gravity">Vertical acceleration.</param>
    public LunarCraft(double gravity)
    {
        World = new World(new Vec2(0, (float)gravity)) { Listener = this };
        for (var i = 0; i < _groundShapes.Length; i++)
        {
            _groundShapes[i] = Shape.Edge(default, default);
        }
    }

    /// <summary>The lander's outline.</summary>
    public static Shape HullShape { get; } = Shape.Polygon(
        Pixels(-14, +17), Pixels(-17, 0), Pixels(-17, -10), Pixels(+17, -10), Pixels(+17, 0), Pixels(+14, +17));

    /// <summary>A leg's outline.</summary>
    public static Shape LegShape { get; } = Shape.Box(
        (float)(2 / LunarScale.PixelsPerMetre), (float)(8 / LunarScale.PixelsPerMetre));

    /// <summary>Its physics.</summary>
    public World World { get; }

    /// <summary>The lander without its legs.</summary>
    public Body Lander { get; private set; } = null!;

    /// <summary>The right leg, then the left one.</summary>
    public ReadOnlySpan<Body> Legs => _legs;

    /// <summary>Whether each leg touches the ground.</summary>
    public ReadOnlySpan<bool> LegContacts => _legContacts;

    /// <summary>Whether the lander itself has touched the ground.</summary>
    public bool HasCrashed { get; private set; }

    /// <summary>Puts a lander at the top of the world, at rest, over a moon.</summary>
    /// <param name="terrain">The moon's surface.</param>
    public void Build(LunarTerrain terrain)
    {
        World.Clear();
        HasCrashed = false;
        _legContacts.AsSpan().Clear();

        var moon = World.AddStatic(default);
        World.AddFixture(moon, _frameShape, Frame);
        for (var i = 0; i < _groundShapes.Length; i++)
        {
            _groundShapes[i].MoveEdge(terrain[i], terrain[i + 1]);
            World.AddFixture(moon, _groundShapes[i], Ground);
        }

        Lander = World.AddDynamic(new Vec2((float)(LunarScale.Width / 2), (float)LunarScale.Height));
        World.AddFixture(Lander, HullShape, Hull);
        for (var i = 0; i < _legs.Length; i++)
        {
            // The right leg hangs at -20 pixels and the left one at +20: both anchors lie across the middle.
            var side = i == 0 ? -1 : +1;
            var away = side * LegAway;
            var leg = World.AddDynamic(
                new Vec2((float)((LunarScale.Width / 2) - away), (float)LunarScale.Height), (float)(side * LegTilt));
            World.AddFixture(leg, LegShape, Leg);
            World.AddJoint(Lander, leg, new RevoluteJointDefinition(
                AnchorA: default,
                AnchorB: new Vec2((float)away, (float)LegDown),
                ReferenceAngle: leg.Angle - Lander.Angle,
                LowerAngle: (float)(side < 0 ? 0.9 - 0.5 : -0.9),
                UpperAngle: (float)(side < 0 ? 0.9 : -0.9 + 0.5),
                MotorSpeed: (float)(0.3 * side),
                MaxMotorTorque: 40));
            _legs[i] = leg;
        }
    }

    /// <summary>Moves everything by a step.</summary>
    public void Step() => World.Step((float)(1.0 / LunarScale.StepsPerSecond), VelocityIterations, PositionIterations);

    /// <inheritdoc/>
    public void BeginContact(Contact contact)
    {
        HasCrashed |= contact.Body == Lander;
        SetLegContact(contact, touches: true);
    }

    /// <summary>A leg that leaves one piece of ground counts as off the ground, whatever else it stands on.</summary>
    public void EndContact(Contact contact) => SetLegContact(contact, touches: false);

    /// <summary>Writes what changes from step to step.</summary>
    public void SaveState(StateWriter writer)
    {
        World.SaveState(writer);
        writer.Write(HasCrashed);
        foreach (var touches in _legContacts)
        {
            writer.Write(touches);
        }
    }

    /// <summary>Takes over what was saved over the same terrain; it must have been built.</summary>
    public void RestoreState(StateReader reader)
    {
        World.RestoreState(reader);
        HasCrashed = reader.ReadBoolean();
        foreach (ref var touches in _legContacts.AsSpan())
        {
            touches = reader.ReadBoolean();
        }
    }

    private static Vec2 Pixels(int x, int y) =>
        new((float)(x / LunarScale.PixelsPerMetre), (float)(y / LunarScale.PixelsPerMetre));

    private void SetLegContact(Contact contact, bool touches)
    {
        for (var i = 0; i < _legs.Length; i++)
        {
            if (contact.Body == _legs[i])
            {
                _legContacts[i] = touches;
            }
        }
    }
}
