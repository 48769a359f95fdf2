using DqnAspire.Core;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Replay;

namespace DqnAspire.Replay.Tests;

/// <summary>Random experience for tests.</summary>
internal static class Histories
{
    public static StepRecord First(int lane) => new(lane, -1, 0, StepFlags.First);

    /// <summary>Appends to a table and waits until its store has it.</summary>
    public static void Append(this ReplayTable table, StepRecord[] records, byte[] observations) =>
        table.AppendAsync(records, observations).Now();

    /// <summary>
    /// Interleaved episodes of random lengths and ends, in blocks of random sizes; observations tell records apart.
    /// </summary>
    /// <param name="random">Source of the history.</param>
    /// <param name="lanes">Lanes.</param>
    /// <param name="records">Records in all blocks together.</param>
    /// <param name="width">Bytes of an observation, at least 3; what the number does not fill is noise.</param>
    /// <param name="first">Number of the first record.</param>
    public static IEnumerable<List<(StepRecord Record, byte[] Observation)>> Random(
        Pcg64 random, int lanes, int records, int width = 3, int first = 0)
    {
        var running = new bool[lanes];
        var block = new List<(StepRecord, byte[])>();
        for (var n = first; n < first + records; n++)
        {
            var lane = (int)random.Integers(0, lanes);
            var observation = new byte[width];
            for (var i = 3; i < width; i++)
            {
                observation[i] = (byte)random.NextUInt32();
            }

            (observation[0], observation[1], observation[2]) = ((byte)n, (byte)(n >> 8), (byte)(lane + 1));
            if (!running[lane] || random.NextDouble() < 0.03)
            {
                block.Add((First(lane), observation));
                running[lane] = true;
            }
            else
            {
                var end = random.NextDouble();
                var flags = end switch
                {
                    < 0.1 => StepFlags.Terminated,
                    < 0.15 => StepFlags.Truncated,
                    < 0.17 => StepFlags.Terminated | StepFlags.Truncated,
                    _ => StepFlags.None,
                };
                block.Add((new StepRecord(
                    lane, (int)random.Integers(0, 18), (float)random.Uniform(-1, 1), flags), observation));
                running[lane] = flags == StepFlags.None;
            }

            if (random.NextDouble() < 0.2)
            {
                yield return block;
                block = [];
            }
        }

        yield return block;
    }

    /// <summary>Appends a block to a table and to its slow twin.</summary>
    public static void Append(ReplayTable table, NaiveTable naive, List<(StepRecord Record, byte[] Observation)> block)
    {
        table.Append([.. block.Select(r => r.Record)], [.. block.SelectMany(r => r.Observation)]);
        foreach (var (record, observation) in block)
        {
            naive.Append(record, observation);
        }
    }

    /// <summary>Compares every transition, as a view assembles it, with the slow twin's.</summary>
    public static void AssertSame(NaiveTable naive, ReplayTable table, TransitionSpec spec)
    {
        var view = new TransitionView(table, spec);
        var expected = naive.Transitions(spec).ToList();
        Assert.Equal(expected.Select(t => t.Index), Enumerable.Range(0, table.Size).Where(view.IsComplete));
        Assert.Equal(expected.Count, view.CountComplete());
        var incomplete = new List<long>();
        view.AddIncomplete(incomplete);
        Assert.Equal(
            Enumerable.Range(0, table.Size).Except(expected.Select(t => t.Index)),
            incomplete.Select(s => (int)(s - table.OldestStep)).Order());

        var batch = new TransitionBuffer(Math.Max(1, expected.Count), table.Spec.ObservationBytes, spec);
        view.Read([.. expected.Select(t => t.Index)], batch);
        var width = spec.Stack * table.Spec.ObservationBytes;
        for (var i = 0; i < expected.Count; i++)
        {
            var transition = expected[i].Transition;
            if (spec.Layout == BatchLayout.Window)
            {
                var window = batch.Observations.AsSpan(
                    i * (width + table.Spec.ObservationBytes), width + table.Spec.ObservationBytes);
                Assert.Equal(transition.Observations, window[..width]);
                Assert.Equal(transition.Next, window[^width..]);
            }
            else
            {
                Assert.Equal(transition.Observations, batch.Observations.AsSpan(i * width, width));
                Assert.Equal(transition.Next, batch.NextObservations.AsSpan(i * width, width));
            }

            Assert.Equal(
                (transition.Action, transition.Flags, transition.Record),
                (batch.Actions[i], batch.Flags[i], batch.Records[i]));
            Assert.Equal(transition.Reward, batch.Rewards[i], 1e-5);
            Assert.Equal(transition.Discount, batch.Discounts[i], 1e-6);
        }
    }
}
