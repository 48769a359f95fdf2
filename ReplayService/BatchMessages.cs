using DqnAspire.Contracts.Replay.V1;
using DqnAspire.Core.Replay;
using DqnAspire.Replay;
using Google.Protobuf;
using static DqnAspire.ReplayService.ReplayErrors;

namespace DqnAspire.ReplayService;

/// <summary>
/// The messages in which a sampler's batches travel: one, or as many parts as a larger batch needs. They show the
/// buffer: each write is awaited before the buffer is filled again.
/// </summary>
internal sealed class BatchMessages
{
    // Half of what clients of this repository take, so that the small columns never matter.
    private const long MaxPartBytes = 32 << 20;

    /// <summary>Messages over a buffer.</summary>
    /// <param name="buffer">The buffer.</param>
    /// <param name="observationBytes">Bytes of an observation.</param>
    /// <param name="spec">Stack and layout.</param>
    /// <param name="withWeights">Whether they have importance weights.</param>
    public BatchMessages(TransitionBuffer buffer, int observationBytes, TransitionSpec spec, bool withWeights)
    {
        var count = buffer.Indices.Length;
        var partSize = PartSize(observationBytes, spec);
        Parts = new SampleResponse[(count + partSize - 1) / partSize];
        for (var i = 0; i < Parts.Length; i++)
        {
            var first = i * partSize;
            Parts[i] = Part(buffer, first, Math.Min(partSize, count - first), withWeights);
            Parts[i].Remaining = count - first - Parts[i].Count;
        }
    }

    /// <summary>The messages, in order.</summary>
    public SampleResponse[] Parts { get; }

    /// <summary>
    /// The maximum of memory that a sampler takes: its buffer, and a message while it is being sent.
    /// </summary>
    public static long MaxMemoryBytes(int batchSize, int observationBytes, TransitionSpec spec) =>
        TransitionBuffer.MaxMemoryBytes(batchSize, observationBytes, spec)
        + (Math.Min(batchSize, PartSize(observationBytes, spec))
            * TransitionBuffer.ObservationBytesOf(observationBytes, spec));

    /// <summary>Refuses a batch that no buffer or no message can hold, with the largest that is possible.</summary>
    public static void Check(int batchSize, int observationBytes, TransitionSpec spec)
    {
        var transition = TransitionBuffer.ObservationBytesOf(observationBytes, spec);
        if (transition > MaxPartBytes)
        {
            throw Invalid(
                $"open.stack: a transition of {transition:N0} bytes is larger than a message, of {MaxPartBytes:N0}.");
        }

        var largest = TransitionBuffer.MaxCapacity(observationBytes, spec);
        if (batchSize > largest)
        {
            throw Invalid(
                $"open.batch_size: {batchSize} transitions of {transition:N0} bytes are more than one batch can have; "
                + $"{largest} is the largest possible.");
        }
    }

    private static int PartSize(int observationBytes, TransitionSpec spec) =>
        (int)Math.Max(1, MaxPartBytes / TransitionBuffer.ObservationBytesOf(observationBytes, spec));

    private static SampleResponse Part(TransitionBuffer buffer, int first, int count, bool withWeights)
    {
        return new SampleResponse
        {
            Count = count,
            Observations = Of(buffer.Observations),
            Actions = Of(buffer.Actions),
            Rewards = Of(buffer.Rewards),
            NextObservations = Of(buffer.NextObservations),
            Flags = Of(buffer.Flags),
            Records = Of(buffer.Records),
            Discounts = Of(buffer.Discounts),
            Weights = withWeights ? Of(buffer.Weights) : ByteString.Empty,
        };

        ByteString Of<T>(T[] column)
            where T : unmanaged
        {
            var bytes = new ArrayMemory<T>(column).Memory;
            var row = bytes.Length / buffer.Indices.Length;
            return UnsafeByteOperations.UnsafeWrap(bytes.Slice(first * row, count * row));
        }
    }
}
