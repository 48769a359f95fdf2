using System.Runtime.InteropServices;
using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Environments.BuiltIn;

namespace DqnAspire.Environments.Tests;

/// <summary>Lanes in this process as the port shows them.</summary>
public sealed class LocalLanesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ACurrentObservation_DiffersFromTheNextOne_OnlyWhereAnEpisodeEnded()
    {
        await using var lanes = await OpenAsync("CartPole-v1", 3, autoReset: true, ("max_episode_steps", "5"));
        var bytes = lanes.Environment.ObservationSpace.ByteCount;
        for (var step = 1; step <= 20; step++)
        {
            var before = lanes.Observations.ToArray();

            // Lane 1 rests in every third step, so that the lanes' episodes end at different times.
            await lanes.StepAsync(new[] { 0, step % 3 == 0 ? EnvironmentLanes.Idle : 1, step % 2 }, Cancel);

            for (var lane = 0; lane < lanes.Count; lane++)
            {
                var ended = lanes.Flags.Span[lane].EndsEpisode();
                var (current, next) = (Row(lanes.Observations, lane), Row(lanes.NextObservations, lane));
                Assert.Equal(ended, !current.SequenceEqual(next));
                var numbers = MemoryMarshal.Cast<byte, float>(current).ToArray();
                Assert.True(!ended || numbers.All(number => Math.Abs(number) <= 0.05f));
                Assert.Equal(lane == 1 && step % 3 == 0, next.SequenceEqual(Row(before, lane)));
            }
        }

        byte[] Row(ReadOnlyMemory<byte> observations, int lane) => observations.Slice(lane * bytes, bytes).ToArray();
    }

    [Fact]
    public async Task WithoutAnEndedEpisode_NothingIsCopied()
    {
        await using var lanes = await OpenAsync("CartPole-v1", 2, autoReset: true);

        await lanes.StepAsync(new[] { 0, 1 }, Cancel);

        Assert.Equal(lanes.NextObservations, lanes.Observations);
    }

    [Fact]
    public async Task AReset_AfterAnEndedEpisode_IsShown()
    {
        await using var lanes = await OpenAsync("CartPole-v1", 2, autoReset: true, ("max_episode_steps", "1"));
        await using var other = await OpenAsync("CartPole-v1", 1, autoReset: true);
        await lanes.StepAsync(new[] { 0, 1 }, Cancel);

        await lanes.ResetAsync(1, seed: 9, Cancel);
        await other.ResetAsync(0, seed: 9, Cancel);

        Assert.Equal(other.Observations.ToArray(), lanes.Observations[16..].ToArray());
    }

    /// <summary>What lanes may do faster is what stepping one by one gives.</summary>
    [Fact]
    public async Task ManyStepsAndWholeEpisodes_AreThoseTakenOneByOne()
    {
        byte[] optimal = [0, 3, 3, 3, 0, 0, 0, 0, 3, 1, 0, 0, 0, 2, 1, 0];
        byte[] policies = [.. optimal, .. Enumerable.Range(0, 2 * 16).Select(i => (byte)(i * 7 % 4))];
        await using var fast = await OpenAsync("FrozenLake-v1", 1, autoReset: false);
        await using var slow = new PlainLanes(await OpenAsync("FrozenLake-v1", 1, autoReset: false));

        var returns = await fast.PlayAsync(policies, 40, Cancel);
        Assert.Equal(returns, await ((ILanes)slow).PlayAsync(policies, 40, Cancel));
        Assert.Contains(1.0, returns);

        await using var many = await OpenAsync("FrozenLake-v1", 2, autoReset: true);
        await using var single = new PlainLanes(await OpenAsync("FrozenLake-v1", 2, autoReset: true));
        var actions = Enumerable.Range(0, 2 * 50).Select(i => i * 5 % 4).ToArray();
        var seen = new List<byte[]>();
        await many.StepManyAsync(actions, step => seen.Add([(byte)step, .. many.Observations.ToArray()]), Cancel);
        var expected = new List<byte[]>();
        await ((ILanes)single).StepManyAsync(
            actions, step => expected.Add([(byte)step, .. single.Observations.ToArray()]), Cancel);
        Assert.Equal(expected, seen);
        Assert.Equal(50, seen.Count);
    }

    private static Task<ILanes> OpenAsync(
        string id, int lanes, bool autoReset, params (string Name, string Value)[] options) =>
        new LocalLaneSource(BuiltInEnvironments.Registry)
            .OpenAsync(
                id, options.ToDictionary(option => option.Name, option => option.Value), lanes, 5, autoReset, Cancel);

    /// <summary>Lanes that implement nothing that the port implements itself.</summary>
    private sealed class PlainLanes(ILanes lanes) : ILanes
    {
        public EnvironmentInfo Environment => lanes.Environment;

        public int Count => lanes.Count;

        public ReadOnlyMemory<byte> Observations => lanes.Observations;

        public ReadOnlyMemory<byte> NextObservations => lanes.NextObservations;

        public ReadOnlyMemory<double> Rewards => lanes.Rewards;

        public ReadOnlyMemory<double> LearningRewards => lanes.LearningRewards;

        public ReadOnlyMemory<int> Lives => lanes.Lives;

        public ReadOnlyMemory<bool> LivesLost => lanes.LivesLost;

        public ReadOnlyMemory<StepFlags> Flags => lanes.Flags;

        public ValueTask StepAsync(ReadOnlyMemory<int> actions, CancellationToken cancellationToken) =>
            lanes.StepAsync(actions, cancellationToken);

        public ValueTask ResetAsync(int lane, ulong? seed, CancellationToken cancellationToken) =>
            lanes.ResetAsync(lane, seed, cancellationToken);

        public ValueTask<byte[]> SaveStateAsync(CancellationToken cancellationToken) =>
            lanes.SaveStateAsync(cancellationToken);

        public ValueTask RestoreStateAsync(ReadOnlyMemory<byte> state, CancellationToken cancellationToken) =>
            lanes.RestoreStateAsync(state, cancellationToken);

        public ValueTask DisposeAsync() => lanes.DisposeAsync();
    }
}
