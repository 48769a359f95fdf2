using DqnAspire.NeuralNetworks.Initializers;
using DqnAspire.NeuralNetworks.Inputs;

namespace DqnAspire.NeuralNetworks.Definitions;

/// <summary>A network as its author describes it; <see cref="QNetwork"/> computes it.</summary>
/// <param name="Name">Kind and sizes; parameters fit networks with the same text.</param>
/// <param name="Observation">What comes in.</param>
/// <param name="Layers">Layers before the head.</param>
/// <param name="Head">What gives the action values.</param>
public sealed record NetworkDefinition(string Name, FeatureShape Observation, IReadOnlyList<LayerDefinition> Layers, HeadDefinition Head)
{
    /// <summary>What is made of observations of bytes.</summary>
    public InputScaling Scaling { get; init; } = InputScaling.Unit;

    /// <summary>How weights start.</summary>
    public Initializer Initializer { get; init; } = Initializer.PyTorch;
}
