using DqnAspire.NeuralNetworks.Definitions;

namespace DqnAspire.NeuralNetworks.Presets;

/// <summary>Networks with layer normalisation, as PQN has them (Gallici et al. 2024).</summary>
public static class LayerNormalisation
{
    /// <summary>What the names of such networks begin with.</summary>
    internal const string Prefix = "normalised ";

    /// <summary>
    /// The same network with layer normalisation between every convolution or dense layer and its ReLU, the head's hidden layer
    /// included; the outputs stay as they are.
    /// </summary>
    /// <param name="definition">A network of convolutions and dense layers.</param>
    /// <exception cref="ArgumentException">It has other layers, dropout or noise.</exception>
    public static NetworkDefinition WithLayerNorm(this NetworkDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var head = definition.Head;
        if (head.NoiseScale > 0 || head.HiddenDropout > 0)
        {
            throw new ArgumentException($"Layer normalisation goes with neither noise nor dropout in the head; the network is {definition.Name}.", nameof(definition));
        }

        LayerDefinition[] hidden = head.HiddenUnits > 0 ? [new DenseDefinition(head.HiddenUnits)] : [];
        return definition with
        {
            Name = Prefix + definition.Name,
            Layers = [.. definition.Layers.Concat(hidden).SelectMany(layer => Normalise(layer, definition.Name))],
            Head = head with { HiddenUnits = 0 },
        };
    }

    private static LayerDefinition[] Normalise(LayerDefinition layer, string name) => layer switch
    {
        ConvolutionDefinition { Relu: true } convolution => [convolution with { Relu = false }, new LayerNormDefinition()],
        DenseDefinition { Relu: true } dense => [dense with { Relu = false }, new LayerNormDefinition()],
        _ => throw new ArgumentException($"Layer normalisation is for convolutions and dense layers with a ReLU; {name} has {layer}."),
    };
}
