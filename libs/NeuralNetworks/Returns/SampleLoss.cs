using DqnAspire.Core.Networks;

namespace DqnAspire.NeuralNetworks.Returns;

/// <summary>Computes the loss of one sample, as a <see cref="LossDefinition"/> describes it.</summary>
internal abstract class SampleLoss
{
    /// <summary>Computes the loss and its gradient.</summary>
    /// <param name="outputs">
    /// The outputs for the action taken, [<see cref="ValueDistribution.Outputs"/>], or for all actions.
    /// </param>
    /// <param name="target">[<see cref="LossDefinition.TargetSize"/>].</param>
    /// <param name="gradient">Receives the derivatives of the loss by the outputs.</param>
    /// <param name="error">Receives the TD error (target minus estimate) or the priority that replaces it.</param>
    /// <returns>The loss.</returns>
    public abstract double Compute(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> target, Span<float> gradient, out float error);
}
