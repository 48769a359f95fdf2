using DqnAspire.Environments.Box2D.Physics.Geometry;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments.Box2D.Physics.Dynamics;

/// <summary>A rigid body: static, or dynamic with the mass of its fixtures.</summary>
internal sealed class Body
{
    /// <summary>Whether forces and contacts move it.</summary>
    public bool IsDynamic { get; private set; }

    /// <summary>Mass in kilograms; 0 for a static body.</summary>
    public float Mass { get; private set; }

    /// <summary>Moment of inertia about the centre of mass.</summary>
    public float Inertia { get; private set; }

    /// <summary>1 / mass; 0 for a static body.</summary>
    public float InverseMass { get; private set; }

    /// <summary>1 / inertia; 0 for a static body.</summary>
    public float InverseInertia { get; private set; }

    /// <summary>Whether it is simulated; a body that has been still for a while is not.</summary>
    public bool IsAwake { get; private set; }

    /// <summary>Seconds for which it has been still.</summary>
    public float StillTime { get; set; }

    /// <summary>Where it is.</summary>
    public Transform Place { get; private set; }

    /// <summary>Where it was when its way began.</summary>
    public Transform PlaceAtStart => Transform.AboutCenter(Sweep.StartCenter, Sweep.StartAngle, Sweep.LocalCenter);

    /// <summary>Its angle in radians, whole turns included.</summary>
    public float Angle => Sweep.Angle;

    /// <summary>Its way through the last step.</summary>
    public Sweep Sweep;

    /// <summary>Velocity of the centre of mass, in metres a second.</summary>
    public Vec2 Velocity;

    /// <summary>Angular velocity, in radians a second.</summary>
    public float TurnRate;

    /// <summary>Force on the centre of mass in the next step, in newtons.</summary>
    public Vec2 Force;

    /// <summary>Torque in the next step, in newton metres.</summary>
    public float Torque;

    /// <summary>Whether it belongs to the group of bodies that is being solved.</summary>
    public bool IsInIsland;

    /// <summary>Its number in that group.</summary>
    public int IslandIndex;

    /// <summary>Makes it a new body at rest.</summary>
    /// <param name="isDynamic">Whether forces and contacts move it.</param>
    /// <param name="position">Where its origin is.</param>
    /// <param name="angle">In radians.</param>
    public void Begin(bool isDynamic, Vec2 position, float angle)
    {
        IsDynamic = isDynamic;
        Place = new Transform(position, Rotation.By(angle));
        Sweep = new Sweep { StartCenter = position, Center = position, StartAngle = angle, Angle = angle };
        Velocity = default;
        TurnRate = 0;
        Force = default;
        Torque = 0;
        IsAwake = true;
        StillTime = 0;
        IsInIsland = false;
        Mass = InverseMass = isDynamic ? 1 : 0;
        Inertia = InverseInertia = 0;
    }

    /// <summary>Gives it a mass.</summary>
    /// <param name="mass">Mass in kilograms, above 0; less counts as 1.</param>
    /// <param name="weightedCenter">Sum over the parts of mass times centre.</param>
    /// <param name="inertiaAtOrigin">Moment of inertia about its origin; 0: it does not turn.</param>
    public void SetMass(float mass, Vec2 weightedCenter, float inertiaAtOrigin)
    {
        Mass = mass > 0 ? mass : 1;
        InverseMass = 1.0f / Mass;
        var center = mass > 0 ? InverseMass * weightedCenter : weightedCenter;
        Inertia = inertiaAtOrigin > 0 ? inertiaAtOrigin - (Mass * Vec2.Dot(center, center)) : 0;
        InverseInertia = Inertia > 0 ? 1.0f / Inertia : 0;

        var before = Sweep.Center;
        Sweep.LocalCenter = center;
        Sweep.Center = Sweep.StartCenter = Place.Apply(center);
        Velocity += Vec2.Cross(TurnRate, Sweep.Center - before);
    }

    /// <summary>Pushes the centre of mass through the next step.</summary>
    /// <param name="force">In newtons.</param>
    public void ApplyForce(Vec2 force)
    {
        if (IsDynamic)
        {
            WakeUp();
            Force += force;
        }
    }

    /// <summary>Turns it through the next step.</summary>
    /// <param name="torque">In newton metres.</param>
    public void ApplyTorque(float torque)
    {
        if (IsDynamic)
        {
            WakeUp();
            Torque += torque;
        }
    }

    /// <summary>Changes its velocity at once.</summary>
    /// <param name="impulse">In newton seconds.</param>
    /// <param name="point">Where in the world it acts.</param>
    public void ApplyImpulse(Vec2 impulse, Vec2 point)
    {
        if (IsDynamic)
        {
            WakeUp();
            Velocity += InverseMass * impulse;
            TurnRate += InverseInertia * Vec2.Cross(point - Sweep.Center, impulse);
        }
    }

    /// <summary>Has it simulated again.</summary>
    public void WakeUp()
    {
        if (!IsAwake)
        {
            IsAwake = true;
            StillTime = 0;
        }
    }

    /// <summary>Takes its movement from it until something wakes it.</summary>
    public void FallAsleep()
    {
        IsAwake = false;
        StillTime = 0;
        Velocity = default;
        TurnRate = 0;
        Force = default;
        Torque = 0;
    }

    /// <summary>Writes what changes from step to step.</summary>
    public void SaveState(StateWriter writer)
    {
        writer.Write(Place.Position);
        writer.Write(Place.Rotation.Sin);
        writer.Write(Place.Rotation.Cos);
        writer.Write(Sweep.StartCenter);
        writer.Write(Sweep.Center);
        writer.Write(Sweep.StartAngle);
        writer.Write(Sweep.Angle);
        writer.Write(Velocity);
        writer.Write(TurnRate);
        writer.Write(Force);
        writer.Write(Torque);
        writer.Write(IsAwake);
        writer.Write(StillTime);
    }

    /// <summary>Takes over what a body of the same make has saved.</summary>
    public void RestoreState(StateReader reader)
    {
        Place = new Transform(reader.ReadVec2(), new Rotation(reader.ReadSingle(), reader.ReadSingle()));
        Sweep.StartCenter = reader.ReadVec2();
        Sweep.Center = reader.ReadVec2();
        Sweep.StartAngle = reader.ReadSingle();
        Sweep.Angle = reader.ReadSingle();
        Velocity = reader.ReadVec2();
        TurnRate = reader.ReadSingle();
        Force = reader.ReadVec2();
        Torque = reader.ReadSingle();
        IsAwake = reader.ReadBoolean();
        StillTime = reader.ReadSingle();
    }

    /// <summary>Puts it where its way ends.</summary>
    public void MoveToEnd() => Place = Transform.AboutCenter(Sweep.Center, Sweep.Angle, Sweep.LocalCenter);

    /// <summary>Lets its way end at a part of the step, and puts it there.</summary>
    /// <param name="done">The part of the step, 0..1.</param>
    public void StopAt(float done)
    {
        Sweep.Advance(done);
        Sweep.Center = Sweep.StartCenter;
        Sweep.Angle = Sweep.StartAngle;
        MoveToEnd();
    }
}
