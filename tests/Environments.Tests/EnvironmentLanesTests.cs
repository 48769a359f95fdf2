using System.Runtime.InteropServices;
using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Randomness;
using DqnAspire.Environments.BuiltIn;

namespace DqnAspire.Environments.Tests;

public sealed class EnvironmentLanesTests
{
    [Theory]
    [InlineData("CartPole-v1", 1)]
    [InlineData("CartPole-v1", 4)]
    [InlineData("FrozenLake-v1", 1)]
    [InlineData("FrozenLake8x8-v1", 3)]
    [InlineData("BricksNoFrameskip-v4", 2)]
    public void Lanes_DoWhatSingleCopiesWithTheirSeedsDo_WhateverTheThreads(string id, int threads)
    {
        const int LaneCount = 7;
        const ulong Seed = 12;
        var definition = BuiltInEnvironments.Registry.Get(id);
        var lanes = EnvironmentLanes.Create(definition, null, LaneCount, Seed, autoReset: true, threads);
        var singles = Enumerable.Range(0, LaneCount).Select(_ => definition.Create()).ToArray();
        var bytes = lanes.ObservationSpace.ByteCount;
        var current = Enumerable.Range(0, LaneCount).Select(_ => new byte[bytes]).ToArray();
        for (var lane = 0; lane < LaneCount; lane++)
        {
            singles[lane].Reset(Seed + (ulong)lane, current[lane]);
            Assert.Equal(current[lane], lanes.CurrentObservation(lane).ToArray());
        }

        var random = new Pcg64(1);
        var actions = new int[LaneCount];
        var returns = new double[LaneCount];
        var lengths = new int[LaneCount];
        for (var t = 0; t < 400; t++)
        {
            for (var lane = 0; lane < LaneCount; lane++)
            {
                actions[lane] = random.Integers(0, 5) == 0 ? EnvironmentLanes.Idle : lanes.ActionSpace.Sample(random);
            }

            lanes.Step(actions);

            var expectedEpisodes = new List<EpisodeSummary>();
            for (var lane = 0; lane < LaneCount; lane++)
            {
                var result = actions[lane] == EnvironmentLanes.Idle
                    ? default
                    : singles[lane].Step(actions[lane], current[lane]);
                Assert.Equal(current[lane], lanes.Observations.Slice(lane * bytes, bytes).ToArray());
                Assert.Equal(result, new StepResult(
                    lanes.Rewards[lane],
                    lanes.Flags[lane],
                    lanes.LearningRewards[lane],
                    actions[lane] == EnvironmentLanes.Idle ? 0 : lanes.Lives[lane],
                    lanes.LivesLost[lane]));
                returns[lane] += result.Reward;
                lengths[lane] += actions[lane] == EnvironmentLanes.Idle ? 0 : 1;
                if (result.Ended)
                {
                    singles[lane].Reset(null, current[lane]);
                    Assert.Equal(
                        current[lane], lanes.ResetObservations.Slice(expectedEpisodes.Count * bytes, bytes).ToArray());
                    expectedEpisodes.Add(new EpisodeSummary(lane, returns[lane], lengths[lane]));
                    (returns[lane], lengths[lane]) = (0, 0);
                }

                Assert.Equal(current[lane], lanes.CurrentObservation(lane).ToArray());
            }

            Assert.Equal(expectedEpisodes, lanes.Episodes.ToArray());
            Assert.Equal(expectedEpisodes.Count * bytes, lanes.ResetObservations.Length);
        }
    }

    /// <summary>
    /// Episodes of two steps. The step after the end begins the next one instead of playing; a lane that is left idle
    /// stays where it is, ended.
    /// </summary>
    [Fact]
    public void NextStep_BeginsTheNextEpisodeInTheStepAfterTheEnd()
    {
        var lanes = new EnvironmentLanes(
            [new CountingEnvironment(2), new CountingEnvironment(2)], 1, AutoResetMode.NextStep);
        lanes.Step([1, 1]);
        lanes.Step([1, 1]);
        Assert.Equal([(0, 2.0, 2), (1, 2.0, 2)], Episodes());
        Assert.False(lanes.IsWaitingForReset(0));
        Assert.True(lanes.ResetObservations.IsEmpty);

        lanes.Step([1, EnvironmentLanes.Idle]);
        Assert.Equal((200, 202), (Observation(0), Observation(1)));
        Assert.Equal([0.0, 0.0], lanes.Rewards.ToArray());
        Assert.Equal([StepFlags.None, StepFlags.None], lanes.Flags.ToArray());
        Assert.Empty(Episodes());

        var saved = lanes.SaveState();
        lanes.Step([0, 1]);
        Assert.Equal((201, 300), (Observation(0), Observation(1)));

        lanes.RestoreState(saved);
        lanes.Step([0, 1]);
        Assert.Equal((201, 300), (Observation(0), Observation(1)));
        lanes.Step([1, 1]);
        Assert.Equal([(0, 1.0, 2)], Episodes());

        int Observation(int lane) =>
            System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(lanes.CurrentObservation(lane));

        (int, double, int)[] Episodes() =>
            [.. lanes.Episodes.ToArray().Select(episode => (episode.Lane, episode.Return, episode.Length))];
    }

    [Fact]
    public void AStateOfAnotherMode_IsRefused()
    {
        var same = new EnvironmentLanes([new CountingEnvironment(2)], 1, AutoResetMode.SameStep);
        var next = new EnvironmentLanes([new CountingEnvironment(2)], 1, AutoResetMode.NextStep);

        Assert.Throws<StateException>(() => next.RestoreState(same.SaveState()));
    }

    [Fact]
    public void AutoReset_KeepsTheTrueLastObservation_AndContinuesFromTheNewEpisode()
    {
        var lanes = Counting(lanes: 3, length: 2, autoReset: true);
        lanes.Step([1, 0, EnvironmentLanes.Idle]);
        Assert.Equal([501, 601, 700], Observations(lanes));

        lanes.Step([1, EnvironmentLanes.Idle, 2]);
        Assert.Equal([502, 601, 701], Observations(lanes));
        Assert.Equal([StepFlags.Terminated, StepFlags.None, StepFlags.Truncated], lanes.Flags.ToArray());
        Assert.Equal([1, 0, 2], lanes.Rewards.ToArray());
        Assert.Equal([600, 800], MemoryMarshal.Cast<byte, int>(lanes.ResetObservations.Span).ToArray());
        Assert.Equal([new EpisodeSummary(0, 2, 2), new EpisodeSummary(2, 2, 1)], lanes.Episodes.ToArray());
        Assert.Equal(600, MemoryMarshal.Read<int>(lanes.CurrentObservation(0)));

        lanes.Step([EnvironmentLanes.Idle, 2, 0]);
        Assert.Equal([600, 602, 801], Observations(lanes));
        Assert.Equal(StepFlags.Terminated | StepFlags.Truncated, lanes.Flags[1]);
        Assert.Equal([new EpisodeSummary(1, 2, 2)], lanes.Episodes.ToArray());
    }

    [Fact]
    public void ManualReset_WaitsForIt()
    {
        var lanes = Counting(lanes: 2, length: 2, autoReset: false);
        lanes.Step([0, 2]);
        Assert.True(lanes.IsWaitingForReset(1));
        Assert.False(lanes.IsWaitingForReset(0));
        Assert.Equal(0, lanes.ResetObservations.Length);
        Assert.Equal([new EpisodeSummary(1, 2, 1)], lanes.Episodes.ToArray());

        Assert.Contains("Lane 1", Assert.Throws<InvalidOperationException>(() => lanes.Step([0, 0])).Message);
        Assert.Equal([501, 601], Observations(lanes));

        lanes.Step([0, EnvironmentLanes.Idle]);
        Assert.Equal([502, 601], Observations(lanes));

        lanes.Reset(1);
        lanes.Reset(0, seed: 9);
        Assert.Equal([900, 700], Observations(lanes));
        lanes.Step([1, 1]);
        Assert.Equal([901, 701], Observations(lanes));
    }

    [Fact]
    public void Reset_InMidEpisode_BeginsANewReturn()
    {
        var lanes = Counting(lanes: 1, length: 3, autoReset: true);
        lanes.Step([1]);
        lanes.Reset(0);
        lanes.Step([1]);
        lanes.Step([2]);
        Assert.Equal([new EpisodeSummary(0, 3, 2)], lanes.Episodes.ToArray());
    }

    [Fact]
    public void Reset_RightAfterAnAutomaticOne_IsWhatTheNextStepAnswersTo()
    {
        var lanes = Counting(lanes: 1, length: 1, autoReset: true);
        lanes.Step([1]);
        lanes.Reset(0, seed: 3);
        Assert.Equal(300, MemoryMarshal.Read<int>(lanes.CurrentObservation(0)));
        lanes.Step([EnvironmentLanes.Idle]);
        Assert.Equal([300], Observations(lanes));
    }

    [Fact]
    public void Step_WrongNumberOfActions_SaysHowMany()
    {
        var lanes = Counting(lanes: 2, length: 3, autoReset: true);
        Assert.Contains(
            "3 actions given for 2 lanes", Assert.Throws<ArgumentException>(() => lanes.Step([0, 0, 0])).Message);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-2)]
    public void Step_WrongAction_NamesTheLane_AndChangesNothing(int action)
    {
        var lanes = Counting(lanes: 2, length: 3, autoReset: true);
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => lanes.Step([0, action]));
        Assert.Equal(action, exception.ActualValue);
        Assert.Contains("Lane 1: actions are 0..2", exception.Message);
        Assert.Equal([500, 600], Observations(lanes));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void UnknownLane_IsRefused(int lane)
    {
        var lanes = Counting(lanes: 2, length: 3, autoReset: true);
        Assert.Throws<ArgumentOutOfRangeException>(() => lanes.Reset(lane));
        Assert.Throws<ArgumentOutOfRangeException>(() => lanes.IsWaitingForReset(lane));
        Assert.Throws<ArgumentOutOfRangeException>(() => lanes.CurrentObservation(lane).ToArray());
    }

    [Fact]
    public void Constructor_RefusesNoLanesFewerThreadsThanNoneAndMixedSpaces()
    {
        Assert.Throws<ArgumentException>(() => new EnvironmentLanes([], 0, true));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new EnvironmentLanes([new CountingEnvironment(1)], 0, true, threads: -1));
        Assert.Throws<ArgumentException>(() =>
            new EnvironmentLanes(
                [new CountingEnvironment(1), BuiltInEnvironments.Registry.Create("CartPole-v1")], 0, true));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            EnvironmentLanes.Create(BuiltInEnvironments.Registry.Get("CartPole-v1"), null, 0, 0, true));
    }

    [Theory]
    [InlineData("CartPole-v1")]
    [InlineData("FrozenLake-v1")]
    public void Step_AllocatesNothing(string id)
    {
        var lanes = EnvironmentLanes.Create(BuiltInEnvironments.Registry.Get(id), null, 4, 0, autoReset: true);
        int[] actions = [0, 1, 1, 0];
        for (var t = 0; t < 100; t++)
        {
            lanes.Step(actions);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var t = 0; t < 1000; t++)
        {
            lanes.Step(actions);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static EnvironmentLanes Counting(int lanes, int length, bool autoReset) =>
        new([.. Enumerable.Range(0, lanes).Select(_ => new CountingEnvironment(length))], seed: 5, autoReset);

    private static int[] Observations(EnvironmentLanes lanes) =>
        MemoryMarshal.Cast<byte, int>(lanes.Observations.Span).ToArray();
}
