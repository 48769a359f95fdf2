using DqnAspire.Environments.Box2D.Physics;
using DqnAspire.Environments.Box2D.Physics.Dynamics;
using DqnAspire.Environments.Box2D.Physics.Geometry;
using DqnAspire.Environments.Box2D.Physics.Shapes;

namespace DqnAspire.Environments.Tests.Physics;

public sealed class WorldTests
{
    private const float Seconds = 0.02f;
    private static readonly FixtureDefinition Wood = new(Density: 1, Friction: 0.5f);

    [Fact]
    public void AFreeFall_AddsGravityBeforeItMoves()
    {
        var world = new World(new(0, -10));
        var body = AddBox(world, new(3, 100));
        Step(world, 50);

        // Symplectic Euler: after n steps g t n and g t² n (n + 1) / 2.
        Assert.Equal(-10, body.Velocity.Y, 1e-4f);
        Assert.Equal(100 - (10 * 0.0004f * 50 * 51 / 2), body.Place.Position.Y, 1e-3f);
        Assert.Equal(3, body.Place.Position.X);
    }

    [Fact]
    public void AnImpulseBesideTheMiddle_TurnsTheBody()
    {
        var body = AddBox(new World(default), default);
        body.ApplyImpulse(new(0, 2), new(0.5f, 0));

        // A box of 1 x 1 has mass 1 and inertia 1/6: turning rate 0.5 * 2 / (1/6).
        Assert.Equal(new Vec2(0, 2), body.Velocity);
        Assert.Equal(6, body.TurnRate, 1e-5f);
    }

    [Fact]
    public void ABoxOnTheGround_ComesToRestAndFallsAsleep()
    {
        var (world, body) = OverGround(height: 1);
        var steps = 0;
        while (body.IsAwake && steps++ < 200)
        {
            Step(world, 1);
        }

        // It falls 0.5 m in 0.32 s, then must be still for half a second.
        Assert.InRange(steps, 40, 60);
        Assert.Equal(0.5f, body.Place.Position.Y, 0.02f);
        Assert.Equal(0, body.Angle, 1e-3f);
        Assert.Equal(default, body.Velocity);

        body.ApplyImpulse(new(0, 1), body.Place.Position);
        Assert.True(body.IsAwake);
    }

    /// <summary>
    /// 30 m/s are 0.6 m a step, more than the box's half: without continuous collision it could pass in one step.
    /// </summary>
    [Theory]
    [InlineData(30)]
    [InlineData(90)]
    public void AFastBox_DoesNotGoThroughTheGround(float speed)
    {
        var (world, body) = OverGround(height: 5);
        body.Velocity = new(0, -speed);
        Step(world, 100);
        Assert.Equal(0.5f, body.Place.Position.Y, 0.05f);
    }

    [Theory]
    [InlineData(0.5f, false)]
    [InlineData(0.9f, true)]
    public void ABoxOnASlope_StaysWhereFrictionHolds(float slope, bool slides)
    {
        // Friction of the pair is sqrt(0.5 * 0.8 squared over 0.5) = 0.8 against tan(angle) = the slope.
        var world = new World(new(0, -10));
        var ground = world.AddStatic(default);
        world.AddFixture(
            ground, Shape.Edge(new(-10, -10 * slope), new(10, 10 * slope)), new FixtureDefinition(Friction: 0.64f));
        var angle = MathF.Atan(slope);
        var body = world.AddDynamic(0.51f * new Vec2(-MathF.Sin(angle), MathF.Cos(angle)), angle);
        world.AddFixture(body, Shape.Box(0.5f, 0.5f), Wood with { Friction = 1 });
        Step(world, 100);
        Assert.Equal(slides, body.Place.Position.X < -0.5f);
    }

    [Fact]
    public void ABouncingBox_KeepsThePartOfItsSpeed()
    {
        var world = new World(default);
        world.AddFixture(world.AddStatic(default), Shape.Edge(new(-5, 0), new(5, 0)), new FixtureDefinition());
        var body = world.AddDynamic(new(0, 1));
        world.AddFixture(body, Shape.Box(0.5f, 0.5f), Wood with { Restitution = 0.5f });
        body.Velocity = new(0, -4);
        Step(world, 20);
        Assert.Equal(2, body.Velocity.Y, 1e-4f);
    }

    [Fact]
    public void Bits_DecideWhatCollides()
    {
        var world = new World(new(0, -10));
        world.AddFixture(
            world.AddStatic(default), Shape.Edge(new(-5, 0), new(5, 0)), new FixtureDefinition(Category: 2));
        var body = world.AddDynamic(new(0, 1));
        world.AddFixture(body, Shape.Box(0.5f, 0.5f), Wood with { Mask = 1 });
        Step(world, 50);
        Assert.True(body.Place.Position.Y < 0);
        Assert.Equal(0, world.Contacts.Count);
    }

    /// <summary>
    /// A motor of 1 Nm turns a bar against a heavy block until the limit stops it; the hinge stays together.
    /// </summary>
    [Fact]
    public void AMotor_TurnsTheHingeToItsLimit()
    {
        var (joint, world) = Hinge(motorSpeed: 2, torque: 1000);
        Step(world, 10);
        Assert.Equal(2, joint.B.TurnRate - joint.A.TurnRate, 1e-3f);
        Step(world, 190);
        Assert.Equal(0.5f, joint.Angle, 0.05f);
        Assert.Equal(JointLimit.Upper, joint.Limit);
        Assert.Equal(0, joint.B.TurnRate - joint.A.TurnRate, 1e-3f);
        var gap = joint.A.Place.Apply(joint.Definition.AnchorA) - joint.B.Place.Apply(joint.Definition.AnchorB);
        Assert.Equal(0, gap.Length, 0.01f);
    }

    /// <summary>
    /// Torque over inertia: what a weak motor reaches in a step is the same however many iterations are made.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(180)]
    public void AWeakMotor_GivesNoMoreThanItsTorque(int iterations)
    {
        var (joint, world) = Hinge(motorSpeed: 100, torque: 0.01f, anchor: new Vec2(0, 0));
        world.Step(Seconds, iterations, 10);
        var gained = 0.01f * Seconds * (joint.A.InverseInertia + joint.B.InverseInertia);
        Assert.Equal(gained, joint.B.TurnRate - joint.A.TurnRate, gained * 1e-4f);
    }

    [Fact]
    public void WhatDoesNotFit_IsRefused()
    {
        var world = new World(default);
        var ground = world.AddStatic(default);
        var body = AddBox(world, default);
        Assert.Throws<ArgumentException>(() => world.AddFixture(ground, Shape.Box(1, 1), Wood));
        Assert.Throws<ArgumentException>(() => world.AddFixture(body, Shape.Edge(default, new(1, 0)), Wood));
        Assert.Throws<ArgumentException>(() => world.AddJoint(body, AddBox(world, default), Limits(0, 0.01f)));
        Assert.Throws<ArgumentException>(() => world.AddJoint(ground, world.AddDynamic(default), Limits(0, 1)));
    }

    [Fact]
    public void AStep_AllocatesNothing()
    {
        var (world, _) = OverGround(height: 1);
        Step(world, 60);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Step(world, 60);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static RevoluteJointDefinition Limits(float lower, float upper) =>
        new(default, default, 0, lower, upper, 0, 0);

    private static (RevoluteJoint Joint, World World) Hinge(float motorSpeed, float torque, Vec2? anchor = null)
    {
        var world = new World(default);
        var block = world.AddDynamic(default);
        world.AddFixture(block, Shape.Box(1, 1), Wood with { Density = 100 });
        var bar = world.AddDynamic(anchor is null ? new(0.5f, 0) : default);
        world.AddFixture(bar, Shape.Box(0.5f, 0.1f), Wood);
        var definition = new RevoluteJointDefinition(
            default, anchor ?? new(-0.5f, 0), 0, -0.5f, 0.5f, motorSpeed, torque);
        return (world.AddJoint(block, bar, definition), world);
    }

    private static (World World, Body Body) OverGround(float height)
    {
        var world = new World(new(0, -10));
        world.AddFixture(world.AddStatic(default), Shape.Edge(new(-5, 0), new(5, 0)), new FixtureDefinition());
        return (world, AddBox(world, new(0, height)));
    }

    private static Body AddBox(World world, Vec2 position)
    {
        var body = world.AddDynamic(position);
        world.AddFixture(body, Shape.Box(0.5f, 0.5f), Wood);
        return body;
    }

    private static void Step(World world, int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            world.Step(Seconds, 180, 60);
        }
    }
}
