using System.Runtime.CompilerServices;
using DqnAspire.Environments.Box2D.Physics.Dynamics;
using DqnAspire.Environments.Box2D.Physics.Geometry;

namespace DqnAspire.Environments.Box2D.Physics.Solving;

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
    private float _negativeMotorMass;
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
    private float _negativeInverseDeterminant3;
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
        RevoluteJoint joint,
        Span<BodyPosition> positions,
        Span<BodyVelocity> velocities,
        in TimeStep step,
        ref JointImpulse impulse)
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
        _negativeMotorMass = -1.0f / (_inverseInertiaA + _inverseInertiaB);
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
    /// <param name="a">The first body.</param>
    /// <param name="b">The second body.</param>
    /// <param name="impulse">What the joint has done so far.</param>
    /// <param name="replay">Receives what it does now.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void SolveVelocity(
        ref BodyVelocity a, ref BodyVelocity b, ref JointImpulse impulse, out JointReplay replay)
    {
        // What one line needs of another stays in locals: a joint's result is what the next one waits for.
        var wish = _negativeMotorMass * (b.Angular - a.Angular - _motorSpeed);
        var motor = Scalar.Clamp(impulse.Motor + wish, -_maxMotorImpulse, _maxMotorImpulse);
        var change = motor - impulse.Motor;
        var wa = a.Angular - (_inverseInertiaA * change);
        var wb = b.Angular + (_inverseInertiaB * change);

        var errorX = b.Linear.X - (wb * _armB.Y) - a.Linear.X + (wa * _armA.Y);
        var errorY = b.Linear.Y + (wb * _armB.X) - a.Linear.Y - (wa * _armA.X);
        float x;
        float y;
        float z;
        var isReleased = false;
        if (_limit == JointLimit.None)
        {
            (x, y) = SolvePoint(-errorX, -errorY);
            z = 0;
        }
        else
        {
            (x, y, z) = SolvePointAndLimit(errorX, errorY, wb - wa);
            if (Pulls(impulse.Limit + z))
            {
                (x, y) = SolvePoint((impulse.Limit * _xz) - errorX, (impulse.Limit * _yz) - errorY);
                z = -impulse.Limit;
                isReleased = true;
            }
        }

        a.Linear = new Vec2(a.Linear.X - (_inverseMassA * x), a.Linear.Y - (_inverseMassA * y));
        a.Angular = wa - (_inverseInertiaA * ((_armA.X * y) - (_armA.Y * x) + z));
        b.Linear = new Vec2(b.Linear.X + (_inverseMassB * x), b.Linear.Y + (_inverseMassB * y));
        b.Angular = wb + (_inverseInertiaB * ((_armB.X * y) - (_armB.Y * x) + z));
        impulse.X += x;
        impulse.Y += y;
        impulse.Limit += z;
        impulse.Motor = motor;
        replay.MotorWish = wish;
        replay.MotorChange = change;
        replay.X = x;
        replay.Y = y;
        replay.Limit = z;
        replay.IsReleased = isReleased;
    }

    /// <summary>
    /// Adds to the impulses what was added before, if an iteration from the same velocities would now do the same to
    /// them.
    /// </summary>
    /// <param name="replay">What was done from the same velocities.</param>
    /// <param name="impulse">What the joint has done so far; unchanged where it would do something else.</param>
    /// <returns>False when it would.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool TryReplay(in JointReplay replay, ref JointImpulse impulse)
    {
        var motor = Scalar.Clamp(impulse.Motor + replay.MotorWish, -_maxMotorImpulse, _maxMotorImpulse);
        var limit = impulse.Limit + replay.Limit;
        if (motor - impulse.Motor != replay.MotorChange || replay.IsReleased || Pulls(limit))
        {
            return false;
        }

        impulse.Motor = motor;
        impulse.Limit = limit;
        impulse.X += replay.X;
        impulse.Y += replay.Y;
        return true;
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

            var limitImpulse = _negativeMotorMass * correction;
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
        _negativeInverseDeterminant3 = -InverseOrZero((_xx * _crossX) + (_xy * _crossY) + (_xz * _crossZ));
    }

    /// <summary>Whether an impulse is one that a limit cannot give: limits push only.</summary>
    private readonly bool Pulls(float limit) =>
        (_limit == JointLimit.Lower && limit < 0) || (_limit == JointLimit.Upper && limit > 0);

    /// <summary>The impulse that takes an error of the point's velocity away; given the error's negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly (float X, float Y) SolvePoint(float x, float y) =>
        (_inverseDeterminant2 * ((_yy * x) - (_xy * y)), _inverseDeterminant2 * ((_xx * y) - (_xy * x)));

    /// <summary>
    /// The impulses that take errors of the point's velocity and of the turning rate away, by triple products.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly (float X, float Y, float Z) SolvePointAndLimit(float x, float y, float turn) => (
        _negativeInverseDeterminant3 * ((x * _crossX) + (y * _crossY) + (turn * _crossZ)),
        _negativeInverseDeterminant3
            * ((_xx * ((y * _zz) - (turn * _yz)))
                + (_xy * ((turn * _xz) - (x * _zz)))
                + (_xz * ((x * _yz) - (y * _xz)))),
        _negativeInverseDeterminant3
            * ((_xx * ((_yy * turn) - (_yz * y)))
                + (_xy * ((_yz * x) - (_xy * turn)))
                + (_xz * ((_xy * y) - (_yy * x)))));
}
