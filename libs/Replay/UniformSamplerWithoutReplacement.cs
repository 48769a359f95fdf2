using DqnAspire.Randomness;

namespace DqnAspire.Replay;

/// <summary>
/// Every set of transitions is equally likely, and so is every order of it: the first steps of a Fisher-Yates shuffle of
/// 0 .. size-1, of which only the entries that were moved are kept. Costs grow with the batch, not with the table.
/// </summary>
/// <param name="random">Source of the draws.</param>
public sealed class UniformSamplerWithoutReplacement(Pcg64 random) : ISampler
{
    private readonly Dictionary<int, int> _moved = [];

    /// <inheritdoc/>
    public int RequiredSize(int batchSize) => batchSize;

    /// <inheritdoc/>
    public void Sample(int size, Span<int> indices)
    {
        if (size < indices.Length)
        {
            throw new InvalidOperationException($"{indices.Length} different transitions cannot be drawn from {size}.");
        }

        _moved.Clear();
        for (var i = 0; i < indices.Length; i++)
        {
            var j = (int)random.Integers(i, size);
            indices[i] = _moved.GetValueOrDefault(j, j);
            _moved[j] = _moved.GetValueOrDefault(i, i);
        }
    }
}
