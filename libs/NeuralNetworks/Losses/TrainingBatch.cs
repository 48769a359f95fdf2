using DqnAspire.NeuralNetworks.Inputs;

namespace DqnAspire.NeuralNetworks.Losses;

/// <summary>What a gradient step is made from.</summary>
/// <param name="observations">Observations.</param>
/// <param name="targets">What the loss compares with: [count, <see cref="Loss.TargetSize"/>].</param>
public readonly ref struct TrainingBatch(Observations observations, ReadOnlySpan<float> targets)
{
    /// <summary>Observations.</summary>
    public Observations Observations { get; } = observations;

    /// <summary>Targets, [count, <see cref="Loss.TargetSize"/>].</summary>
    public ReadOnlySpan<float> Targets { get; } = targets;

    /// <summary>The action taken in each sample, [count]; empty when the loss looks at every action.</summary>
    public ReadOnlySpan<int> Actions { get; init; }

    /// <summary>Importance weights, [count]; empty: all are 1.</summary>
    public ReadOnlySpan<float> Weights { get; init; }

    /// <summary>Samples.</summary>
    public int Count => Observations.Count;

    /// <summary>A sample's importance weight.</summary>
    public float WeightOf(int sample) => Weights.IsEmpty ? 1 : Weights[sample];
}
