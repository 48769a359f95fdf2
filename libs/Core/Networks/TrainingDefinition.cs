namespace DqnAspire.Core.Networks;

/// <summary>Describes how a network is trained.</summary>
/// <param name="Loss">What a gradient step reduces.</param>
/// <param name="Optimizer">How gradients change the weights.</param>
public sealed record TrainingDefinition(LossDefinition Loss, OptimizerDefinition Optimizer)
{
    /// <summary>The bound on gradients.</summary>
    public GradientClipping Clipping { get; init; } = GradientClipping.None;
}
