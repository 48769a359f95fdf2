using DqnAspire.Core.Replay;

namespace DqnAspire.Replay.Sampling;

/// <summary>The newest complete transitions, newest first; the same again until newer ones come.</summary>
public sealed class NewestSampler : ISampler
{
    /// <inheritdoc/>
    public SamplerState State
    {
        get => default;
        set
        {
            // Only the table decides.
        }
    }

    /// <inheritdoc/>
    public bool CanSample(TransitionView view, int batchSize) => view.CountComplete() >= batchSize;

    /// <inheritdoc/>
    public int MaxBatchSize(int capacity) => capacity;

    /// <inheritdoc/>
    public void Sample(TransitionView view, Span<int> indices, Span<float> weights)
    {
        if (!CanSample(view, indices.Length))
        {
            throw new InvalidOperationException(
                $"{indices.Length} different transitions cannot be drawn from {view.CountComplete()}.");
        }

        var filled = 0;
        for (var index = view.Size - 1; filled < indices.Length; index--)
        {
            if (view.IsComplete(index))
            {
                indices[filled++] = index;
            }
        }

        weights.Fill(1);
    }
}
