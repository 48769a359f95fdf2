using DqnAspire.Environments.Box2D.Physics.Geometry;

namespace DqnAspire.Environments.Box2D.Physics.Dynamics;

/// <summary>A hinge that turns between limits, driven by a motor.</summary>
/// <param name="AnchorA">The hinge in the first body.</param>
/// <param name="AnchorB">The hinge in the second body.</param>
/// <param name="ReferenceAngle">Angle between the bodies, B - A, that counts as 0, in radians.</param>
/// <param name="LowerAngle">Minimum angle.</param>
/// <param name="UpperAngle">Maximum angle; more than 4 degrees above the minimum.</param>
/// <param name="MotorSpeed">What the motor drives at, in radians a second.</param>
/// <param name="MaxMotorTorque">What it can do, in newton metres; 0: there is no motor.</param>
internal readonly record struct RevoluteJointDefinition(
    Vec2 AnchorA,
    Vec2 AnchorB,
    float ReferenceAngle,
    float LowerAngle,
    float UpperAngle,
    float MotorSpeed,
    float MaxMotorTorque);
