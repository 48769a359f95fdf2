using System.Globalization;
using DqnAspire.Core.Networks;
using DqnAspire.NeuralNetworks.Memory;
using DqnAspire.NeuralNetworks.Threading;

namespace DqnAspire.NeuralNetworks.Layers;

/// <summary>
/// The largest value in each window of a channel. What lies beyond the edge does not count. Going back, the gradient
/// goes to the first largest value in reading order.
/// </summary>
internal sealed class MaxPoolLayer : Layer
{
    private readonly int _kernel;
    private readonly int _stride;
    private readonly int _padding;
    private readonly WorkerPool _pool;
    private readonly Action<int> _forwardTask;
    private readonly Action<int> _backwardTask;
    // Place in the sample that each output value came from.
    private int[] _origins = [];
    private AlignedBuffer _input = AlignedBuffer.Empty;
    private InputGradient _into;

    public MaxPoolLayer(Layout input, MaxPoolDefinition definition, WorkerPool pool)
        : base(input, Layout.Padded(definition.OutputOf(input.Shape)))
    {
        (_kernel, _stride, _padding) = definition;
        _pool = pool;
        _forwardTask = ForwardTask;
        _backwardTask = BackwardTask;
    }

    public override string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"max pool {_kernel}x{_kernel} stride {_stride}{(_padding > 0 ? $" padding {_padding}" : "")}");

    public override void Forward(AlignedBuffer input, int count, Pass pass)
    {
        _input = input;
        _pool.Run(count, _forwardTask);
    }

    public override void Backward(AlignedBuffer input, int count, InputGradient into)
    {
        if (into.Buffer is not null)
        {
            (_input, _into) = (input, into);
            _pool.Run(count, _backwardTask);
        }
    }

    protected override void Grow(int count)
    {
        base.Grow(count);
        _origins = new int[count * Output.SampleStride];
    }

    private void ForwardTask(int sample)
    {
        var x = _input.Slice(sample * Input.SampleStride, Input.SampleStride);
        var y = Value.Slice(sample * Output.SampleStride, Output.SampleStride);
        var origins = _origins.AsSpan(sample * Output.SampleStride, Output.SampleStride);
        for (var row = 0; row < Output.Rows; row++)
        {
            var (top, bottom) = Window(row, Input.Rows);
            for (var column = 0; column < Output.Columns; column++)
            {
                var (left, right) = Window(column, Input.Columns);
                var place = (row * Output.RowStride) + (column * Output.PixelStride);
                for (var channel = 0; channel < Output.Shape.Channels; channel++)
                {
                    var best = (top * Input.RowStride) + (left * Input.PixelStride) + channel;
                    for (var inputRow = top; inputRow < bottom; inputRow++)
                    {
                        for (var inputColumn = left; inputColumn < right; inputColumn++)
                        {
                            var candidate = (inputRow * Input.RowStride) + (inputColumn * Input.PixelStride) + channel;
                            best = x[candidate] > x[best] ? candidate : best;
                        }
                    }

                    y[place + channel] = x[best];
                    origins[place + channel] = best;
                }
            }
        }
    }

    private (int First, int End) Window(int index, int size)
    {
        var first = (index * _stride) - _padding;
        return (Math.Max(first, 0), Math.Min(first + _kernel, size));
    }

    private void BackwardTask(int sample)
    {
        var dx = _into.Buffer!.Slice(sample * Input.SampleStride, Input.SampleStride);
        if (!_into.Accumulate)
        {
            dx.Clear();
        }

        var delta = Delta.Slice(sample * Output.SampleStride, Output.SampleStride);
        var origins = _origins.AsSpan(sample * Output.SampleStride, Output.SampleStride);
        for (var pixel = 0; pixel < delta.Length; pixel += Output.PixelStride)
        {
            for (var channel = 0; channel < Output.Shape.Channels; channel++)
            {
                dx[origins[pixel + channel]] += delta[pixel + channel];
            }
        }

        _into.Mask(_input, sample * Input.SampleStride, Input.SampleStride);
    }
}
