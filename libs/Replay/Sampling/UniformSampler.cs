using DqnAspire.Core.Randomness;
using DqnAspire.Core.Replay;

namespace DqnAspire.Replay.Sampling;

/// <summary>Every transition is equally likely, and independent of what was drawn before.</summary>
/// <param name="random">Source of the draws.</param>
public sealed class UniformSampler(Pcg64 random) : ISampler
{
    /// <inheritdoc/>
    public SamplerState State
    {
        get => new(random.State, 0);
        set => random.State = value.Random ?? throw new ArgumentException(
            "The state is of a sampler that draws nothing.", nameof(value));
    }

    /// <inheritdoc/>
    public bool CanSample(TransitionView view, int batchSize) => view.CountComplete() > 0;

    /// <inheritdoc/>
    public int MaxBatchSize(int capacity) => int.MaxValue;

    /// <inheritdoc/>
    public void Sample(TransitionView view, Span<int> indices, Span<float> weights)
    {
        if (view.CountComplete() < 1)
        {
            throw new InvalidOperationException("There is no transition to sample.");
        }

        foreach (ref var index in indices)
        {
            do
            {
                index = (int)random.Integers(0, view.Size);
            }
            while (!view.IsComplete(index));
        }

        weights.Fill(1);
    }
}
