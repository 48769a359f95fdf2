using System.Globalization;

namespace DqnAspire.Environments.Box2D;

/// <summary>LunarLander as Gymnasium registers it.</summary>
public static class LunarLanderDefinition
{
    private const string Gravity = "gravity";
    private const string EnableWind = "enable_wind";
    private const string WindPower = "wind_power";
    private const string TurbulencePower = "turbulence_power";
    private const double MinGravity = -12.0;

    private static readonly LunarLanderOptions Defaults = new();

    /// <summary>LunarLander-v3.</summary>
    public static EnvironmentDefinition LunarLanderV3 { get; } = new(
        "LunarLander-v3",
        "Land a spacecraft between two flags on the moon, with a main engine and two side engines.",
        Create)
    {
        MaxEpisodeSteps = 1000,
        RewardThreshold = 200,
        Options =
        [
            new(Gravity, Text(Defaults.Gravity), "Vertical acceleration, between -12 and 0, both excluded."),
            new(EnableWind, "false", "true: wind pushes and turns the lander until a leg touches the ground."),
            new(WindPower, Text(Defaults.WindPower), "Maximum force of the wind, 0..20."),
            new(TurbulencePower, Text(Defaults.TurbulencePower), "Maximum torque of the wind, 0..2."),
        ],
    };

    private static LunarLander Create(EnvironmentOptions options)
    {
        var gravity = options.GetNumber(Gravity, MinGravity, 0.0);
        return gravity is > MinGravity and < 0
            ? new LunarLander(new LunarLanderOptions(
                gravity,
                options.GetBoolean(EnableWind),
                options.GetNumber(WindPower, 0.0, 20.0),
                options.GetNumber(TurbulencePower, 0.0, 2.0)))
            : throw options.Refuse(Gravity, "must be a number between -12 and 0, both excluded");
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
