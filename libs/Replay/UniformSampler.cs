using DqnAspire.Randomness;

namespace DqnAspire.Replay;

/// <summary>Every transition is equally likely, and independent of what was drawn before.</summary>
/// <param name="random">Source of the draws.</param>
public sealed class UniformSampler(Pcg64 random) : ISampler
{
    /// <inheritdoc/>
    public int RequiredSize(int batchSize) => 1;

    /// <inheritdoc/>
    public void Sample(int size, Span<int> indices)
    {
        if (size < 1)
        {
            throw new InvalidOperationException("There is no transition to sample.");
        }

        foreach (ref var index in indices)
        {
            index = (int)random.Integers(0, size);
        }
    }
}
