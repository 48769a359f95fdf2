using System.Runtime.InteropServices;
using DqnAspire.Core.Randomness;
using DqnAspire.Environments.BuiltIn;
using DqnAspire.Environments.ToyText;

namespace DqnAspire.Environments.Tests;

/// <summary>
/// FrozenLake against the recordings, equal on every platform: it needs no function of the C library.
/// </summary>
[Trait("Category", "GoldenGym")]
public sealed class FrozenLakeGoldenTests
{
    public static TheoryData<string, int, string> Runs => GoldenRun.Cases(GoldenKind.FrozenLakeRuns);

    public static TheoryData<string, int> Tables
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var file in GoldenFiles.Of(GoldenKind.FrozenLakeTables))
            {
                for (var i = 0; i < GoldenFiles.Open(file).GetProperty("tables").GetArrayLength(); i++)
                {
                    data.Add(file, i);
                }
            }

            return data;
        }
    }

    public static TheoryData<string> RandomMaps => [.. GoldenFiles.Of(GoldenKind.RandomNumbers)];

    [Theory]
    [MemberData(nameof(Runs))]
    public void Run_FollowsTheRecording(string file, int index, string label)
    {
        _ = label;
        var run = GoldenRun.Load(file, index);
        var id = run.Element.GetProperty("env_id").GetString()!;
        var environment = BuiltInEnvironments.Registry.Create(id, new Dictionary<string, string>
        {
            ["map_name"] = run.Element.GetProperty("map_name").GetString()!,
            ["is_slippery"] = run.Element.GetProperty("is_slippery").GetBoolean() ? "true" : "false",
        });
        Assert.Equal(run.Element.GetProperty("max_episode_steps").GetInt32(), environment.MaxEpisodeSteps);
        var states = run.Element.GetProperty("obs").EnumerateArray().Select(v => v.GetInt32()).ToArray();
        Span<int> state = stackalloc int[1];
        for (var t = 0; t < run.Actions.Length; t++)
        {
            if (run.Resets.TryGetValue(t, out var reset))
            {
                environment.Reset(GoldenRun.SeedOf(reset), MemoryMarshal.AsBytes(state));
                Assert.Equal(reset.GetProperty("obs").GetInt32(), state[0]);
            }

            var result = environment.Step(run.Actions[t], MemoryMarshal.AsBytes(state));

            Assert.True(
                (states[t], run.Rewards[t], run.Terminated[t], run.Truncated[t])
                    == (state[0], result.Reward, result.Terminated, result.Truncated),
                $"step {t}: state {state[0]}, {result}");
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Run_ReportsTheRecordedProbabilities(string file, int index, string label)
    {
        _ = label;
        var run = GoldenRun.Load(file, index);
        var map = run.Element.GetProperty("map_name").GetString() == "4x4"
            ? FrozenLakeMap.FourByFour
            : FrozenLakeMap.EightByEight;
        var lake = new FrozenLake(map, run.Element.GetProperty("is_slippery").GetBoolean());
        var probabilities = run.Element.GetProperty("prob").EnumerateArray().Select(v => v.GetDouble()).ToArray();
        var bytes = new byte[lake.ObservationSpace.ByteCount];
        for (var t = 0; t < run.Actions.Length; t++)
        {
            if (run.Resets.TryGetValue(t, out var reset))
            {
                lake.Reset(GoldenRun.SeedOf(reset), bytes);
            }

            lake.Step(run.Actions[t], bytes);
            Assert.Equal(probabilities[t], lake.LastProbability);
        }
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Table_HasTheRecordedTransitionsInOrder(string file, int index)
    {
        var table = GoldenFiles.Open(file).GetProperty("tables")[index];
        var lake = new FrozenLake(
            new FrozenLakeMap([.. table.GetProperty("desc").EnumerateArray().Select(row => row.GetString()!)]),
            table.GetProperty("is_slippery").GetBoolean());

        Assert.Equal(
            table.GetProperty("initial_state_distrib").EnumerateArray().Select(v => v.GetDouble()),
            lake.StartProbabilities);
        var state = 0;
        foreach (var actions in table.GetProperty("P").EnumerateArray())
        {
            var action = 0;
            foreach (var outcomes in actions.EnumerateArray())
            {
                var expected = outcomes.EnumerateArray().Select(outcome =>
                    new FrozenLakeTransition(
                        outcome[0].GetDouble(),
                        outcome[1].GetInt32(),
                        outcome[2].GetDouble(),
                        outcome[3].GetBoolean()));
                Assert.Equal(expected, lake.Transitions(state, action));
                action++;
            }

            state++;
        }

        Assert.Equal(lake.ObservationSpace.States, state);
        var known = table.GetProperty("map_name").GetString() == "4x4"
            ? FrozenLakeMap.FourByFour
            : FrozenLakeMap.EightByEight;
        Assert.Equal(known.Rows, lake.Map.Rows);
    }

    [Theory]
    [MemberData(nameof(RandomMaps))]
    public void RandomMaps_AreTheRecordedOnes(string file)
    {
        foreach (var entry in GoldenFiles.Open(file).GetProperty("frozenlake_random_maps").EnumerateArray())
        {
            var map = FrozenLakeMap.Random(
                entry.GetProperty("size").GetInt32(),
                entry.GetProperty("p").GetDouble(),
                new Pcg64(entry.GetProperty("seed").GetUInt64()));
            Assert.Equal(entry.GetProperty("map").EnumerateArray().Select(row => row.GetString()), map.Rows);
        }
    }
}
