using System.Runtime.InteropServices;
using DqnAspire.Environments.BuiltIn;

namespace DqnAspire.Benchmarks.Environments;

/// <summary>Steps a second of the environments that are no Atari games, on one thread, resets included.</summary>
public sealed class EnvironmentsSuite : ISuite
{
    private const int StepsPerRound = 2_000;
    private const int Rounds = 300;

    /// <summary>
    /// LunarLander's steps a second with random actions in Gymnasium 1.2.3 on a machine of this kind, Python included.
    /// </summary>
    private const double GymnasiumLunarLander = 41_000;

    /// <inheritdoc/>
    public string Name => "environments";

    /// <inheritdoc/>
    public Task<IReadOnlyList<BenchmarkResult>> RunAsync(
        bool withPeer, double scale, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            IReadOnlyList<BenchmarkResult> results =
            [
                new(
                    "lunarlander-random",
                    Random("LunarLander-v3"),
                    "steps/s",
                    "Gymnasium (recorded)",
                    GymnasiumLunarLander),
                new("lunarlander-landing", Rate("LunarLander-v3", Land, scale, cancellationToken), "steps/s"),
                new("cartpole-random", Random("CartPole-v1"), "steps/s"),
                new("frozenlake-random", Random("FrozenLake-v1"), "steps/s"),
                new("lunarlander-picture", Picture(), "us"),
            ];
            return results;

            double Random(string id)
            {
                var random = new Random(1);
                var actions = BuiltInEnvironments.Registry.Create(id).ActionSpace.Count;
                return Rate(id, _ => random.Next(actions), scale, cancellationToken);
            }

            double Picture()
            {
                var environment = BuiltInEnvironments.Registry.Create("LunarLander-v3");
                var display = environment.Display!;
                var screen = new byte[display.ScreenHeight * display.ScreenWidth * 3];
                environment.Reset(1, new byte[environment.ObservationSpace.ByteCount]);
                var calls = (int)(StepsPerRound * scale);
                return Measurement.FastestNanoseconds(calls, () => display.ReadRgb(screen), cancellationToken) / 1e3;
            }
        },
        cancellationToken);

    private static double Rate(string id, Func<byte[], int> policy, double scale, CancellationToken cancellationToken)
    {
        var steps = Math.Max(1, (int)(StepsPerRound * scale));
        var environment = BuiltInEnvironments.Registry.Create(id);
        var observation = new byte[environment.ObservationSpace.ByteCount];
        environment.Reset(1, observation);
        return steps * 1e9 / Measurement.FastestNanoseconds(Rounds, PlayRound, cancellationToken);

        void PlayRound()
        {
            for (var step = 0; step < steps; step++)
            {
                if (environment.Step(policy(observation), observation).Ended)
                {
                    environment.Reset(null, observation);
                }
            }
        }
    }

    /// <summary>
    /// Comes down upright and slowly: two thirds of the steps are on the ground, where the most is to be solved.
    /// </summary>
    private static int Land(byte[] bytes)
    {
        var observation = MemoryMarshal.Cast<byte, float>(bytes);
        var isDown = observation[6] != 0 || observation[7] != 0;
        var wanted = Math.Clamp((0.5f * observation[0]) + observation[2], -0.4f, 0.4f);
        var tilt = isDown ? 0 : ((wanted - observation[4]) * 0.5f) - observation[5];
        var lift = isDown
            ? -0.5f * observation[3]
            : (0.5f * ((0.55f * Math.Abs(observation[0])) - observation[1])) - (0.5f * observation[3]);
        if (lift > Math.Abs(tilt) && lift > 0.05f)
        {
            return 2;
        }

        return tilt < -0.05f ? 3 : tilt > 0.05f ? 1 : 0;
    }
}
