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
    // Observations of batches that come in parts; allocated with the first.
    private byte[] _observations = [];
    private byte[] _nextObservations = [];
    private int _count;
    private bool _hasWeights;

    /// <summary>Reads a batch that came whole; it is valid until the next call.</summary>
    /// <param name="batch">A batch of the size that the columns were made for.</param>
    public TransitionBatch Read(SampleResponse batch)
    {
        AddColumns(batch, 0);
        return Batch(batch.Observations.Memory, batch.NextObservations.Memory, batch.Count);
    }

    /// <summary>Adds the next part of a batch.</summary>
    /// <returns>Whether it was the last one.</returns>
    public bool Add(SampleResponse part)
    {
        if (_observations.Length == 0)
        {
            _observations = new byte[(long)batchSize * part.Observations.Length / part.Count];
            _nextObservations = new byte[(long)batchSize * part.NextObservations.Length / part.Count];
        }

        AddColumns(part, _count);
        Copy(part.Observations.Span, _observations, _count * (long)part.Observations.Length / part.Count);
        Copy(part.NextObservations.Span, _nextObservations, _count * (long)part.NextObservations.Length / part.Count);
        _count += part.Count;
        return part.Remaining == 0;
    }

    /// <summary>Reads the batch whose parts were added; it is valid until the next call.</summary>
    public TransitionBatch ReadParts()
    {
        var count = _count;
        _count = 0;
        return Batch(_observations, _nextObservations, count);
    }

    private static void Copy<T>(ReadOnlySpan<byte> bytes, T[] column, long start)
        where T : unmanaged =>
        MemoryMarshal.Cast<byte, T>(bytes).CopyTo(column.AsSpan((int)start));

    private void AddColumns(SampleResponse part, int start)
    {
        Copy(part.Actions.Span, _actions, start);
        Copy(part.Rewards.Span, _rewards, start);
        Copy(part.Discounts.Span, _discounts, start);
        Copy(part.Flags.Span, _flags, start);
        Copy(part.Weights.Span, _weights, start);
        Copy(part.Records.Span, _records, start);
        _hasWeights = !part.Weights.IsEmpty;
    }

    private TransitionBatch Batch(
        ReadOnlyMemory<byte> observations, ReadOnlyMemory<byte> nextObservations, int count)
    {
        var (states, nextStates) = hasWindows
            ? StateRows.OfWindows(observations, count, observationBytes)
            : (new StateRows(observations, count), new StateRows(nextObservations, count));
        return new TransitionBatch
        {
            Count = count,
            States = states,
            NextStates = nextStates,
            Actions = _actions.AsMemory(0, count),
            Rewards = _rewards.AsMemory(0, count),
            Discounts = _discounts.AsMemory(0, count),
            Flags = _flags.AsMemory(0, count),
            Weights = _hasWeights ? _weights.AsMemory(0, count) : default,
            Records = _records.AsMemory(0, count),
        };
    }
}
