using DqnAspire.Environments.Physics.Dynamics;
using DqnAspire.Environments.Physics.Geometry;

namespace DqnAspire.Environments.Physics.Solving;

/// <summary>
/// A hinge in one step. Its velocity part solves motor, limit and point together with the accumulated impulses kept
/// within what each can do; the limit and the point are one 3 x 3 system while the joint is at a limit.
/// </summary>
/// <remarks>After E. Catto, "Modeling and Solving Constraints" (GDC 2009).</remarks>
internal struct JointConstraint
{
    private RevoluteJoint _joint;
    private Vec2 _armA;
    private Vec2 _armB;
    private float _inverseMassA;
    private float _inverseMassB;
    private float _inverseInertiaA;
    private float _inverseInertiaB;
    private float _motorMass;
    private float _motorSpeed;
    private float _maxMotorImpulse;

    // The symmetric matrix of the system, its determinants' inverses and what of Cramer's rule does not change.
    private float _xx;
    private float _xy;
    private float _yy;
    private float _xz;
    private float _yz;
    private float _zz;
    private float _inverseDeterminant2;
    private float _inverseDeterminant3;
    private float _crossX;
    private float _crossY;
    private float _crossZ;
    private JointLimit _limit;

    /// <summary>Number of the first body in the island.</summary>
    public int IndexA;

    /// <summary>Number of the second body in the island.</summary>
    public int IndexB;

    /// <summary>Prepares the velocity part and applies the last step's impulses.</summary>
    public void Begin(
        RevoluteJoint joint, Span<BodyPosition> positions, Span<BodyVelocity> velocities, in TimeStep step, ref JointImpulse impulse)
    {
        _joint = joint;
        var (a, b) = (joint.A, joint.B);
        ref readonly var definition = ref joint.Definition;
        IndexA = a.IslandIndex;
        IndexB = b.IslandIndex;
        var angleA = positions[IndexA].Angle;
        var angleB = positions[IndexB].Angle;
        _armA = Rotation.By(angleA).Apply(definition.AnchorA - a.Sweep.LocalCenter);
        _armB = Rotation.By(angleB).Apply(definition.AnchorB - b.Sweep.LocalCenter);
        _inverseMassA = a.InverseMass;
        _inverseMassB = b.InverseMass;
        _inverseInertiaA = a.InverseInertia;
        _inverseInertiaB = b.InverseInertia;
        _motorMass = 1.0f / (_inverseInertiaA + _inverseInertiaB);
        _motorSpeed = definition.MotorSpeed;
        _maxMotorImpulse = step.Seconds * definition.MaxMotorTorque;
        FormMatrix();

        _limit = LimitAt(angleB - angleA - definition.ReferenceAngle, definition);
        impulse = joint.Impulse;
        if (_limit == JointLimit.None || _limit != joint.Limit)
        {
            impulse.Limit = 0;
        }

        joint.Limit = _limit;
        impulse.X *= step.Ratio;
        impulse.Y *= step.Ratio;
        impulse.Limit *= step.Ratio;
        impulse.Motor *= step.Ratio;

        var p = new Vec2(impulse.X, impulse.Y);
        ref var va = ref velocities[IndexA];
        ref var vb = ref velocities[IndexB];
        va.Linear -= _inverseMassA * p;
        va.Angular -= _inverseInertiaA * (Vec2.Cross(_armA, p) + impulse.Motor + impulse.Limit);
        vb.Linear += _inverseMassB * p;
        vb.Angular += _inverseInertiaB * (Vec2.Cross(_armB, p) + impulse.Motor + impulse.Limit);
    }

    /// <summary>One velocity iteration.</summary>
    public readonly void SolveVelocity(ref BodyVelocity a, ref BodyVelocity b, ref JointImpulse impulse)
    {
        var va = a.Linear;
        var vb = b.Linear;

        var motor = Scalar.Clamp(
            impulse.Motor + (-_motorMass * (b.Angular - a.Angular - _motorSpeed)), -_maxMotorImpulse, _maxMotorImpulse);
        var change = motor - impulse.Motor;
        impulse.Motor = motor;
        var wa = a.Angular - (_inverseInertiaA * change);
        var wb = b.Angular + (_inverseInertiaB * change);

        var error = vb + Vec2.Cross(wb, _armB) - va - Vec2.Cross(wa, _armA);
        Vec2 p;
        float angular;
        if (_limit == JointLimit.None)
        {
            p = Solve2(-error);
            angular = 0;
            impulse.X += p.X;
            impulse.Y += p.Y;
        }
        else
        {
            (p, angular) = SolveAtLimit(error, wb - wa, ref impulse);
        }

        a.Linear = va - (_inverseMassA * p);
        a.Angular = wa - (_inverseInertiaA * (Vec2.Cross(_armA, p) + angular));
        b.Linear = vb + (_inverseMassB * p);
        b.Angular = wb + (_inverseInertiaB * (Vec2.Cross(_armB, p) + angular));
    }

    /// <summary>One position iteration.</summary>
    /// <returns>Whether the errors are small.</returns>
    public readonly bool SolvePosition(ref BodyPosition a, ref BodyPosition b)
    {
        ref readonly var definition = ref _joint.Definition;
        var angleA = a.Angle;
        var angleB = b.Angle;
        var angularError = 0.0f;
        if (_limit != JointLimit.None)
        {
            var angle = angleB - angleA - definition.ReferenceAngle;
            float correction;
            if (_limit == JointLimit.Lower)
            {
                var excess = angle - definition.LowerAngle;
                angularError = -excess;
                correction = Scalar.Clamp(excess + Tuning.AngularSlop, -Tuning.MaxAngularCorrection, 0);
            }
            else
            {
                var excess = angle - definition.UpperAngle;
                angularError = excess;
                correction = Scalar.Clamp(excess - Tuning.AngularSlop, 0, Tuning.MaxAngularCorrection);
            }

            var limitImpulse = -_motorMass * correction;
            angleA -= _inverseInertiaA * limitImpulse;
            angleB += _inverseInertiaB * limitImpulse;
        }

        var armA = Rotation.By(angleA).Apply(definition.AnchorA - _joint.A.Sweep.LocalCenter);
        var armB = Rotation.By(angleB).Apply(definition.AnchorB - _joint.B.Sweep.LocalCenter);
        var error = b.Center + armB - a.Center - armA;

        var (mA, mB, iA, iB) = (_inverseMassA, _inverseMassB, _inverseInertiaA, _inverseInertiaB);
        var xx = mA + mB + (iA * armA.Y * armA.Y) + (iB * armB.Y * armB.Y);
        var xy = (-iA * armA.X * armA.Y) - (iB * armB.X * armB.Y);
        var yy = mA + mB + (iA * armA.X * armA.X) + (iB * armB.X * armB.X);
        var determinant = InverseOrZero((xx * yy) - (xy * xy));
        var impulse = new Vec2(
            -(determinant * ((yy * error.X) - (xy * error.Y))),
            -(determinant * ((xx * error.Y) - (xy * error.X))));

        a.Center -= mA * impulse;
        a.Angle = angleA - (iA * Vec2.Cross(armA, impulse));
        b.Center += mB * impulse;
        b.Angle = angleB + (iB * Vec2.Cross(armB, impulse));
        return error.Length <= Tuning.LinearSlop && angularError <= Tuning.AngularSlop;
    }

    private static JointLimit LimitAt(float angle, in RevoluteJointDefinition definition) =>
        angle <= definition.LowerAngle ? JointLimit.Lower
        : angle >= definition.UpperAngle ? JointLimit.Upper
        : JointLimit.None;

    private static float InverseOrZero(float determinant) => determinant != 0 ? 1.0f / determinant : determinant;

    private void FormMatrix()
    {
        var (mA, mB, iA, iB) = (_inverseMassA, _inverseMassB, _inverseInertiaA, _inverseInertiaB);
        _xx = mA + mB + (_armA.Y * _armA.Y * iA) + (_armB.Y * _armB.Y * iB);
        _xy = (-_armA.Y * _armA.X * iA) - (_armB.Y * _armB.X * iB);
        _xz = (-_armA.Y * iA) - (_armB.Y * iB);
        _yy = mA + mB + (_armA.X * _armA.X * iA) + (_armB.X * _armB.X * iB);
        _yz = (_armA.X * iA) + (_armB.X * iB);
        _zz = iA + iB;
        _inverseDeterminant2 = InverseOrZero((_xx * _yy) - (_xy * _xy));

        // The vector product of the second and the third column.
        _crossX = (_yy * _zz) - (_yz * _yz);
        _crossY = (_yz * _xz) - (_xy * _zz);
        _crossZ = (_xy * _yz) - (_yy * _xz);
        _inverseDeterminant3 = InverseOrZero((_xx * _crossX) + (_xy * _crossY) + (_xz * _crossZ));
    }

    private readonly Vec2 Solve2(Vec2 b) => new(
        _inverseDeterminant2 * ((_yy * b.X) - (_xy * b.Y)),
        _inverseDeterminant2 * ((_xx * b.Y) - (_xy * b.X)));

    /// <summary>Solves point and limit together; a limit that would pull is let go, and the point solved alone.</summary>
    private readonly (Vec2 Point, float Limit) SolveAtLimit(Vec2 error, float turn, ref JointImpulse impulse)
    {
        // Cramer's rule, by triple products.
        var x = -(_inverseDeterminant3 * ((error.X * _crossX) + (error.Y * _crossY) + (turn * _crossZ)));
        var y = -(_inverseDeterminant3
            * ((_xx * ((error.Y * _zz) - (turn * _yz)))
                + (_xy * ((turn * _xz) - (error.X * _zz)))
                + (_xz * ((error.X * _yz) - (error.Y * _xz)))));
        var z = -(_inverseDeterminant3
            * ((_xx * ((_yy * turn) - (_yz * error.Y)))
                + (_xy * ((_yz * error.X) - (_xy * turn)))
                + (_xz * ((_xy * error.Y) - (_yy * error.X)))));

        var limit = impulse.Limit + z;
        if (_limit == JointLimit.Lower ? limit < 0 : limit > 0)
        {
            var point = Solve2(-error + (impulse.Limit * new Vec2(_xz, _yz)));
            var released = -impulse.Limit;
            impulse.X += point.X;
            impulse.Y += point.Y;
            impulse.Limit = 0;
            return (point, released);
        }

        impulse.X += x;
        impulse.Y += y;
        impulse.Limit += z;
        return (new Vec2(x, y), z);
    }
}
