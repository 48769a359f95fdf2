using System.Globalization;
using DqnAspire.Core.Networks;
using DqnAspire.Core.Randomness;
using DqnAspire.NeuralNetworks.Kernels;
using DqnAspire.NeuralNetworks.Memory;
using DqnAspire.NeuralNetworks.Threading;

namespace DqnAspire.NeuralNetworks.Layers;

/// <summary>
/// A dense layer whose weights carry learned noise, factorised (Fortunato et al. 2018, section 3): w = mu + sigma f(p)
/// f(q) with a normal number q for each output and p for each input, f(x) = sign(x) sqrt(|x|); the bias's noise is
/// f(q). For play the noise is off. Weights outside as in a dense layer, once for mu, once for sigma.
/// </summary>
internal sealed class NoisyDenseLayer : Layer
{
    private const int RowsPerTask = 64;

    private readonly DenseProduct _product;
    private readonly Parameter _mean;
    private readonly Parameter _scale;
    private readonly Parameter _biasMean;
    private readonly Parameter _biasScale;
    private readonly bool _relu;
    private readonly WorkerPool _pool;
    private readonly AlignedBuffer _inputNoise;
    private readonly AlignedBuffer _outputNoise;
    private readonly AlignedBuffer _weights;
    private readonly AlignedBuffer _bias;
    private readonly Action<int> _weightsTask;
    private readonly Action<int> _scaleTask;
    // Version of the weights that the noise was last mixed into; none after a draw.
    private long _mixed = -1;

    public NoisyDenseLayer(Layout input, int units, bool relu, WorkerPool pool)
        : base(input, Layout.Padded(new FeatureShape(units)))
    {
        (_relu, _pool) = (relu, pool);
        _product = new DenseProduct(input.SampleStride, units, relu, pool);
        var inputs = input.Shape.Features;
        var panels = _product.Panels;
        int IndexOf(int i) => panels.IndexOf(input.IndexOf(i % inputs), i / inputs);
        _mean = new Parameter(
            "weight_mu", ParameterRole.NoisyMean, [units, inputs], inputs, units, panels.Length, IndexOf);
        _scale = new Parameter(
            "weight_sigma", ParameterRole.NoisyScale, [units, inputs], inputs, units, panels.Length, IndexOf);
        _biasMean = new Parameter("bias_mu", ParameterRole.NoisyMean, [units], inputs, units, panels.Stride, i => i);
        _biasScale = new Parameter(
            "bias_sigma", ParameterRole.NoisyScale, [units], inputs, units, panels.Stride, i => i);
        _inputNoise = new AlignedBuffer(input.SampleStride);
        _outputNoise = new AlignedBuffer(panels.Stride);
        _weights = new AlignedBuffer(panels.Length);
        _bias = new AlignedBuffer(panels.Stride);
        _weightsTask = WeightsTask;
        _scaleTask = ScaleTask;
    }

    public override string Description =>
        string.Create(CultureInfo.InvariantCulture, $"noisy dense {Output.Shape.Channels}{(_relu ? ", ReLU" : "")}");

    public override IReadOnlyList<Parameter> Parameters => [_mean, _scale, _biasMean, _biasScale];

    public override bool EndsInRelu => _relu;

    /// <summary>Draws new noise: a number for each input in outside order, then one for each output.</summary>
    public void Draw(Pcg64 random)
    {
        _mixed = -1;
        for (var i = 0; i < Input.Shape.Features; i++)
        {
            _inputNoise.Span[Input.IndexOf(i)] = Shaped(random);
        }

        for (var i = 0; i < Output.Shape.Channels; i++)
        {
            _outputNoise.Span[i] = Shaped(random);
        }
    }

    /// <summary>f(p) of an input, by its outside number.</summary>
    public float InputNoise(int index) => _inputNoise.Span[Input.IndexOf(index)];

    /// <summary>f(q) of an output.</summary>
    public float OutputNoise(int index) => _outputNoise.Span[index];

    public override void Forward(AlignedBuffer input, int count, Pass pass)
    {
        if (pass == Pass.Evaluation)
        {
            _product.Forward(
                input, count, _mean.WeightBuffer, _mean.Offset, _biasMean.WeightBuffer, _biasMean.Offset, Value);
            return;
        }

        if (_mixed != _mean.Version)
        {
            _mixed = _mean.Version;
            _pool.Run(Tasks, _weightsTask);
            NoisyWeights.Mix(_biasMean.Weights, _biasScale.Weights, 1, _outputNoise.Span, _bias.Span);
        }

        _product.Forward(input, count, _weights, 0, _bias, 0, Value);
    }

    public override void Backward(AlignedBuffer input, int count, InputGradient into)
    {
        _product.WeightGradient(
            input, count, Delta, _mean.GradientBuffer, _mean.Offset, _biasMean.GradientBuffer, _biasMean.Offset);
        _pool.Run(Tasks, _scaleTask);
        NoisyWeights.Scale(_biasMean.Gradients, 1, _outputNoise.Span, _biasScale.Gradients);
        if (into.Buffer is not null)
        {
            _product.InputGradient(input, count, Delta, _weights, 0, into);
        }
    }

    private int Tasks => (_product.Panels.Rows + RowsPerTask - 1) / RowsPerTask;

    /// <summary>Mixes the noise into the weights of some inputs: w = mu + sigma f(p) f(q).</summary>
    private void WeightsTask(int task)
    {
        var panels = _product.Panels;
        for (var panel = 0; panel < panels.Count; panel++)
        {
            var width = panels.WidthOf(panel);
            var outputs = _outputNoise.Slice(panel * Panels.Width, width);
            for (var input = FirstInput(task); input < FirstInput(task + 1); input++)
            {
                var place = panels.OffsetOf(panel) + (input * width);
                NoisyWeights.Mix(
                    _mean.Weights.Slice(place, width), _scale.Weights.Slice(place, width), _inputNoise.Span[input],
                    outputs, _weights.Slice(place, width));
            }
        }
    }

    /// <summary>The gradient of sigma for some inputs: the gradient of mu times f(p) f(q).</summary>
    private void ScaleTask(int task)
    {
        var panels = _product.Panels;
        for (var panel = 0; panel < panels.Count; panel++)
        {
            var width = panels.WidthOf(panel);
            var outputs = _outputNoise.Slice(panel * Panels.Width, width);
            for (var input = FirstInput(task); input < FirstInput(task + 1); input++)
            {
                var place = panels.OffsetOf(panel) + (input * width);
                NoisyWeights.Scale(
                    _mean.Gradients.Slice(place, width), _inputNoise.Span[input], outputs,
                    _scale.Gradients.Slice(place, width));
            }
        }
    }

    private int FirstInput(int task) => Math.Min(task * RowsPerTask, _product.Panels.Rows);

    private static float Shaped(Pcg64 random)
    {
        var x = Normal.Next(random);
        return (float)(Math.Sign(x) * Math.Sqrt(Math.Abs(x)));
    }
}
