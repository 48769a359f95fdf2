namespace DqnAspire.Environments.ClassicControl;

/// <summary>The state of the cart and the pole in double precision; observations are this rounded to single.</summary>
/// <param name="Position">Position of the cart, in metres from the centre.</param>
/// <param name="Velocity">Velocity of the cart, in metres a second.</param>
/// <param name="Angle">Angle of the pole from upright, in radians.</param>
/// <param name="AngularVelocity">Angular velocity of the pole, in radians a second.</param>
public readonly record struct CartPoleState(double Position, double Velocity, double Angle, double AngularVelocity);
