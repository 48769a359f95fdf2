using DqnAspire.Core.Networks;
using DqnAspire.NeuralNetworks.Layers;

namespace DqnAspire.NeuralNetworks.Tests.Reference;

/// <summary>
/// The definition of correct: a network's forward pass in double precision, sample by sample and sum by sum, from the
/// definition and the parameters as they lie in files. Noise and dropout are what the network under test drew.
/// </summary>
internal sealed class ReferenceNetwork
{
    private readonly NetworkDefinition _definition;
    private readonly Dictionary<string, Layer> _layers;

    public ReferenceNetwork(NetworkDefinition definition, QNetwork network)
    {
        _definition = definition;
        _layers = Leaves(network.Layers).ToDictionary(l => l.Name);
        Parameters = network.Store.Parameters.ToDictionary(
            p => p.Name, p => p.Export(network.Store.Weights.Span).Select(w => (double)w).ToArray());
    }

    public Dictionary<string, double[]> Parameters { get; }

    /// <summary>Outputs of the head, [actions, outputs].</summary>
    /// <param name="observation">Scaled values.</param>
    /// <param name="sample">Place in the batch, which dropout's draw depends on.</param>
    /// <param name="training">Dropout and noise are on.</param>
    public double[] Forward(double[] observation, int sample, bool training)
    {
        var shape = _definition.Observation;
        var x = Chain(
            new Tensor(observation, shape.Channels, shape.Height, shape.Width), _definition.Layers, "layers", sample,
            training);
        var head = _definition.Head;
        var outputs = head.Values.Outputs;
        if (!head.Dueling)
        {
            return Branch(x, head, "head", sample, training).Values;
        }

        var value = Branch(x, head, "head.value", sample, training).Values;
        var advantage = Branch(x, head, "head.advantage", sample, training).Values;
        return [.. advantage.Select((w, i) => value[i % outputs] + w - MeanAdvantage(i % outputs))];

        double MeanAdvantage(int output) =>
            Enumerable.Range(0, head.Actions).Average(a => advantage[(a * outputs) + output]);
    }

    private Tensor Chain(Tensor x, IReadOnlyList<LayerDefinition> layers, string name, int sample, bool training)
    {
        for (var i = 0; i < layers.Count; i++)
        {
            x = Apply(x, layers[i], $"{name}.{i}", sample, training);
        }

        return x;
    }

    private Tensor Apply(Tensor x, LayerDefinition layer, string name, int sample, bool training) => layer switch
    {
        DenseDefinition d => Relu(Dense(x, name, noisy: false, training), d.Relu),
        ConvolutionDefinition d =>
            Relu(Convolution(x, d, Parameters[$"{name}.weight"], Parameters[$"{name}.bias"]), d.Relu),
        ReluDefinition => Relu(x, relu: true),
        DropoutDefinition => Dropout(x, name, sample, training),
        LayerNormDefinition d => Relu(LayerNorm(x, name), d.Relu),
        MaxPoolDefinition d => MaxPool(x, d),
        ResidualDefinition d => Sum(x, Chain(x, d.Inner, $"{name}.inner", sample, training)),
        _ => throw new NotSupportedException(layer.ToString()),
    };

    private Tensor Branch(Tensor x, HeadDefinition head, string name, int sample, bool training)
    {
        var noisy = head.NoiseScale > 0;
        if (head.HiddenUnits > 0)
        {
            x = Relu(Dense(x, $"{name}.hidden", noisy, training), relu: true);
        }

        if (head.HiddenDropout > 0)
        {
            x = Dropout(x, $"{name}.dropout", sample, training);
        }

        return Dense(x, $"{name}.output", noisy, training);
    }

    private Tensor Dense(Tensor x, string name, bool noisy, bool training)
    {
        var inputs = x.Values.Length;
        var bias = noisy ? Noisy(name, "bias", 0, training) : Parameters[$"{name}.bias"];
        var weight = noisy ? Noisy(name, "weight", inputs, training) : Parameters[$"{name}.weight"];
        var sums = bias.Select((b, o) => b + x.Values.Select((v, i) => v * weight[(o * inputs) + i]).Sum());
        return new Tensor([.. sums], bias.Length, 1, 1);
    }

    /// <summary>mu + sigma f(q) f(p), or f(q) alone for a bias.</summary>
    private double[] Noisy(string name, string kind, int inputs, bool training)
    {
        var layer = (NoisyDenseLayer)_layers[name];
        var (mean, scale) = (Parameters[$"{name}.{kind}_mu"], Parameters[$"{name}.{kind}_sigma"]);
        return
        [
            .. mean.Select((m, i) => m + (!training ? 0 : scale[i] * (inputs == 0
                ? layer.OutputNoise(i)
                : (double)layer.OutputNoise(i / inputs) * layer.InputNoise(i % inputs)))),
        ];
    }

    private static Tensor Convolution(Tensor x, ConvolutionDefinition d, double[] weight, double[] bias)
    {
        var (height, width) =
            (Size(x.Height, d.Kernel, d.Stride, d.Padding), Size(x.Width, d.Kernel, d.Stride, d.Padding));
        var result = Tensor.Zeros(d.Filters, height, width);
        for (var filter = 0; filter < d.Filters; filter++)
        {
            for (var y = 0; y < height; y++)
            {
                for (var column = 0; column < width; column++)
                {
                    var sum = bias[filter];
                    for (var channel = 0; channel < x.Channels; channel++)
                    {
                        for (var ky = 0; ky < d.Kernel; ky++)
                        {
                            for (var kx = 0; kx < d.Kernel; kx++)
                            {
                                var (iy, ix) = ((y * d.Stride) + ky - d.Padding, (column * d.Stride) + kx - d.Padding);
                                if (x.Holds(iy, ix))
                                {
                                    var row = (((filter * x.Channels) + channel) * d.Kernel) + ky;
                                    sum += x.At(channel, iy, ix) * weight[(row * d.Kernel) + kx];
                                }
                            }
                        }
                    }

                    result.At(filter, y, column) = sum;
                }
            }
        }

        return result;
    }

    private static Tensor MaxPool(Tensor x, MaxPoolDefinition d)
    {
        var result = Tensor.Zeros(
            x.Channels, Size(x.Height, d.Kernel, d.Stride, d.Padding), Size(x.Width, d.Kernel, d.Stride, d.Padding));
        for (var channel = 0; channel < x.Channels; channel++)
        {
            for (var y = 0; y < result.Height; y++)
            {
                for (var column = 0; column < result.Width; column++)
                {
                    result.At(channel, y, column) = (
                        from ky in Enumerable.Range(0, d.Kernel)
                        from kx in Enumerable.Range(0, d.Kernel)
                        let place = (Y: (y * d.Stride) + ky - d.Padding, X: (column * d.Stride) + kx - d.Padding)
                        where x.Holds(place.Y, place.X)
                        select x.At(channel, place.Y, place.X)).Max();
                }
            }
        }

        return result;
    }

    private Tensor LayerNorm(Tensor x, string name)
    {
        var mean = x.Values.Average();
        var deviation = Math.Sqrt(x.Values.Average(v => (v - mean) * (v - mean)) + 1e-5);
        var (gain, shift) = (Parameters[$"{name}.weight"], Parameters[$"{name}.bias"]);
        return x with { Values = [.. x.Values.Select((v, i) => ((v - mean) / deviation * gain[i]) + shift[i])] };
    }

    private Tensor Dropout(Tensor x, string name, int sample, bool training)
    {
        var layer = (DropoutLayer)_layers[name];
        return training ? x with { Values = [.. x.Values.Select((v, i) => v * Factor(i))] } : x;

        float Factor(int i) => layer.Factors.Span[(sample * layer.Input.SampleStride) + layer.Input.IndexOf(i)];
    }

    private static Tensor Relu(Tensor x, bool relu) => relu ? x.Map(v => Math.Max(v, 0)) : x;

    private static Tensor Sum(Tensor left, Tensor right) =>
        left with { Values = [.. left.Values.Zip(right.Values, (a, b) => a + b)] };

    private static int Size(int input, int kernel, int stride, int padding) =>
        ((input + (2 * padding) - kernel) / stride) + 1;

    private static IEnumerable<Layer> Leaves(Layer layer) =>
        layer.Children.Any() ? layer.Children.SelectMany(Leaves) : [layer];
}
