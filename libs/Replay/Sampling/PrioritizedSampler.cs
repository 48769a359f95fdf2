using DqnAspire.Core.Randomness;
using DqnAspire.Core.Replay;

namespace DqnAspire.Replay.Sampling;

/// <summary>
/// Draws transition i with probability P(i) = p_i^alpha / sum_j p_j^alpha, and weighs it with (N P(i))^-beta, divided
/// by the batch's largest weight, so that weights only shrink an update.
/// </summary>
/// <remarks>
/// T. Schaul et al., "Prioritized Experience Replay" (2016), section 3.3 and appendix B.2.1: the running sum of p^alpha
/// is split into as many equal parts as the batch has transitions, and one is drawn from each. Transitions whose return
/// is not complete do not count, in N and in the sums. When every complete one has priority 0, they are equally likely.
/// </remarks>
/// <param name="random">Source of the draws.</param>
public sealed class PrioritizedSampler(Pcg64 random) : ISampler
{
    private readonly UniformSampler _uniform = new(random);
    private readonly List<long> _incomplete = [];
    private readonly List<double> _setAside = [];

    /// <summary>Exponent beta of the importance weights: 0 corrects nothing, 1 all.</summary>
    public double ImportanceExponent { get; set; } = 0.4;

    /// <inheritdoc/>
    public SamplerState State
    {
        get => _uniform.State;
        set => _uniform.State = value;
    }

    /// <inheritdoc/>
    public bool CanSample(TransitionView view, int batchSize) => view.CountComplete() > 0;

    /// <inheritdoc/>
    public int MaxBatchSize(int capacity) => int.MaxValue;

    /// <inheritdoc/>
    public void Sample(TransitionView view, Span<int> indices, Span<float> weights)
    {
        var priorities = view.Priorities;
        var tree = priorities.Tree;
        SetAside(view, priorities);
        try
        {
            if (!(tree.Total > 0))
            {
                _uniform.Sample(view, indices, weights);
                return;
            }

            Draw(view, priorities, indices, weights);
        }
        finally
        {
            PutBack(priorities);
        }
    }

    private void Draw(TransitionView view, PriorityIndex priorities, Span<int> indices, Span<float> weights)
    {
        var tree = priorities.Tree;
        var total = tree.Total;
        var part = total / indices.Length;
        var complete = view.Size - _incomplete.Count;
        var oldest = (int)(view.OldestStep % priorities.Capacity);
        var max = 0.0;
        for (var i = 0; i < indices.Length; i++)
        {
            var entry = tree.Find((i + random.NextDouble()) * part);
            indices[i] = entry >= oldest ? entry - oldest : entry - oldest + priorities.Capacity;
            var weight = Math.Pow(complete * (tree[entry] / total), -ImportanceExponent);
            weights[i] = (float)weight;
            max = Math.Max(max, weight);
        }

        if (!(max <= float.MaxValue))
        {
            WeighByLeast(priorities, oldest, indices, weights);
            return;
        }

        foreach (ref var weight in weights)
        {
            weight = (float)(weight / max);
        }
    }

    /// <summary>
    /// The same weights where they leave the range of numbers before they are divided by the largest, which is that of
    /// the transition with the least p^alpha.
    /// </summary>
    private void WeighByLeast(PriorityIndex priorities, int oldest, ReadOnlySpan<int> indices, Span<float> weights)
    {
        var tree = priorities.Tree;
        var least = double.MaxValue;
        foreach (var index in indices)
        {
            least = Math.Min(least, tree[(int)(((long)index + oldest) % priorities.Capacity)]);
        }

        for (var i = 0; i < indices.Length; i++)
        {
            var share = tree[(int)(((long)indices[i] + oldest) % priorities.Capacity)] / least;
            weights[i] = (float)Math.Pow(share, -ImportanceExponent);
        }
    }

    private void SetAside(TransitionView view, PriorityIndex priorities)
    {
        _incomplete.Clear();
        _setAside.Clear();
        view.AddIncomplete(_incomplete);
        foreach (var step in _incomplete)
        {
            var entry = (int)(step % priorities.Capacity);
            _setAside.Add(priorities.Tree[entry]);
            priorities.Tree[entry] = 0;
        }
    }

    private void PutBack(PriorityIndex priorities)
    {
        for (var i = 0; i < _incomplete.Count; i++)
        {
            priorities.Tree[(int)(_incomplete[i] % priorities.Capacity)] = _setAside[i];
        }
    }
}
