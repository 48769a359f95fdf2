using DqnAspire.Core.Networks;
using DqnAspire.Core.Randomness;
using DqnAspire.NeuralNetworks.Layers;
using DqnAspire.NeuralNetworks.Threading;

namespace DqnAspire.NeuralNetworks;

/// <summary>
/// Creates layers from their definitions and names them for files: "layers.0", "layers.1.inner.0", "head.value.hidden".
/// </summary>
internal sealed class NetworkBuilder(Pcg64 random, WorkerPool pool)
{
    public LayerChain Build(NetworkDefinition definition)
    {
        var input = InputLayout(definition);
        var layers = Chain(input, definition.Layers, "layers");
        var trunk = layers.Count > 0 ? layers[^1].Output : input;
        return new LayerChain(input, [.. layers, .. Head(trunk, definition.Head)]);
    }

    /// <summary>
    /// Observations have no padding before a convolution or a dense layer, because nothing needs their gradient. They
    /// have cells of stride x stride pixels before a convolution whose kernel is a multiple of its stride: its windows
    /// then consist of whole cells.
    /// </summary>
    private static Layout InputLayout(NetworkDefinition definition) => definition.Layers switch
    {
        [ConvolutionDefinition { Padding: 0, Stride: > 0 } first, ..]
            when first.Kernel % first.Stride == 0 && definition.Observation.Height % first.Stride == 0
                && definition.Observation.Width % first.Stride == 0
            => Layout.Dense(definition.Observation, first.Stride),
        [] or [ConvolutionDefinition or DenseDefinition, ..] => Layout.Dense(definition.Observation),
        _ => Layout.Padded(definition.Observation),
    };

    private List<Layer> Chain(Layout input, IReadOnlyList<LayerDefinition> definitions, string name)
    {
        var layers = new List<Layer>();
        for (var i = 0; i < definitions.Count; i++)
        {
            var layer = Create(input, definitions[i], $"{name}.{i}");
            layers.Add(layer);
            input = layer.Output;
        }

        return layers;
    }

    private Layer Create(Layout input, LayerDefinition definition, string name)
    {
        Layer layer = definition switch
        {
            ConvolutionDefinition d => new ConvolutionLayer(input, d, pool),
            DenseDefinition d => new DenseLayer(input, d.Units, d.Relu, pool),
            DropoutDefinition d => new DropoutLayer(input, d.Rate, random),
            MaxPoolDefinition d => new MaxPoolLayer(input, d, pool),
            ResidualDefinition d => new ResidualLayer(new LayerChain(input, Chain(input, d.Inner, $"{name}.inner"))),
            LayerNormDefinition d => new LayerNormLayer(input, d.Relu, pool),
            ReluDefinition => new ReluLayer(input),
            _ => throw ManagedParts.Unknown(definition),
        };
        layer.Name = name;
        return layer;
    }

    private List<Layer> Head(Layout input, HeadDefinition head)
    {
        var outputs = head.Actions * head.Values.Outputs;
        if (!head.Dueling)
        {
            return Branch(input, head, outputs, "head");
        }

        var dueling = new DuelingLayer(
            new LayerChain(input, Branch(input, head, head.Values.Outputs, "head.value")),
            new LayerChain(input, Branch(input, head, outputs, "head.advantage")),
            head.Actions);
        dueling.Name = "head";
        return [dueling];
    }

    private List<Layer> Branch(Layout input, HeadDefinition head, int outputs, string name)
    {
        var layers = new List<Layer>();
        if (head.HiddenUnits > 0)
        {
            layers.Add(Dense(input, head, head.HiddenUnits, relu: true, $"{name}.hidden"));
            input = layers[^1].Output;
        }

        if (head.HiddenDropout > 0)
        {
            layers.Add(new DropoutLayer(input, head.HiddenDropout, random) { Name = $"{name}.dropout" });
        }

        layers.Add(Dense(input, head, outputs, relu: false, $"{name}.output"));
        return layers;
    }

    private Layer Dense(Layout input, HeadDefinition head, int units, bool relu, string name) => head.NoiseScale > 0
        ? new NoisyDenseLayer(input, units, relu, pool) { Name = name }
        : new DenseLayer(input, units, relu, pool) { Name = name };
}
