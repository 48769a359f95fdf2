using DqnAspire.Core.Randomness;
using DqnAspire.Core.Replay;

namespace DqnAspire.Replay.Sampling;

/// <summary>
/// Every set of transitions is equally likely, and so is every order of it: the first steps of a Fisher-Yates shuffle
/// of 0 .. size-1, of which only the entries that were moved are kept. Costs grow with the batch, not with the table.
/// </summary>
/// <param name="random">Source of the draws.</param>
public sealed class UniformSamplerWithoutReplacement(Pcg64 random) : ISampler
{
    private readonly Dictionary<int, int> _moved = [];

    /// <inheritdoc/>
    public SamplerState State
    {
        get => new(random.State, 0);
        set => random.State = value.Random ?? throw new ArgumentException(
            "The state is of a sampler that draws nothing.", nameof(value));
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

        _moved.Clear();
        var drawn = 0;
        for (var i = 0; drawn < indices.Length; i++)
        {
            var j = (int)random.Integers(i, view.Size);
            var index = _moved.GetValueOrDefault(j, j);
            _moved[j] = _moved.GetValueOrDefault(i, i);
            // Leaving incomplete ones out of the shuffled order leaves every order of the others equally likely.
            if (view.IsComplete(index))
            {
                indices[drawn++] = index;
            }
        }

        weights.Fill(1);
    }
}
