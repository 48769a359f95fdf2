using System.Globalization;
using System.Runtime.Intrinsics;
using System.Text;
using DqnAspire.NeuralNetworks.Checkpoints;
using DqnAspire.NeuralNetworks.Kernels;
using DqnAspire.NeuralNetworks.Optimizers;
using DqnAspire.Randomness;

namespace DqnAspire.NeuralNetworks;

/// <summary>
/// Dense layers with ReLU between them and a linear last one, trained with Adam. Weights start He-uniform,
/// U(-sqrt(6/inputs), sqrt(6/inputs)) (He et al. 2015), drawn from PCG64 layer by layer in row-major order [inputs, outputs];
/// biases start at zero. One thread computes, sums run in a fixed order: the same seed gives the same weights.
/// </summary>
public sealed class DenseQNetwork : IQNetwork
{
    private readonly int[] _sizes;
    private readonly Layer[] _layers;
    private readonly float[] _weights;
    private readonly float[] _gradients;
    private readonly AdamOptimizer _optimizer;
    private int _capacity;

    /// <summary>A network with fresh weights.</summary>
    /// <param name="sizes">Observation size, units of each hidden layer, number of actions.</param>
    /// <param name="seed">Seed of the initial weights.</param>
    /// <param name="learningRate">Learning rate of Adam.</param>
    /// <param name="clipValue">Bound on the absolute value of each gradient element; 0: none.</param>
    /// <exception cref="ArgumentException">There are fewer than two sizes, or one below 1.</exception>
    public DenseQNetwork(ReadOnlySpan<int> sizes, ulong seed, double learningRate, double clipValue)
    {
        if (sizes.Length < 2 || sizes.ContainsAnyInRange(int.MinValue, 0))
        {
            throw new ArgumentException($"Sizes {string.Join('-', sizes.ToArray())}: at least two, each at least 1, are needed.", nameof(sizes));
        }

        _sizes = sizes.ToArray();
        _layers = new Layer[sizes.Length - 1];
        var offset = 0;
        for (var i = 0; i < _layers.Length; i++)
        {
            _layers[i] = new Layer(sizes[i], sizes[i + 1], offset, relu: i < _layers.Length - 1);
            offset = _layers[i].End;
        }

        _weights = new float[offset];
        _gradients = new float[offset];
        _optimizer = new AdamOptimizer(offset, learningRate, clipValue);
        Initialise(new Pcg64(seed));
    }

    /// <inheritdoc/>
    public int ObservationSize => _sizes[0];

    /// <inheritdoc/>
    public int Actions => _sizes[^1];

    /// <inheritdoc/>
    public string Architecture => $"dense {string.Join('-', _sizes)}";

    /// <inheritdoc/>
    public string Device =>
        Vector512.IsHardwareAccelerated ? "cpu, 512-bit vectors"
        : Vector256.IsHardwareAccelerated ? "cpu, 256-bit vectors"
        : Vector128.IsHardwareAccelerated ? "cpu, 128-bit vectors"
        : "cpu, scalar";

    /// <summary>Trainable parameters.</summary>
    public int ParameterCount => _layers.Sum(l => l.ParameterCount);

    /// <inheritdoc/>
    public string Summary()
    {
        var text = new StringBuilder();
        Line("layer", "output shape", "parameters");
        for (var i = 0; i < _layers.Length; i++)
        {
            var layer = _layers[i];
            Line(
                $"dense {i} ({(layer.Relu ? "ReLU" : "linear")})",
                $"(batch, {layer.Outputs})",
                layer.ParameterCount.ToString("N0", CultureInfo.InvariantCulture));
        }

        Line("total", "", ParameterCount.ToString("N0", CultureInfo.InvariantCulture));
        return text.ToString().TrimEnd();

        void Line(string layer, string shape, string parameters) => text.Append(CultureInfo.InvariantCulture, $"{layer,-18}{shape,-16}{parameters,12}\n");
    }

    /// <inheritdoc/>
    public void Forward(ReadOnlySpan<float> observations, int count, Span<float> actionValues)
    {
        RequireShape(observations.Length, count, ObservationSize, nameof(observations));
        RequireShape(actionValues.Length, count, Actions, nameof(actionValues));
        Forward(observations, count);
        var last = _layers[^1];
        for (var row = 0; row < count; row++)
        {
            last.Output.AsSpan(row * last.Stride, Actions).CopyTo(actionValues[(row * Actions)..]);
        }
    }

    /// <inheritdoc/>
    public float Train(ReadOnlySpan<float> observations, int count, ReadOnlySpan<float> labels)
    {
        RequireShape(observations.Length, count, ObservationSize, nameof(observations));
        RequireShape(labels.Length, count, Actions, nameof(labels));
        Forward(observations, count);
        var loss = SquaredErrors(count, labels);
        if (!float.IsFinite(loss))
        {
            throw new DivergedException(loss, _optimizer.Steps + 1);
        }

        Backward(observations, count);
        _optimizer.Step(_weights, _gradients);
        return loss;
    }

    /// <inheritdoc/>
    public void CopyWeightsFrom(IQNetwork other)
    {
        if (other is not DenseQNetwork dense || dense.Architecture != Architecture)
        {
            throw new ArgumentException($"Weights of {other.Architecture} do not fit {Architecture}.", nameof(other));
        }

        dense._weights.CopyTo(_weights, 0);
    }

    /// <inheritdoc/>
    public void Save(SafetensorsFile file, string prefix, bool withOptimizer)
    {
        Add(file, prefix, _weights);
        if (withOptimizer)
        {
            Add(file, $"{prefix}adam.m.", _optimizer.FirstMoment);
            Add(file, $"{prefix}adam.v.", _optimizer.SecondMoment);
            file.Add($"{prefix}adam.steps", [1], [_optimizer.Steps]);
        }
    }

    /// <inheritdoc/>
    public void Load(SafetensorsFile file, string prefix, bool withOptimizer)
    {
        var weights = Take(file, prefix);
        if (withOptimizer)
        {
            var (m, v) = (Take(file, $"{prefix}adam.m."), Take(file, $"{prefix}adam.v."));
            _optimizer.Steps = file.GetInt64($"{prefix}adam.steps", [1])[0];
            m.CopyTo(_optimizer.FirstMoment, 0);
            v.CopyTo(_optimizer.SecondMoment, 0);
        }

        weights.CopyTo(_weights, 0);
    }

    internal ReadOnlySpan<float> Gradients => _gradients;

    private void Initialise(Pcg64 random)
    {
        foreach (var layer in _layers)
        {
            var limit = Math.Sqrt(6.0 / layer.Inputs);
            var weights = layer.Weights(_weights);
            for (var i = 0; i < layer.Inputs; i++)
            {
                for (var o = 0; o < layer.Outputs; o++)
                {
                    weights[(i * layer.Stride) + o] = (float)random.Uniform(-limit, limit);
                }
            }
        }
    }

    private void Forward(ReadOnlySpan<float> observations, int count)
    {
        if (count > _capacity)
        {
            _capacity = count;
            foreach (var layer in _layers)
            {
                layer.Reserve(count);
            }
        }

        var input = observations;
        var inputStride = ObservationSize;
        foreach (var layer in _layers)
        {
            DenseForward.Execute(
                input, count, layer.Inputs, inputStride, layer.Weights(_weights), layer.Bias(_weights), layer.Stride, layer.Relu, layer.Output);
            input = layer.Output;
            inputStride = layer.Stride;
        }
    }

    /// <summary>Leaves 2 (q - label) / (count x Actions) in the last layer's delta.</summary>
    private float SquaredErrors(int count, ReadOnlySpan<float> labels)
    {
        var last = _layers[^1];
        var entries = count * Actions;
        var scale = 2f / entries;
        var sum = 0f;
        for (var row = 0; row < count; row++)
        {
            for (var action = 0; action < Actions; action++)
            {
                var error = last.Output[(row * last.Stride) + action] - labels[(row * Actions) + action];
                sum += error * error;
                last.Delta[(row * last.Stride) + action] = scale * error;
            }
        }

        return sum / entries;
    }

    private void Backward(ReadOnlySpan<float> observations, int count)
    {
        for (var i = _layers.Length - 1; i >= 0; i--)
        {
            var layer = _layers[i];
            var input = i > 0 ? _layers[i - 1].Output : observations;
            var inputStride = i > 0 ? _layers[i - 1].Stride : ObservationSize;
            DenseWeightGradient.Execute(
                input, count, layer.Inputs, inputStride, layer.Delta, layer.Stride, layer.Weights(_gradients), layer.Bias(_gradients));
            // The observations need no gradient.
            if (i > 0)
            {
                DenseInputGradient.Execute(
                    layer.Delta, count, layer.Stride, layer.Weights(_weights), layer.Inputs, input, inputStride, _layers[i - 1].Delta);
            }
        }
    }

    private void Add(SafetensorsFile file, string prefix, float[] flat)
    {
        for (var i = 0; i < _layers.Length; i++)
        {
            var layer = _layers[i];
            var kernel = new float[layer.Inputs * layer.Outputs];
            for (var row = 0; row < layer.Inputs; row++)
            {
                layer.Weights(flat).Slice(row * layer.Stride, layer.Outputs).CopyTo(kernel.AsSpan(row * layer.Outputs));
            }

            file.Add($"{prefix}layers.{i}.kernel", [layer.Inputs, layer.Outputs], kernel);
            file.Add($"{prefix}layers.{i}.bias", [layer.Outputs], layer.Bias(flat)[..layer.Outputs].ToArray());
        }
    }

    private float[] Take(SafetensorsFile file, string prefix)
    {
        var flat = new float[_weights.Length];
        for (var i = 0; i < _layers.Length; i++)
        {
            var layer = _layers[i];
            var kernel = file.GetFloat32($"{prefix}layers.{i}.kernel", [layer.Inputs, layer.Outputs]);
            for (var row = 0; row < layer.Inputs; row++)
            {
                kernel.AsSpan(row * layer.Outputs, layer.Outputs).CopyTo(layer.Weights(flat)[(row * layer.Stride)..]);
            }

            file.GetFloat32($"{prefix}layers.{i}.bias", [layer.Outputs]).CopyTo(layer.Bias(flat));
        }

        return flat;
    }

    private static void RequireShape(int length, int count, int width, string name)
    {
        if (count < 1 || length != (long)count * width)
        {
            throw new ArgumentException($"{name} has {length} elements; [{count}, {width}] is needed.", name);
        }
    }

    /// <summary>Where a layer's parameters lie in the flat arrays, and its work space.</summary>
    private sealed class Layer(int inputs, int outputs, int offset, bool relu)
    {
        public int Inputs => inputs;

        public int Outputs => outputs;

        public bool Relu => relu;

        public int Stride { get; } = Padding.RoundUp(outputs);

        public int End => offset + ((inputs + 1) * Stride);

        public int ParameterCount => (inputs + 1) * outputs;

        public float[] Output { get; private set; } = [];

        public float[] Delta { get; private set; } = [];

        public Span<float> Weights(float[] flat) => flat.AsSpan(offset, inputs * Stride);

        public Span<float> Bias(float[] flat) => flat.AsSpan(offset + (inputs * Stride), Stride);

        public void Reserve(int count)
        {
            Output = new float[count * Stride];
            Delta = new float[count * Stride];
        }
    }
}
