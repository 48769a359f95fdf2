using DqnAspire.Environments.Physics.Dynamics;
using DqnAspire.Environments.Physics.Geometry;

namespace DqnAspire.Environments.Physics.Solving;

/// <summary>
/// A contact in one step. Its velocity part solves friction first, then the normal impulses, of two points as one
/// complementarity problem; impulses are accumulated, and it is the sum that may not pull.
/// </summary>
/// <remarks>
/// After E. Catto, "Iterative Dynamics with Temporal Coherence" (2005) and "Fast and Simple Physics using Sequential
/// Impulses" (GDC 2006). Two points on one side are solved by trying all four cases (K. G. Murty).
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
    private float _inverseMassA;
    private float _inverseMassB;
    private float _inverseInertiaA;
    private float _inverseInertiaB;

    // The two points' symmetric matrix, and its inverse.
    private float _k11;
    private float _k12;
    private float _k22;
    private float _inverse11;
    private float _inverse12;
    private float _inverse22;

    /// <summary>Number of the first body in the island.</summary>
    public int IndexA;

    /// <summary>Number of the second body in the island.</summary>
    public int IndexB;

    /// <summary>Prepares the part that does not depend on where the bodies are.</summary>
    /// <param name="contact">The contact; it touches.</param>
    /// <param name="impulse">Receives the impulses to begin with.</param>
    /// <param name="ratio">What the last step's impulses are multiplied by.</param>
    /// <param name="warmStart">Whether to begin with the last step's impulses; otherwise with none.</param>
    public void Begin(Contact contact, ref ContactImpulse impulse, float ratio, bool warmStart)
    {
        _contact = contact;
        var (a, b) = (contact.A.Body, contact.B.Body);
        IndexA = a.IslandIndex;
        IndexB = b.IslandIndex;
        _inverseMassA = a.InverseMass;
        _inverseMassB = b.InverseMass;
        _inverseInertiaA = a.InverseInertia;
        _inverseInertiaB = b.InverseInertia;
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
    public void BeginVelocity(Span<BodyPosition> positions, Span<BodyVelocity> velocities)
    {
        ref readonly var manifold = ref _contact.Manifold;
        ref readonly var a = ref positions[IndexA];
        ref readonly var b = ref positions[IndexB];
        var placeA = Transform.AboutCenter(a.Center, a.Angle, _contact.A.Body.Sweep.LocalCenter);
        var placeB = Transform.AboutCenter(b.Center, b.Angle, _contact.B.Body.Sweep.LocalCenter);
        var (reference, other) = manifold.IsSideOfB ? (placeB, placeA) : (placeA, placeB);
        var normal = reference.Rotation.Apply(manifold.LocalNormal);
        var plane = reference.Apply(manifold.LocalPoint);
        _normal = manifold.IsSideOfB ? -normal : normal;

        var point1 = Midpoint(other.Apply(manifold.First.LocalPoint), plane, normal);
        BeginPoint(ref _point1, point1 - a.Center, point1 - b.Center, velocities);
        if (_pointCount == 2)
        {
            var point2 = Midpoint(other.Apply(manifold.Second.LocalPoint), plane, normal);
            BeginPoint(ref _point2, point2 - a.Center, point2 - b.Center, velocities);
            FormMatrix();
        }
    }

    /// <summary>Applies the impulses to begin with.</summary>
    public readonly void WarmStart(ref BodyVelocity a, ref BodyVelocity b, in ContactImpulse impulse)
    {
        var tangent = Vec2.RightOf(_normal);
        Apply(ref a, ref b, _point1, (impulse.Normal1 * _normal) + (impulse.Tangent1 * tangent));
        if (_pointCount == 2)
        {
            Apply(ref a, ref b, _point2, (impulse.Normal2 * _normal) + (impulse.Tangent2 * tangent));
        }
    }

    /// <summary>One velocity iteration.</summary>
    public readonly void SolveVelocity(ref BodyVelocity a, ref BodyVelocity b, ref ContactImpulse impulse)
    {
        SolveFriction(ref a, ref b, _point1, impulse.Normal1, ref impulse.Tangent1);
        if (_pointCount == 2)
        {
            SolveFriction(ref a, ref b, _point2, impulse.Normal2, ref impulse.Tangent2);
            SolveBoth(ref a, ref b, ref impulse);
        }
        else
        {
            var speed = Vec2.Dot(Approach(a, b, _point1), _normal);
            var normal = Scalar.Max(impulse.Normal1 + (-_point1.NormalMass * (speed - _point1.Bounce)), 0);
            var change = normal - impulse.Normal1;
            impulse.Normal1 = normal;
            Apply(ref a, ref b, _point1, change * _normal);
        }
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

    /// <summary>One position iteration: pushes the bodies apart where they overlap by more than the slop.</summary>
    /// <param name="a">The first body.</param>
    /// <param name="b">The second body.</param>
    /// <param name="moveA">Whether the first body may be moved.</param>
    /// <param name="moveB">Whether the second body may be moved.</param>
    /// <param name="rate">Part of the overlap to take away.</param>
    /// <returns>The least separation that was found, not above 0.</returns>
    public readonly float SolvePosition(ref BodyPosition a, ref BodyPosition b, bool moveA, bool moveB, float rate)
    {
        var least = SolvePoint(_contact.Manifold.First.LocalPoint, ref a, ref b, moveA, moveB, rate);
        return _contact.Manifold.Count == 2
            ? Scalar.Min(least, SolvePoint(_contact.Manifold.Second.LocalPoint, ref a, ref b, moveA, moveB, rate))
            : least;
    }

    /// <summary>Halfway between the skins of the two shapes.</summary>
    private static Vec2 Midpoint(Vec2 clipped, Vec2 plane, Vec2 normal)
    {
        var ofReference = clipped + ((Tuning.SkinRadius - Vec2.Dot(clipped - plane, normal)) * normal);
        var ofOther = clipped - (Tuning.SkinRadius * normal);
        return 0.5f * (ofReference + ofOther);
    }

    private static Vec2 Approach(in BodyVelocity a, in BodyVelocity b, in ContactPoint point) =>
        b.At(point.ArmB) - a.Linear - Vec2.Cross(a.Angular, point.ArmA);

    private readonly void BeginPoint(ref ContactPoint point, Vec2 armA, Vec2 armB, Span<BodyVelocity> velocities)
    {
        point.ArmA = armA;
        point.ArmB = armB;
        point.NormalMass = MassAlong(_normal, armA, armB);
        point.TangentMass = MassAlong(Vec2.RightOf(_normal), armA, armB);
        var speed = Vec2.Dot(_normal, Approach(velocities[IndexA], velocities[IndexB], point));
        point.Bounce = speed < -Tuning.BounceThreshold ? -_contact.Restitution * speed : 0;
    }

    private readonly float MassAlong(Vec2 direction, Vec2 armA, Vec2 armB)
    {
        var inverse = InverseMassAlong(Vec2.Cross(armA, direction), Vec2.Cross(armB, direction));
        return inverse > 0 ? 1.0f / inverse : 0;
    }

    private readonly float InverseMassAlong(float leverA, float leverB) =>
        _inverseMassA + _inverseMassB + (_inverseInertiaA * leverA * leverA) + (_inverseInertiaB * leverB * leverB);

    private void FormMatrix()
    {
        var lever1A = Vec2.Cross(_point1.ArmA, _normal);
        var lever1B = Vec2.Cross(_point1.ArmB, _normal);
        var lever2A = Vec2.Cross(_point2.ArmA, _normal);
        var lever2B = Vec2.Cross(_point2.ArmB, _normal);
        _k11 = InverseMassAlong(lever1A, lever1B);
        _k22 = InverseMassAlong(lever2A, lever2B);
        _k12 = _inverseMassA + _inverseMassB + (_inverseInertiaA * lever1A * lever2A) + (_inverseInertiaB * lever1B * lever2B);

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

    private readonly void SolveFriction(
        ref BodyVelocity a, ref BodyVelocity b, in ContactPoint point, float normalImpulse, ref float tangentImpulse)
    {
        var tangent = Vec2.RightOf(_normal);
        var speed = Vec2.Dot(Approach(a, b, point), tangent);
        var most = _friction * normalImpulse;
        var impulse = Scalar.Clamp(tangentImpulse + (point.TangentMass * -speed), -most, most);
        var change = impulse - tangentImpulse;
        tangentImpulse = impulse;
        Apply(ref a, ref b, point, change * tangent);
    }

    /// <summary>
    /// Finds total impulses x of both points for which each speed v = K x + b is at least 0, x too, and one of them 0: both
    /// points touch, the first alone, the second alone, none. Where no case fits, nothing is done.
    /// </summary>
    private readonly void SolveBoth(ref BodyVelocity a, ref BodyVelocity b, ref ContactImpulse impulse)
    {
        var old1 = impulse.Normal1;
        var old2 = impulse.Normal2;
        var b1 = Vec2.Dot(Approach(a, b, _point1), _normal) - _point1.Bounce - ((_k11 * old1) + (_k12 * old2));
        var b2 = Vec2.Dot(Approach(a, b, _point2), _normal) - _point2.Bounce - ((_k12 * old1) + (_k22 * old2));

        var x1 = -((_inverse11 * b1) + (_inverse12 * b2));
        var x2 = -((_inverse12 * b1) + (_inverse22 * b2));
        if (!(x1 >= 0 && x2 >= 0))
        {
            x1 = -_point1.NormalMass * b1;
            x2 = 0;
            if (!(x1 >= 0 && (_k12 * x1) + b2 >= 0))
            {
                x1 = 0;
                x2 = -_point2.NormalMass * b2;
                if (!(x2 >= 0 && (_k12 * x2) + b1 >= 0))
                {
                    x2 = 0;
                    if (!(b1 >= 0 && b2 >= 0))
                    {
                        return;
                    }
                }
            }
        }

        impulse.Normal1 = x1;
        impulse.Normal2 = x2;
        var p1 = (x1 - old1) * _normal;
        var p2 = (x2 - old2) * _normal;
        var p = p1 + p2;
        a.Linear -= _inverseMassA * p;
        a.Angular -= _inverseInertiaA * (Vec2.Cross(_point1.ArmA, p1) + Vec2.Cross(_point2.ArmA, p2));
        b.Linear += _inverseMassB * p;
        b.Angular += _inverseInertiaB * (Vec2.Cross(_point1.ArmB, p1) + Vec2.Cross(_point2.ArmB, p2));
    }

    private readonly void Apply(ref BodyVelocity a, ref BodyVelocity b, in ContactPoint point, Vec2 impulse)
    {
        a.Linear -= _inverseMassA * impulse;
        a.Angular -= _inverseInertiaA * Vec2.Cross(point.ArmA, impulse);
        b.Linear += _inverseMassB * impulse;
        b.Angular += _inverseInertiaB * Vec2.Cross(point.ArmB, impulse);
    }

    private readonly float SolvePoint(Vec2 localPoint, ref BodyPosition a, ref BodyPosition b, bool moveA, bool moveB, float rate)
    {
        ref readonly var manifold = ref _contact.Manifold;
        var placeA = Transform.AboutCenter(a.Center, a.Angle, _contact.A.Body.Sweep.LocalCenter);
        var placeB = Transform.AboutCenter(b.Center, b.Angle, _contact.B.Body.Sweep.LocalCenter);
        var (reference, other) = manifold.IsSideOfB ? (placeB, placeA) : (placeA, placeB);
        var normal = reference.Rotation.Apply(manifold.LocalNormal);
        var plane = reference.Apply(manifold.LocalPoint);
        var point = other.Apply(localPoint);
        var separation = Vec2.Dot(point - plane, normal) - Tuning.SkinRadius - Tuning.SkinRadius;
        if (manifold.IsSideOfB)
        {
            normal = -normal;
        }

        var armA = point - a.Center;
        var armB = point - b.Center;
        var correction = Scalar.Clamp(rate * (separation + Tuning.LinearSlop), -Tuning.MaxLinearCorrection, 0);
        var (massA, inertiaA) = moveA ? (_inverseMassA, _inverseInertiaA) : (0.0f, 0.0f);
        var (massB, inertiaB) = moveB ? (_inverseMassB, _inverseInertiaB) : (0.0f, 0.0f);
        var leverA = Vec2.Cross(armA, normal);
        var leverB = Vec2.Cross(armB, normal);
        var inverse = massA + massB + (inertiaA * leverA * leverA) + (inertiaB * leverB * leverB);
        var impulse = (inverse > 0 ? -correction / inverse : 0) * normal;

        a.Center -= massA * impulse;
        a.Angle -= inertiaA * Vec2.Cross(armA, impulse);
        b.Center += massB * impulse;
        b.Angle += inertiaB * Vec2.Cross(armB, impulse);
        return Scalar.Min(0, separation);
    }
}
