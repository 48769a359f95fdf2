using DqnAspire.Core.Randomness;

namespace DqnAspire.Environments.Box2D;

/// <summary>Wind and turbulence: smooth functions of time that never repeat, each begun at a random point.</summary>
internal struct LunarWind
{
    private const int Range = 9999;

    /// <summary>Steps of wind so far, from the random start.</summary>
    public int WindStep;

    /// <summary>Steps of turbulence so far, from the random start.</summary>
    public int TurbulenceStep;

    /// <summary>Begins both anew.</summary>
    public void Begin(Pcg64 random)
    {
        WindStep = (int)random.Integers(-Range, Range);
        TurbulenceStep = (int)random.Integers(-Range, Range);
    }

    /// <summary>The next force to the right, in newtons, and torque, in newton metres.</summary>
    /// <param name="windPower">Maximum force.</param>
    /// <param name="turbulencePower">Maximum torque.</param>
    public (double Force, double Torque) Blow(double windPower, double turbulencePower) =>
        (Strength(WindStep++) * windPower, Strength(TurbulenceStep++) * turbulencePower);

    private static double Strength(int step) => Math.Tanh(Math.Sin(0.02 * step) + Math.Sin(Math.PI * 0.01 * step));
}
