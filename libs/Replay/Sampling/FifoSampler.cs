using DqnAspire.Core.Replay;

namespace DqnAspire.Replay.Sampling;

/// <summary>
/// Every transition once, in the order in which they came: a queue. A batch begins where the one before it ended, or at
/// the oldest that is left; it waits for transitions whose return is not complete rather than passing them.
/// </summary>
public sealed class FifoSampler : ISampler
{
    private long _next;

    /// <inheritdoc/>
    public SamplerState State
    {
        get => new(null, _next);
        set => _next = value.NextStep >= 0
            ? value.NextStep
            : throw new ArgumentException(
                $"state: {value.NextStep} is not the number of a transition.", nameof(value));
    }

    /// <inheritdoc/>
    public bool CanSample(TransitionView view, int batchSize)
    {
        var start = Start(view);
        if (view.Size - start < batchSize)
        {
            return false;
        }

        for (var i = 0; i < batchSize && view.Spec.Steps > 1; i++)
        {
            if (!view.IsComplete(start + i))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public int MaxBatchSize(int capacity) => capacity;

    /// <inheritdoc/>
    public void Sample(TransitionView view, Span<int> indices, Span<float> weights)
    {
        if (!CanSample(view, indices.Length))
        {
            throw new InvalidOperationException($"There are no {indices.Length} transitions that were not drawn yet.");
        }

        var start = Start(view);
        for (var i = 0; i < indices.Length; i++)
        {
            indices[i] = start + i;
        }

        _next = view.OldestStep + start + indices.Length;
        weights.Fill(1);
    }

    private int Start(TransitionView view) =>
        _next <= view.OldestStep ? 0 : (int)Math.Min(_next - view.OldestStep, view.Size);
}
