namespace DqnAspire.Core.Networks;

/// <summary>The input of a gradient step on given targets.</summary>
/// <param name="observations">The observations.</param>
/// <param name="targets">
/// What the loss compares the outputs with, [count, <see cref="LossDefinition.TargetSize"/>].
/// </param>
public readonly ref struct TrainingBatch(Observations observations, ReadOnlySpan<float> targets)
{
    /// <summary>The observations.</summary>
    public Observations Observations { get; } = observations;

    /// <summary>What the loss compares the outputs with, [count, <see cref="LossDefinition.TargetSize"/>].</summary>
    public ReadOnlySpan<float> Targets { get; } = targets;

    /// <summary>The action taken in each sample, [count]; empty when the loss covers all actions.</summary>
    public ReadOnlySpan<int> Actions { get; init; }

    /// <summary>Importance weights, [count]; empty when all are 1.</summary>
    public ReadOnlySpan<float> Weights { get; init; }

    /// <summary>Number of samples.</summary>
    public int Count => Observations.Count;

    /// <summary>The importance weight of a sample.</summary>
    public float WeightOf(int sample) => Weights.IsEmpty ? 1 : Weights[sample];
}
