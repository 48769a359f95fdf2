using DqnAspire.Core;
using DqnAspire.Replay.CrashWriter;
using DqnAspire.Replay.Redis;

namespace DqnAspire.Replay.Tests.Redis;

/// <summary>A table whose records follow from their numbers, so that all of it can be checked at any time.</summary>
internal static class CrashTable
{
    private const string Name = "crash";

    public static ReplayTable Create(RedisReplayEngine engine) => engine.Create(Name, CrashExperience.Spec);

    public static ReplayTable Open(RedisReplayEngine engine) => engine.Open(Name);

    /// <summary>Appends the records that come next.</summary>
    public static ValueTask AppendAsync(ReplayTable table, int count, CancellationToken? cancellationToken = null)
    {
        var width = table.Spec.ObservationBytes;
        var records = new StepRecord[count];
        var observations = new byte[count * width];
        for (var i = 0; i < count; i++)
        {
            records[i] = CrashExperience.Record(table.Records + i);
            CrashExperience.Observe(table.Records + i, observations.AsSpan(i * width, width));
        }

        return table.AppendAsync(records, observations, cancellationToken ?? TestContext.Current.CancellationToken);
    }

    public static void AssertWhole(ReplayTable table)
    {
        var width = table.Spec.ObservationBytes;
        var batch = new TransitionBuffer(table.Size, width);
        table.Read([.. Enumerable.Range(0, table.Size)], batch);
        var expected = new byte[width];
        var steps = 0L;
        for (var i = table.Size - 1; i >= 0; i--)
        {
            var number = batch.Records[i];
            var lane = table.Describe(i).Stored.Lane;
            Assert.Equal(
                CrashExperience.Record(number),
                new StepRecord(lane, batch.Actions[i], batch.Rewards[i], batch.Flags[i]));
            CrashExperience.Observe(number, expected);
            Assert.True(
                expected.AsSpan().SequenceEqual(batch.NextObservations.AsSpan(i * width, width)),
                $"The observation of record {number} is another.");
            steps++;
        }

        var received = Enumerable.Range(0, (int)table.Records)
            .Count(n => CrashExperience.Record(n).Flags != StepFlags.First);
        Assert.Equal(Math.Min(table.Spec.Capacity, received), steps);
    }
}
