namespace DqnAspire.Core.Networks;

/// <summary>Networks with layer normalisation, as in PQN (Gallici et al. 2024).</summary>
public static class LayerNormalisation
{
    private const string Prefix = "normalised ";

    /// <summary>
    /// Adds layer normalisation between every convolution or dense layer and its ReLU, the hidden layer of the head
    /// included. The outputs have none.
    /// </summary>
    /// <param name="definition">A network of convolutions and dense layers.</param>
    /// <exception cref="ArgumentException">The network has other layers, dropout or noise.</exception>
    public static NetworkDefinition WithLayerNorm(this NetworkDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var head = definition.Head;
        if (head.NoiseScale > 0 || head.HiddenDropout > 0)
        {
            throw new ArgumentException(
                $"Layer normalisation does not support noise or dropout in the head; the network is {definition.Name}.",
                nameof(definition));
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
        ConvolutionDefinition { Relu: true } convolution =>
            [convolution with { Relu = false }, new LayerNormDefinition()],
        DenseDefinition { Relu: true } dense => [dense with { Relu = false }, new LayerNormDefinition()],
        _ => throw new ArgumentException(
            $"Layer normalisation is for convolutions and dense layers with a ReLU; {name} has {layer}."),
    };
}
