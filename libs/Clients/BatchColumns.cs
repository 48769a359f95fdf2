using System.Runtime.InteropServices;
using DqnAspire.Contracts.Replay.V1;
using DqnAspire.Core;
using DqnAspire.Core.Replay;

namespace DqnAspire.Clients;

/// <summary>
/// Typed columns of the batches that arrive from ReplayService. The small columns are copied into arrays that are used
/// again; observations stay where the message has them.
/// </summary>
/// <param name="batchSize">Transitions in a batch, N.</param>
/// <param name="hasWindows">Whether a batch has one column of k+1 observations instead of two of k.</param>
/// <param name="observationBytes">Bytes of an observation.</param>
internal sealed class BatchColumns(int batchSize, bool hasWindows, int observationBytes)
{
    private readonly int[] _actions = new int[batchSize];
    private readonly float[] _rewards = new float[batchSize];
    private readonly float[] _discounts = new float[batchSize];
    private readonly StepFlags[] _flags = new StepFlags[batchSize];
    private readonly float[] _weights = new float[batchSize];
    private readonly long[] _records = new long[batchSize];

    /// <summary>Reads a batch; it is valid until the next call.</summary>
    /// <param name="batch">A batch of the size that the columns were made for.</param>
    public TransitionBatch Read(SampleResponse batch)
    {
        var (states, nextStates) = hasWindows
            ? StateRows.OfWindows(batch.Observations.Memory, batch.Count, observationBytes)
            : (new StateRows(batch.Observations.Memory, batch.Count),
                new StateRows(batch.NextObservations.Memory, batch.Count));
        return new TransitionBatch
        {
            Count = batch.Count,
            States = states,
            NextStates = nextStates,
            Actions = Copy(batch.Actions.Span, _actions),
            Rewards = Copy(batch.Rewards.Span, _rewards),
            Discounts = Copy(batch.Discounts.Span, _discounts),
            Flags = Copy(batch.Flags.Span, _flags),
            Weights = Copy(batch.Weights.Span, _weights),
            Records = Copy(batch.Records.Span, _records),
        };
    }

    private static ReadOnlyMemory<T> Copy<T>(ReadOnlySpan<byte> bytes, T[] column)
        where T : unmanaged
    {
        var values = MemoryMarshal.Cast<byte, T>(bytes);
        values.CopyTo(column);
        return column.AsMemory(0, values.Length);
    }
}
