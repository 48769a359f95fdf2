using System.Runtime.InteropServices;
using DqnAspire.Environments.Box2D;
using DqnAspire.Environments.BuiltIn;
using DqnAspire.Environments.State;
using FsCheck;
using FsCheck.Fluent;

namespace DqnAspire.Environments.Tests.Box2D;

public sealed class LunarLanderTests
{
    private const int Noop = 0;
    private const int MainEngine = 2;

    [Fact]
    public void TheHeuristic_LandsAndComesToRest()
    {
        var lander = new LunarLander();
        var observation = new float[8];
        lander.Reset(8, MemoryMarshal.AsBytes(observation.AsSpan()));
        var (result, sum) = Play(lander, observation, o => LunarHeuristic.Act(o), 1000);
        Assert.Equal(100, result.Reward);
        Assert.True(sum > 150, $"return {sum}");
        Assert.False(lander.Craft.Lander.IsAwake);
        Assert.Contains(1f, observation[6..]);
    }

    [Fact]
    public void AFreeFall_Crashes()
    {
        var lander = new LunarLander();
        var observation = new float[8];
        lander.Reset(3, MemoryMarshal.AsBytes(observation.AsSpan()));
        var (result, _) = Play(lander, observation, _ => Noop, 1000);
        Assert.Equal(-100, result.Reward);
        Assert.True(result.Terminated);
    }

    /// <summary>In free fall the reward is the change of the potential, which the observation gives.</summary>
    [Theory]
    [InlineData(Noop, 0)]
    [InlineData(1, 0.03)]
    [InlineData(MainEngine, 0.3)]
    [InlineData(3, 0.03)]
    public void Reward_IsTheChangeOfThePotentialLessFuel(int action, double fuel)
    {
        var lander = new LunarLander();
        var observation = new float[8];
        var bytes = MemoryMarshal.AsBytes(observation.AsSpan());
        lander.Reset(5, bytes);
        var before = Potential(observation);
        var reward = lander.Step(action, bytes).Reward;
        Assert.Equal(Potential(observation) - before - fuel, reward, 1e-4);
    }

    [Fact]
    public void Wind_PushesTheLander()
    {
        float[] calm = new float[8], windy = new float[8];
        var inWind = new LunarLander(new LunarLanderOptions(EnableWind: true));
        var inCalm = new LunarLander();
        inCalm.Reset(5, MemoryMarshal.AsBytes(calm.AsSpan()));
        inWind.Reset(5, MemoryMarshal.AsBytes(windy.AsSpan()));
        for (var step = 0; step < 20; step++)
        {
            inCalm.Step(Noop, MemoryMarshal.AsBytes(calm.AsSpan()));
            inWind.Step(Noop, MemoryMarshal.AsBytes(windy.AsSpan()));
        }

        // Up to 15 N on 4.96 kg for 0.42 s: up to 1.27 m/s, and velocities are shown in fifths of metres a second.
        Assert.InRange(Math.Abs(calm[2] - windy[2]), 0.001, 0.26);
        Assert.NotEqual(calm[5], windy[5]);
    }

    [Theory]
    [InlineData("-12")]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("down")]
    public void Gravity_LiesBetweenItsBounds(string gravity)
    {
        var options = new Dictionary<string, string> { ["gravity"] = gravity };
        var exception = Assert.Throws<EnvironmentOptionException>(
            () => BuiltInEnvironments.Registry.Create("LunarLander-v3", options));
        Assert.Equal("gravity", exception.Option);
    }

    [Fact]
    public void WrongUse_IsRefused()
    {
        var lander = new LunarLander();
        var bytes = new byte[32];
        Assert.Throws<InvalidOperationException>(() => lander.Step(0, bytes));
        lander.Reset(0, bytes);
        Assert.Equal("action", Assert.Throws<ArgumentOutOfRangeException>(() => lander.Step(4, bytes)).ParamName);
        Assert.Equal("observation", Assert.Throws<ArgumentException>(() => lander.Step(0, new byte[31])).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LunarLander(new LunarLanderOptions(Gravity: double.NaN)));
    }

    /// <summary>
    /// Wherever a flight is saved, in the air, bouncing or at rest on the ground, it continues to the last bit.
    /// </summary>
    [Fact]
    public void ARestoredLander_ContinuesAsTheSavedOneDid() => Prop.ForAll<byte, ushort>((seed, where) =>
    {
        var lander = new LunarLander();
        var other = new LunarLander();
        float[] observation = new float[8], otherObservation = new float[8];
        var bytes = MemoryMarshal.AsBytes(observation.AsSpan());
        lander.Reset(seed, bytes);
        other.Reset(1234, bytes);
        lander.Reset(seed, bytes);
        Play(lander, observation, o => Bounce(o, seed), where % 400);

        var writer = new StateWriter();
        lander.SaveState(writer);
        other.RestoreState(new StateReader(writer.ToArray()));
        observation.CopyTo(otherObservation, 0);
        for (var step = 0; step < 150; step++)
        {
            var action = Bounce(observation, seed + step);
            var result = lander.Step(action, bytes);
            Assert.Equal(result, other.Step(action, MemoryMarshal.AsBytes(otherObservation.AsSpan())));
            Assert.Equal(observation, otherObservation);
            if (result.Ended)
            {
                lander.Reset(null, bytes);
                other.Reset(null, MemoryMarshal.AsBytes(otherObservation.AsSpan()));
                Assert.Equal(observation, otherObservation);
            }
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void StepsAndResets_AllocateNothing()
    {
        var lander = new LunarLander();
        var observation = new float[8];
        // A seed makes a generator; what follows it makes nothing.
        PlayAll(seed: 1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        PlayAll(seed: null);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void PlayAll(ulong? seed)
        {
            var buffer = MemoryMarshal.AsBytes(observation.AsSpan());
            lander.Reset(seed, buffer);
            for (var step = 0; step < 1000; step++)
            {
                if (lander.Step(LunarHeuristic.Act(observation), buffer).Ended)
                {
                    lander.Reset(null, buffer);
                }
            }
        }
    }

    /// <summary>Lands by the heuristic with slips now and then, so that legs touch, leave and touch again.</summary>
    private static int Bounce(ReadOnlySpan<float> observation, int number) =>
        number % 5 == 0 ? number % 4 : LunarHeuristic.Act(observation);

    private static (StepResult Result, double Sum) Play(
        LunarLander lander, float[] observation, Func<float[], int> policy, int steps)
    {
        var result = default(StepResult);
        var sum = 0.0;
        for (var step = 0; step < steps && !result.Ended; step++)
        {
            result = lander.Step(policy(observation), MemoryMarshal.AsBytes(observation.AsSpan()));
            sum += result.Reward;
        }

        if (result.Ended && steps < 1000)
        {
            lander.Reset(null, MemoryMarshal.AsBytes(observation.AsSpan()));
        }

        return (result, sum);
    }

    private static double Potential(float[] o) =>
        (-100 * Math.Sqrt((o[0] * (double)o[0]) + (o[1] * (double)o[1])))
        - (100 * Math.Sqrt((o[2] * (double)o[2]) + (o[3] * (double)o[3])))
        - (100 * Math.Abs(o[4]))
        + (10 * o[6])
        + (10 * o[7]);
}
