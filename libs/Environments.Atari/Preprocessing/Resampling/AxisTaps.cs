namespace DqnAspire.Environments.Atari.Preprocessing.Resampling;

/// <summary>
/// Resampling of one axis: each destination is a weighted sum of consecutive sources, added in ascending order.
/// </summary>
/// <typeparam name="T">Type of a weight.</typeparam>
internal sealed class AxisTaps<T>
    where T : unmanaged
{
    private readonly int[] _first;
    private readonly T[][] _weights;

    /// <param name="source">Sources of the axis.</param>
    /// <param name="first">For each destination its first source.</param>
    /// <param name="weights">
    /// For each destination the weight of that source and of the ones that follow; at least one.
    /// </param>
    public AxisTaps(int source, int[] first, T[][] weights)
    {
        Source = source;
        _first = first;
        _weights = weights;
        MaxCount = weights.Max(w => w.Length);
    }

    public int Source { get; }

    public int Destination => _first.Length;

    /// <summary>Maximum of sources that a destination has.</summary>
    public int MaxCount { get; }

    public int First(int destination) => _first[destination];

    public ReadOnlySpan<T> Weights(int destination) => _weights[destination];

    /// <summary>One above the last source.</summary>
    public int End(int destination) => _first[destination] + _weights[destination].Length;
}
