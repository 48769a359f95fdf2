namespace DqnAspire.Environments.Box2D;

/// <summary>What LunarLander can be told, with Gymnasium's names and defaults.</summary>
/// <param name="Gravity">Vertical acceleration in metres a second squared, between -12 and 0, both excluded.</param>
/// <param name="EnableWind">Whether wind pushes and turns the lander as long as no leg is on the ground.</param>
/// <param name="WindPower">Maximum force of the wind, in newtons.</param>
/// <param name="TurbulencePower">Maximum torque of the wind, in newton metres.</param>
public sealed record LunarLanderOptions(
    double Gravity = -10.0,
    bool EnableWind = false,
    double WindPower = 15.0,
    double TurbulencePower = 1.5);
