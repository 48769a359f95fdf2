using System.Runtime.InteropServices;
using System.Text.Json;
using DqnAspire.Environments.Box2D;
using DqnAspire.Environments.Box2D.Physics.Dynamics;
using DqnAspire.Environments.Box2D.Physics.Geometry;

namespace DqnAspire.Environments.Tests.Box2D;

/// <summary>
/// LunarLander against the recordings: flags, lengths and the heuristic's actions everywhere; observations, rewards and
/// every body to the last bit with the recordings' C library, elsewhere within what fused operations or another sine
/// can do.
/// </summary>
[Trait("Category", "GoldenGym")]
public sealed class LunarLanderGoldenTests
{
    private const double ObservationTolerance = 2e-3;
    private const double RewardTolerance = 0.1;

    public static TheoryData<string, int, string> Runs => GoldenRun.Cases(GoldenKind.LunarLanderRuns);

    /// <summary>A theory must have a case; an empty name stands for "no bodies were recorded here".</summary>
    public static TheoryData<string, int, string> BodyRuns
    {
        get
        {
            var cases = GoldenRun.Cases(GoldenKind.LunarLanderBodies);
            if (cases.Count == 0)
            {
                cases.Add("", 0, "");
            }

            return cases;
        }
    }

    public static TheoryData<string> Files => [.. GoldenFiles.Of(GoldenKind.LunarLanderRuns)];

    [Theory]
    [MemberData(nameof(Runs))]
    public void Run_FollowsTheRecording(string file, int index, string label)
    {
        _ = label;
        var run = GoldenRun.Load(file, index);
        var lander = new LunarLander();
        var environment = new TimeLimit(lander, GoldenFiles.Open(file).GetProperty("max_episode_steps").GetInt32());
        var observations = run.Element.GetProperty("obs");
        var lcg = new LcgPolicy((uint)run.Seed);
        var bytes = new byte[environment.ObservationSpace.ByteCount];
        var observation = MemoryMarshal.Cast<byte, float>(bytes.AsSpan());
        for (var t = 0; t < run.Actions.Length; t++)
        {
            if (run.Resets.TryGetValue(t, out var reset))
            {
                environment.Reset(GoldenRun.SeedOf(reset), bytes);
                AssertReset(reset, lander, observation);
            }

            var action = run.Policy == "lcg" ? lcg.Next(4) : LunarHeuristic.Act(observation);
            Assert.True(run.Actions[t] == action, $"action of step {t}");
            var result = environment.Step(action, bytes);

            Assert.True(
                (run.Terminated[t], run.Truncated[t]) == (result.Terminated, result.Truncated), $"flags of step {t}");
            AssertClose(observations[t], observation, $"observation after step {t}");
            if (Platform.HasTheRecordingsMathLibrary)
            {
                Assert.True(
                    run.Rewards[t] == result.Reward, $"reward of step {t}: {result.Reward}, recorded {run.Rewards[t]}");
            }
            else
            {
                Assert.Equal(run.Rewards[t], result.Reward, RewardTolerance);
            }
        }
    }

    [Theory]
    [MemberData(nameof(BodyRuns))]
    public void Bodies_FollowTheRecording(string file, int index, string label)
    {
        Assert.SkipWhen(file.Length == 0, "GOLDEN_DIR holds no recording of LunarLander's bodies.");
        Assert.SkipUnless(
            Platform.HasTheRecordingsMathLibrary, "Bodies are compared to the last bit, with glibc on x86-64.");
        _ = label;
        var bodies = GoldenFiles.Open(file).GetProperty("runs")[index];
        var run = RunOf(bodies, Path.GetDirectoryName(file)!);
        var lander = new LunarLander();
        var bytes = new byte[lander.ObservationSpace.ByteCount];
        for (var t = 0; t < run.Actions.Length; t++)
        {
            if (run.Resets.TryGetValue(t, out var reset))
            {
                lander.Reset(GoldenRun.SeedOf(reset), bytes);
            }

            lander.Step(run.Actions[t], bytes);
            AssertBody(bodies.GetProperty("lander")[t], lander.Craft.Lander, $"lander after step {t}");
            AssertBody(bodies.GetProperty("leg0")[t], lander.Craft.Legs[0], $"leg 0 after step {t}");
            AssertBody(bodies.GetProperty("leg1")[t], lander.Craft.Legs[1], $"leg 1 after step {t}");
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Bodies_AreMadeAsTheEngineSays(string file)
    {
        var facts = GoldenFiles.Open(file).GetProperty("body_facts");
        var craft = new LunarLander().Craft;
        AssertMake(facts.GetProperty("lander"), craft.Lander, LunarCraft.HullShape.Vertices);
        AssertMake(facts.GetProperty("leg0"), craft.Legs[0], LunarCraft.LegShape.Vertices);
        AssertMake(facts.GetProperty("leg1"), craft.Legs[1], LunarCraft.LegShape.Vertices);
    }

    private static void AssertMake(JsonElement fact, Body body, ReadOnlySpan<Vec2> vertices)
    {
        Assert.Equal(fact.GetProperty("mass").GetSingle(), body.Mass);
        var center = body.Sweep.LocalCenter;
        Assert.Equal(
            fact.GetProperty("inertia").GetSingle(),
            body.Inertia + (body.Mass * ((center.X * center.X) + (center.Y * center.Y))));
        Assert.Equal(Floats(fact.GetProperty("local_center")), new[] { center.X, center.Y });
        var recorded = fact.GetProperty("fixtures")[0].GetProperty("vertices");
        Assert.Equal(recorded.GetArrayLength(), vertices.Length);
        for (var i = 0; i < vertices.Length; i++)
        {
            Assert.Equal(Floats(recorded[i]), new[] { vertices[i].X, vertices[i].Y });
        }
    }

    private static void AssertReset(JsonElement reset, LunarLander lander, ReadOnlySpan<float> observation)
    {
        Assert.Equal(
            [.. reset.GetProperty("terrain_y").EnumerateArray().Select(v => v.GetDouble())],
            lander.Terrain.Heights.ToArray());
        AssertClose(reset.GetProperty("obs"), observation, "first observation");
        if (Platform.HasTheRecordingsMathLibrary)
        {
            AssertBody(reset.GetProperty("lander"), lander.Craft.Lander, "lander after the reset");
            AssertBody(reset.GetProperty("legs")[0], lander.Craft.Legs[0], "leg 0 after the reset");
            AssertBody(reset.GetProperty("legs")[1], lander.Craft.Legs[1], "leg 1 after the reset");
        }
    }

    private static void AssertClose(JsonElement recorded, ReadOnlySpan<float> observation, string what)
    {
        var expected = Floats(recorded);
        if (Platform.HasTheRecordingsMathLibrary)
        {
            Assert.True(
                observation.SequenceEqual(expected),
                $"{what}: {string.Join(' ', observation.ToArray())}, recorded {recorded}");
            return;
        }

        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], observation[i], ObservationTolerance);
        }
    }

    private static void AssertBody(JsonElement recorded, Body body, string what)
    {
        var position = body.Place.Position;
        float[] values = [position.X, position.Y, body.Angle, body.Velocity.X, body.Velocity.Y, body.TurnRate];
        Assert.True(
            values.AsSpan().SequenceEqual(Floats(recorded)),
            $"{what}: {string.Join(' ', values)}, recorded {recorded}");
    }

    private static GoldenRun RunOf(JsonElement bodies, string folder) =>
        GoldenFiles.Of(GoldenKind.LunarLanderRuns)
            .Where(file => Path.GetDirectoryName(file) == folder)
            .SelectMany(file => GoldenFiles.Open(file).GetProperty("runs").EnumerateArray())
            .Where(run => run.GetProperty("seed").GetUInt64() == bodies.GetProperty("seed").GetUInt64()
                && run.GetProperty("policy").GetString() == bodies.GetProperty("policy").GetString())
            .Select(run => new GoldenRun(run))
            .First();

    private static float[] Floats(JsonElement row) => [.. row.EnumerateArray().Select(v => (float)v.GetDouble())];
}
