using DqnAspire.Core.Networks;

namespace DqnAspire.Samples.NetworkBackend;

/// <summary>
/// A network backend in plain loops, without vectors or threads. It supports dense networks with plain action values
/// and Adam, and rejects everything else with a message that names it.
/// </summary>
public sealed class ScalarBackend : INetworkBackend
{
    /// <inheritdoc/>
    public string Name => "scalar";

    /// <inheritdoc/>
    public IQNetwork Create(NetworkDefinition definition, TrainingDefinition? training, ulong seed)
    {
        definition.Validate();
        RequireSupported(definition);
        if (training is not null)
        {
            training.Loss.Require(definition.Head);
            RequireSupported(training);
        }

        return new ScalarNetwork(definition, training, seed);
    }

    /// <inheritdoc/>
    public IQNetwork CreateActing(NetworkDefinition definition) => Create(definition, training: null, seed: 0);

    private static void RequireSupported(NetworkDefinition definition)
    {
        foreach (var layer in definition.Layers)
        {
            Require(layer is DenseDefinition, layer);
        }

        var head = definition.Head;
        Require(head is { Dueling: false, NoiseScale: 0, HiddenDropout: 0, Values: PlainValues }, $"the head '{head}'");
    }

    private static void RequireSupported(TrainingDefinition training)
    {
        Require(training.Loss is SquaredError or SquaredErrorOverActions or HuberLoss, training.Loss);
        Require(training.Optimizer is Adam, training.Optimizer);
        Require(training.Clipping.Kind is GradientClippingKind.None or GradientClippingKind.Value, training.Clipping);
    }

    private static void Require(bool supported, object part)
    {
        if (!supported)
        {
            throw new ArgumentException($"The scalar backend does not support {part}.");
        }
    }
}
