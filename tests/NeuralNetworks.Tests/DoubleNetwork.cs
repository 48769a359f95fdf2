using DqnAspire.NeuralNetworks.Checkpoints;
using DqnAspire.NeuralNetworks.Kernels;

namespace DqnAspire.NeuralNetworks.Tests;

/// <summary>The same dense network, written plainly in double precision.</summary>
internal sealed class DoubleNetwork
{
    private readonly int[] _sizes;
    private readonly double[][] _parameters;

    public DoubleNetwork(DenseQNetwork network)
    {
        _sizes = [.. network.Architecture["dense ".Length..].Split('-').Select(int.Parse)];
        var file = new SafetensorsFile();
        network.Save(file, "", withOptimizer: false);
        _parameters = new double[(_sizes.Length - 1) * 2][];
        for (var i = 0; i < _sizes.Length - 1; i++)
        {
            _parameters[2 * i] = [.. file.GetFloat32($"layers.{i}.kernel", [_sizes[i], _sizes[i + 1]]).Select(w => (double)w)];
            _parameters[(2 * i) + 1] = [.. file.GetFloat32($"layers.{i}.bias", [_sizes[i + 1]]).Select(b => (double)b)];
        }
    }

    public double[] Forward(double[] x)
    {
        for (var layer = 0; layer < _sizes.Length - 1; layer++)
        {
            var (weights, y) = (_parameters[2 * layer], _parameters[(2 * layer) + 1].ToArray());
            for (var o = 0; o < y.Length; o++)
            {
                for (var i = 0; i < x.Length; i++)
                {
                    y[o] += x[i] * weights[(i * y.Length) + o];
                }

                y[o] = layer < _sizes.Length - 2 ? Math.Max(0, y[o]) : y[o];
            }

            x = y;
        }

        return x;
    }

    public double Loss(float[] observations, float[] labels, int count)
    {
        var (sum, width, actions) = (0.0, _sizes[0], _sizes[^1]);
        for (var n = 0; n < count; n++)
        {
            var values = Forward([.. observations.AsSpan(n * width, width).ToArray().Select(x => (double)x)]);
            for (var a = 0; a < actions; a++)
            {
                sum += Math.Pow(values[a] - labels[(n * actions) + a], 2);
            }
        }

        return sum / (count * actions);
    }

    /// <summary>d loss / d parameter, layer by layer, kernel before bias.</summary>
    public double[] FiniteDifferences(float[] observations, float[] labels, int count)
    {
        const double Step = 1e-6;
        var result = new List<double>();
        foreach (var tensor in _parameters)
        {
            for (var i = 0; i < tensor.Length; i++)
            {
                var value = tensor[i];
                tensor[i] = value + Step;
                var up = Loss(observations, labels, count);
                tensor[i] = value - Step;
                var down = Loss(observations, labels, count);
                tensor[i] = value;
                result.Add((up - down) / (2 * Step));
            }
        }

        return [.. result];
    }

    /// <summary>The network's padded flat gradients in the order of <see cref="FiniteDifferences"/>.</summary>
    public double[] Flatten(ReadOnlySpan<float> gradients)
    {
        var result = new List<double>();
        for (var layer = 0; layer < _sizes.Length - 1; layer++)
        {
            var stride = Padding.RoundUp(_sizes[layer + 1]);
            // The bias is the row after the weights' rows.
            for (var row = 0; row <= _sizes[layer]; row++)
            {
                for (var o = 0; o < _sizes[layer + 1]; o++)
                {
                    result.Add(gradients[(row * stride) + o]);
                }
            }

            gradients = gradients[((_sizes[layer] + 1) * stride)..];
        }

        return [.. result];
    }
}
