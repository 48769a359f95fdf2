using System.Runtime.CompilerServices;
using DqnAspire.Environments.Box2D.Physics.Dynamics;
using DqnAspire.Environments.Box2D.Physics.Geometry;

namespace DqnAspire.Environments.Box2D.Physics.Solving;

/// <summary>
/// A contact with the ground in one step. Its velocity part solves friction first, then the normal impulses, of two
/// points as one complementarity problem; impulses are accumulated, and it is the sum that may not pull.
/// </summary>
/// <remarks>
/// After E. Catto, "Iterative Dynamics with Temporal Coherence" (2005) and "Fast and Simple Physics using Sequential
/// Impulses" (GDC 2006). Two points on one side are solved by trying all four cases (K. G. Murty). The ground has no
/// velocity and no inverse mass, so the terms that it has in the general formulas, zeros all, are left out.
/// </remarks>
internal struct ContactConstraint
{
    // Beyond this the two points say the same, and one is solved.
    private const float MaxConditionNumber = 1000.0f;

    private Contact _contact;
    private ContactPoint _point1;
    private ContactPoint _point2;
    private int _pointCount;
    private Vec2 _normal;
    private float _friction;
    private float _inverseMass;
    private float _inverseInertia;

    // The two points' symmetric matrix, and its inverse.
    private float _k11;
    private float _k12;
    private float _k22;
    private float _inverse11;
    private float _inverse12;
    private float _inverse22;

    /// <summary>Number of the body in the island.</summary>
    public int Index;

    /// <summary>Prepares the part that does not depend on where the body is.</summary>
    /// <param name="contact">The contact; it touches.</param>
    /// <param name="impulse">Receives the impulses to begin with.</param>
    /// <param name="ratio">What the last step's impulses are multiplied by.</param>
    /// <param name="warmStart">Whether to begin with the last step's impulses; otherwise with none.</param>
    public void Begin(Contact contact, ref ContactImpulse impulse, float ratio, bool warmStart)
    {
        _contact = contact;
        Index = contact.Body.IslandIndex;
        _inverseMass = contact.Body.InverseMass;
        _inverseInertia = contact.Body.InverseInertia;
        _friction = contact.Friction;
        _pointCount = contact.Manifold.Count;
        impulse = default;
        if (warmStart)
        {
            ref readonly var manifold = ref contact.Manifold;
            impulse.Normal1 = ratio * manifold.First.NormalImpulse;
            impulse.Tangent1 = ratio * manifold.First.TangentImpulse;
            if (_pointCount == 2)
            {
                impulse.Normal2 = ratio * manifold.Second.NormalImpulse;
                impulse.Tangent2 = ratio * manifold.Second.TangentImpulse;
            }
        }
    }

    /// <summary>Prepares the velocity part.</summary>
    public void BeginVelocity(in BodyPosition position, in BodyVelocity velocity)
    {
        ref readonly var manifold = ref _contact.Manifold;
        var (normal, plane, other) = Reference(position);
        _normal = manifold.IsSideOfB ? -normal : normal;
        var point1 = Midpoint(other.Apply(manifold.First.LocalPoint), plane, normal);
        BeginPoint(ref _point1, point1 - position.Center, velocity);
        if (_pointCount == 2)
        {
            var point2 = Midpoint(other.Apply(manifold.Second.LocalPoint), plane, normal);
            BeginPoint(ref _point2, point2 - position.Center, velocity);
            FormMatrix();
        }
    }

    /// <summary>Applies the impulses to begin with.</summary>
    public readonly void WarmStart(ref BodyVelocity velocity, in ContactImpulse impulse)
    {
        var tangent = Vec2.RightOf(_normal);
        Apply(ref velocity, _point1, (impulse.Normal1 * _normal) + (impulse.Tangent1 * tangent));
        if (_pointCount == 2)
        {
            Apply(ref velocity, _point2, (impulse.Normal2 * _normal) + (impulse.Tangent2 * tangent));
        }
    }

    /// <summary>One velocity iteration.</summary>
    public readonly void SolveVelocity(ref BodyVelocity body, ref ContactImpulse impulse)
    {
        // A copy stays in registers between the parts, each of which waits for the last one's result.
        var velocity = body;
        SolveFriction(ref velocity, _point1, impulse.Normal1, ref impulse.Tangent1);
        if (_pointCount == 2)
        {
            SolveFriction(ref velocity, _point2, impulse.Normal2, ref impulse.Tangent2);
            SolveBoth(ref velocity, ref impulse);
        }
        else
        {
            var speed = Vec2.Dot(velocity.At(_point1.Arm), _normal);
            var normal = Scalar.Max(impulse.Normal1 - (_point1.NormalMass * (speed - _point1.Bounce)), 0);
            var change = normal - impulse.Normal1;
            impulse.Normal1 = normal;
            Apply(ref velocity, _point1, change * _normal);
        }

        body = velocity;
    }

    /// <summary>Keeps the impulses for the next step to begin with.</summary>
    public readonly void Store(in ContactImpulse impulse)
    {
        ref var manifold = ref _contact.Manifold;
        manifold.First.NormalImpulse = impulse.Normal1;
        manifold.First.TangentImpulse = impulse.Tangent1;
        if (_pointCount == 2)
        {
            manifold.Second.NormalImpulse = impulse.Normal2;
            manifold.Second.TangentImpulse = impulse.Tangent2;
        }
    }

    /// <summary>One position iteration: pushes the body out where it is in the ground by more than the slop.</summary>
    /// <param name="position">Where the body is.</param>
    /// <param name="rate">Part of the overlap to take away.</param>
    /// <returns>The least separation that was found, not above 0.</returns>
    public readonly float SolvePosition(ref BodyPosition position, float rate)
    {
        var least = SolvePoint(_contact.Manifold.First.LocalPoint, ref position, rate);
        return _contact.Manifold.Count == 2
            ? Scalar.Min(least, SolvePoint(_contact.Manifold.Second.LocalPoint, ref position, rate))
            : least;
    }

    /// <summary>Halfway between the skins of the two shapes.</summary>
    private static Vec2 Midpoint(Vec2 clipped, Vec2 plane, Vec2 normal)
    {
        var ofReference = clipped + ((Tuning.SkinRadius - Vec2.Dot(clipped - plane, normal)) * normal);
        var ofOther = clipped - (Tuning.SkinRadius * normal);
        return 0.5f * (ofReference + ofOther);
    }

    /// <summary>
    /// The reference side's direction and one of its points in the world, and the place of the other shape.
    /// </summary>
    private readonly (Vec2 Normal, Vec2 Plane, Transform Other) Reference(in BodyPosition position)
    {
        ref readonly var manifold = ref _contact.Manifold;
        var ground = _contact.Edge.Body.Place;
        var body = Transform.AboutCenter(position.Center, position.Angle, _contact.Body.Sweep.LocalCenter);
        var (reference, other) = manifold.IsSideOfB ? (body, ground) : (ground, body);
        return (reference.Rotation.Apply(manifold.LocalNormal), reference.Apply(manifold.LocalPoint), other);
    }

    private readonly void BeginPoint(ref ContactPoint point, Vec2 arm, in BodyVelocity velocity)
    {
        point.Arm = arm;
        point.NormalMass = 1.0f / InverseMassAlong(Vec2.Cross(arm, _normal));
        point.TangentMass = 1.0f / InverseMassAlong(Vec2.Cross(arm, Vec2.RightOf(_normal)));
        var speed = Vec2.Dot(_normal, velocity.At(arm));
        point.Bounce = speed < -Tuning.BounceThreshold ? -_contact.Restitution * speed : 0;
    }

    private readonly float InverseMassAlong(float lever) => _inverseMass + (_inverseInertia * lever * lever);

    private void FormMatrix()
    {
        var lever1 = Vec2.Cross(_point1.Arm, _normal);
        var lever2 = Vec2.Cross(_point2.Arm, _normal);
        _k11 = InverseMassAlong(lever1);
        _k22 = InverseMassAlong(lever2);
        _k12 = _inverseMass + (_inverseInertia * lever1 * lever2);

        var determinant = (_k11 * _k22) - (_k12 * _k12);
        if (_k11 * _k11 < MaxConditionNumber * determinant)
        {
            var inverse = 1.0f / determinant;
            _inverse11 = inverse * _k22;
            _inverse12 = -inverse * _k12;
            _inverse22 = inverse * _k11;
        }
        else
        {
            _pointCount = 1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void SolveFriction(
        ref BodyVelocity velocity, in ContactPoint point, float normalImpulse, ref float tangentImpulse)
    {
        var tangent = Vec2.RightOf(_normal);
        var speed = Vec2.Dot(velocity.At(point.Arm), tangent);
        var most = _friction * normalImpulse;
        var impulse = Scalar.Clamp(tangentImpulse - (point.TangentMass * speed), -most, most);
        var change = impulse - tangentImpulse;
        tangentImpulse = impulse;
        Apply(ref velocity, point, change * tangent);
    }

    /// <summary>
    /// Finds total impulses x of both points for which each speed v = K x + b is at least 0, x too, and one of them 0:
    /// both points touch, the first alone, the second alone, none. Where no case fits, nothing is done.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void SolveBoth(ref BodyVelocity velocity, ref ContactImpulse impulse)
    {
        var old1 = impulse.Normal1;
        var old2 = impulse.Normal2;
        var b1 = Vec2.Dot(velocity.At(_point1.Arm), _normal) - _point1.Bounce - ((_k11 * old1) + (_k12 * old2));
        var b2 = Vec2.Dot(velocity.At(_point2.Arm), _normal) - _point2.Bounce - ((_k12 * old1) + (_k22 * old2));

        var x1 = -((_inverse11 * b1) + (_inverse12 * b2));
        var x2 = -((_inverse12 * b1) + (_inverse22 * b2));
        if (!(x1 >= 0 && x2 >= 0) && !TrySolveOne(b1, b2, out x1, out x2))
        {
            return;
        }

        impulse.Normal1 = x1;
        impulse.Normal2 = x2;
        var p1 = (x1 - old1) * _normal;
        var p2 = (x2 - old2) * _normal;
        velocity.Linear += _inverseMass * (p1 + p2);
        velocity.Angular += _inverseInertia * (Vec2.Cross(_point1.Arm, p1) + Vec2.Cross(_point2.Arm, p2));
    }

    private readonly bool TrySolveOne(float b1, float b2, out float x1, out float x2)
    {
        x1 = -_point1.NormalMass * b1;
        x2 = 0;
        if (x1 >= 0 && (_k12 * x1) + b2 >= 0)
        {
            return true;
        }

        x1 = 0;
        x2 = -_point2.NormalMass * b2;
        if (x2 >= 0 && (_k12 * x2) + b1 >= 0)
        {
            return true;
        }

        x2 = 0;
        return b1 >= 0 && b2 >= 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Apply(ref BodyVelocity velocity, in ContactPoint point, Vec2 impulse)
    {
        velocity.Linear += _inverseMass * impulse;
        velocity.Angular += _inverseInertia * Vec2.Cross(point.Arm, impulse);
    }

    private readonly float SolvePoint(Vec2 localPoint, ref BodyPosition position, float rate)
    {
        var (normal, plane, other) = Reference(position);
        var point = other.Apply(localPoint);
        var separation = Vec2.Dot(point - plane, normal) - Tuning.SkinRadius - Tuning.SkinRadius;
        if (_contact.Manifold.IsSideOfB)
        {
            normal = -normal;
        }

        var arm = point - position.Center;
        var correction = Scalar.Clamp(rate * (separation + Tuning.LinearSlop), -Tuning.MaxLinearCorrection, 0);
        var impulse = (-correction / InverseMassAlong(Vec2.Cross(arm, normal))) * normal;
        position.Center += _inverseMass * impulse;
        position.Angle += _inverseInertia * Vec2.Cross(arm, impulse);
        return Scalar.Min(0, separation);
    }
}
