using DqnAspire.Core.Networks;
using DqnAspire.NeuralNetworks.Kernels;
using DqnAspire.NeuralNetworks.Memory;
using DqnAspire.NeuralNetworks.Threading;

namespace DqnAspire.NeuralNetworks.Layers;

/// <summary>
/// Layer normalisation (Ba et al. 2016) over all values of a sample: y = gain (x - mean) / sqrt(variance + 1e-5) +
/// shift, with a gain and a shift for each value, as PyTorch's <c>LayerNorm</c> over the whole shape; with ReLU if
/// asked.
/// </summary>
internal sealed class LayerNormLayer : Layer
{
    private const double Epsilon = 1e-5;

    /// <summary>Floats of a task: long enough to be worth handing to another thread.</summary>
    private const int TaskLength = 16_384;

    /// <summary>Floats of a sample in a task that sums over all samples.</summary>
    private const int ColumnsPerTask = 512;

    private readonly bool _relu;
    private readonly WorkerPool _pool;
    private readonly Parameter _gain;
    private readonly Parameter _shift;
    private readonly int _samplesPerTask;
    private readonly int[] _gaps;
    private readonly Action<int> _forwardTask;
    private readonly Action<int> _inputTask;
    private readonly Action<int> _parametersTask;
    private float[] _mean = [];
    private float[] _inverse = [];
    private AlignedBuffer _input = AlignedBuffer.Empty;
    private InputGradient _into;
    private int _count;

    /// <summary>Makes a layer.</summary>
    /// <param name="input">What goes in; a sample is a whole number of registers.</param>
    /// <param name="relu">Whether a ReLU follows.</param>
    /// <param name="pool">Threads.</param>
    /// <exception cref="ArgumentException">The input is that of the network, which is not padded.</exception>
    public LayerNormLayer(Layout input, bool relu, WorkerPool pool)
        : base(input, input)
    {
        if (input.SampleStride % Padding.Multiple != 0)
        {
            throw new ArgumentException(
                "Layer normalisation comes after a convolution or a dense layer; "
                + $"its input is the observation, {input.Shape}.",
                nameof(input));
        }

        (_relu, _pool) = (relu, pool);
        var shape = input.Shape;
        int[] outside = shape.IsPicture ? [shape.Channels, shape.Height, shape.Width] : [shape.Channels];
        _gain = new Parameter("weight", ParameterRole.Gain, outside, 1, 1, input.SampleStride, input.IndexOf);
        _shift = new Parameter("bias", ParameterRole.Shift, outside, 1, 1, input.SampleStride, input.IndexOf);
        var used = Enumerable.Range(0, shape.Features).Select(input.IndexOf);
        _gaps = [.. Enumerable.Range(0, input.SampleStride).Except(used)];
        _samplesPerTask = Math.Max(1, TaskLength / input.SampleStride);
        (_forwardTask, _inputTask, _parametersTask) = (ForwardTask, InputTask, ParametersTask);
    }

    public override string Description => _relu ? "layer norm, ReLU" : "layer norm";

    public override IReadOnlyList<Parameter> Parameters => [_gain, _shift];

    public override bool EndsInRelu => _relu;

    private int SampleTasks => (_count + _samplesPerTask - 1) / _samplesPerTask;

    public override void Forward(AlignedBuffer input, int count, Pass pass)
    {
        (_input, _count) = (input, count);
        _pool.Run(SampleTasks, _forwardTask);
    }

    public override void Backward(AlignedBuffer input, int count, InputGradient into)
    {
        (_input, _count, _into) = (input, count, into);
        var tasks = (Input.SampleStride + ColumnsPerTask - 1) / ColumnsPerTask;
        if (count * Input.SampleStride <= TaskLength)
        {
            WorkerPool.RunHere(tasks, _parametersTask);
        }
        else
        {
            _pool.Run(tasks, _parametersTask);
        }

        if (into.Buffer is not null)
        {
            _pool.Run(SampleTasks, _inputTask);
        }
    }

    protected override void Grow(int count)
    {
        base.Grow(count);
        (_mean, _inverse) = (new float[count], new float[count]);
    }

    private void ForwardTask(int task)
    {
        var end = Math.Min((task + 1) * _samplesPerTask, _count);
        for (var sample = task * _samplesPerTask; sample < end; sample++)
        {
            var x = Sample(_input, sample);
            Widest.Run(new Moments(x, Input.Shape.Features, Epsilon, ref _mean[sample], ref _inverse[sample]));
            Widest.Run(new Normalise(
                x, _mean[sample], _inverse[sample], _gain.Weights, _shift.Weights, _relu ? 0 : float.NegativeInfinity,
                Sample(Value, sample)));
        }
    }

    private void InputTask(int task)
    {
        var end = Math.Min((task + 1) * _samplesPerTask, _count);
        for (var sample = task * _samplesPerTask; sample < end; sample++)
        {
            var dx = Sample(_into.Buffer!, sample);
            if (!_into.Accumulate)
            {
                dx.Clear();
            }

            Widest.Run(new NormaliseInputGradient(
                Sample(_input, sample), Input.Shape.Features, _mean[sample], _inverse[sample], _gain.Weights,
                Sample(Delta, sample), dx));
            // The layer below relies on zeros in the padding: otherwise it would train padding.
            foreach (var gap in _gaps)
            {
                dx[gap] = 0;
            }

            _into.Mask(_input, sample * Input.SampleStride, Input.SampleStride);
        }
    }

    /// <summary>The gradients of some gains and shifts, over all samples in order.</summary>
    private void ParametersTask(int task)
    {
        var first = task * ColumnsPerTask;
        var length = Math.Min(ColumnsPerTask, Input.SampleStride - first);
        var gain = _gain.Gradients.Slice(first, length);
        var shift = _shift.Gradients.Slice(first, length);
        gain.Clear();
        shift.Clear();
        for (var sample = 0; sample < _count; sample++)
        {
            Widest.Run(new NormaliseParameterGradients(
                Sample(_input, sample).Slice(first, length), _mean[sample], _inverse[sample],
                Sample(Delta, sample).Slice(first, length), gain, shift));
        }
    }

    private Span<float> Sample(AlignedBuffer buffer, int sample) =>
        buffer.Slice(sample * Input.SampleStride, Input.SampleStride);
}
