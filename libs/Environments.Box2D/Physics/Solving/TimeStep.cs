namespace DqnAspire.Environments.Box2D.Physics.Solving;

/// <summary>How far and how thoroughly to solve.</summary>
/// <param name="Seconds">Length of the step.</param>
/// <param name="Ratio">Its length over that of the last one; 0 in the first.</param>
/// <param name="VelocityIterations">Iterations over velocities.</param>
/// <param name="PositionIterations">Maximum of iterations over positions.</param>
internal readonly record struct TimeStep(float Seconds, float Ratio, int VelocityIterations, int PositionIterations);
