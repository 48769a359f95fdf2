using DqnAspire.NeuralNetworks.Losses;
using DqnAspire.NeuralNetworks.Optimizers;

namespace DqnAspire.NeuralNetworks;

/// <summary>How a network is trained.</summary>
/// <param name="Loss">What is made small.</param>
/// <param name="Optimizer">How.</param>
public sealed record TrainingDefinition(Loss Loss, OptimizerDefinition Optimizer)
{
    /// <summary>A bound on gradients.</summary>
    public GradientClipping Clipping { get; init; } = GradientClipping.None;
}
