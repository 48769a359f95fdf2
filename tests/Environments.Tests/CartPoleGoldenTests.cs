using System.Runtime.InteropServices;
using System.Text.Json;
using DqnAspire.Environments.BuiltIn;
using DqnAspire.Environments.ClassicControl;

namespace DqnAspire.Environments.Tests;

/// <summary>
/// CartPole against the recordings. With the recordings' C library everything is equal to the last bit. Elsewhere sin
/// and cos may differ in the last bit, which the unstable pole makes grow: single steps are still equal to 1e-13, whole
/// runs of random actions to single precision, and balancing runs to 1e-5 for 300 steps and in their flags to the end.
/// </summary>
[Trait("Category", "GoldenGym")]
public sealed class CartPoleGoldenTests
{
    private const double StepTolerance = 1e-13;
    private const float BalancingTolerance = 1e-5f;
    private const int BalancingStepsWithinTolerance = 300;

    public static TheoryData<string, int, string> Runs => GoldenRun.Cases(GoldenKind.CartPoleRuns);

    public static TheoryData<string> Checks => [.. GoldenFiles.Of(GoldenKind.CartPoleCheck)];

    [Theory]
    [MemberData(nameof(Runs))]
    public void Run_FollowsTheRecording(string file, int index, string label)
    {
        _ = label;
        var run = GoldenRun.Load(file, index);
        var cart = new CartPole();
        var environment = new TimeLimit(cart, GoldenFiles.Open(file).GetProperty("max_episode_steps").GetInt32());
        var observations = Rows(run.Element.GetProperty("obs"));
        var states = Rows(run.Element.GetProperty("state"));
        var lcg = new LcgPolicy((uint)run.Seed);
        var bytes = new byte[environment.ObservationSpace.ByteCount];
        var observation = MemoryMarshal.Cast<byte, float>(bytes.AsSpan());
        var exact = Platform.HasTheRecordingsMathLibrary;
        var balancing = run.Policy != "lcg";

        for (var t = 0; t < run.Actions.Length; t++)
        {
            if (run.Resets.TryGetValue(t, out var reset))
            {
                environment.Reset(GoldenRun.SeedOf(reset), bytes);
                Assert.Equal(Row(reset.GetProperty("state")), Values(cart.State));
                Assert.Equal(Floats(Row(reset.GetProperty("obs"))), observation.ToArray());
            }

            var action = run.Policy switch
            {
                "lcg" => lcg.Next(2),
                "pd" => observation[2] + (0.5 * observation[3]) > 0 ? 1 : 0,
                "pd_center" => observation[2] + (0.5 * observation[3])
                    + ((0.05 * observation[0]) + (0.1 * observation[1])) > 0 ? 1 : 0,
                _ => run.Actions[t],
            };
            var result = environment.Step(action, bytes);

            Assert.True(
                (run.Terminated[t], run.Truncated[t]) == (result.Terminated, result.Truncated), $"flags of step {t}");
            Assert.Equal(run.Rewards[t], result.Reward);
            if (exact)
            {
                Assert.True(run.Actions[t] == action, $"action of step {t}");
                Assert.True(
                    states[t].AsSpan().SequenceEqual(Values(cart.State)), $"state after step {t}: {cart.State}");
            }

            if (exact || !balancing)
            {
                Assert.True(Floats(observations[t]).AsSpan().SequenceEqual(observation), $"observation after step {t}");
            }
            else if (t < BalancingStepsWithinTolerance)
            {
                for (var i = 0; i < observation.Length; i++)
                {
                    Assert.Equal((float)observations[t][i], observation[i], BalancingTolerance);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void EachStep_FromTheRecordedState(string file, int index, string label)
    {
        _ = label;
        var run = GoldenRun.Load(file, index);
        var states = Rows(run.Element.GetProperty("state"));
        var cart = new CartPole();
        var bytes = new byte[cart.ObservationSpace.ByteCount];
        for (var t = 0; t < run.Actions.Length; t++)
        {
            cart.Reset(0, bytes);
            var from = run.Resets.TryGetValue(t, out var reset) ? Row(reset.GetProperty("state")) : states[t - 1];
            cart.State = new CartPoleState(from[0], from[1], from[2], from[3]);

            var result = cart.Step(run.Actions[t], bytes);

            Assert.Equal(run.Terminated[t], result.Terminated);
            var values = Values(cart.State);
            for (var i = 0; i < values.Length; i++)
            {
                Assert.Equal(states[t][i], values[i], StepTolerance);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Checks))]
    public void Sequence_FollowsTheRecording(string file)
    {
        var environment = BuiltInEnvironments.Registry.Create("CartPole-v1");
        var bytes = new byte[environment.ObservationSpace.ByteCount];
        foreach (var entry in GoldenFiles.Open(file).GetProperty("sequence").EnumerateArray())
        {
            var call = entry.GetProperty("op").GetString()!;
            var argument = call[(call.IndexOf('(', StringComparison.Ordinal) + 1)..^1];
            if (call.StartsWith("reset", StringComparison.Ordinal))
            {
                environment.Reset(argument.Length == 0 ? null : ulong.Parse(argument.Split('=')[1], null), bytes);
            }
            else
            {
                var result = environment.Step(int.Parse(argument, null), bytes);
                Assert.Equal(entry.GetProperty("reward").GetDouble(), result.Reward);
                Assert.Equal(entry.GetProperty("terminated").GetBoolean(), result.Terminated);
                Assert.Equal(entry.GetProperty("truncated").GetBoolean(), result.Truncated);
            }

            Assert.Equal(Floats(Row(entry.GetProperty("obs"))), MemoryMarshal.Cast<byte, float>(bytes).ToArray());
        }
    }

    private static double[] Values(CartPoleState state) =>
        [state.Position, state.Velocity, state.Angle, state.AngularVelocity];

    private static double[] Row(JsonElement row) => [.. row.EnumerateArray().Select(v => v.GetDouble())];

    private static double[][] Rows(JsonElement rows) => [.. rows.EnumerateArray().Select(Row)];

    private static float[] Floats(double[] row) => [.. row.Select(v => (float)v)];
}
