using System.Globalization;
using DqnAspire.Core.Networks;
using DqnAspire.NeuralNetworks.Kernels;
using DqnAspire.NeuralNetworks.Memory;
using DqnAspire.NeuralNetworks.Threading;

namespace DqnAspire.NeuralNetworks.Layers;

/// <summary>
/// A convolution with square kernel, stride and zero padding, with ReLU if asked, as products over windows that are
/// read where they lie (implicit GEMM). Weights outside: [filters, channels, kernel, kernel]; inside: panels of
/// [window, filters] where a window is its rows one after the other.
/// </summary>
internal sealed class ConvolutionLayer : Layer
{
    private const int MinRowsPerTask = 16;
    private const int MaxRowsPerTask = 128;
    private const int ForwardTasks = 32;
    private const int WindowRowsPerTask = 32;
    private const int SamplesPerTask = 4;

    private readonly int _kernel;
    private readonly int _stride;
    private readonly int _padding;
    private readonly bool _relu;
    private readonly WorkerPool _pool;
    private readonly Parameter _weight;
    private readonly Parameter _bias;
    private readonly Panels _panels;
    // The input with its border of zeros, in cells.
    private readonly Layout _bordered;
    private readonly int _segment;
    private readonly Action<int> _borderTask;
    private readonly Action<int> _forwardTask;
    private readonly Action<int> _weightTask;
    private readonly Action<int> _inputTask;
    private readonly AlignedBuffer _zeros = new(Panels.Width);

    private int[] _windows = [];
    private AlignedBuffer _borderedInput = AlignedBuffer.Empty;
    private AlignedBuffer _borderedDelta = AlignedBuffer.Empty;
    private AlignedBuffer _transposed = AlignedBuffer.Empty;
    private AlignedBuffer _source = AlignedBuffer.Empty;
    private AlignedBuffer _input = AlignedBuffer.Empty;
    private InputGradient _into;
    private int _count;
    private int _rowsPerTask;

    /// <summary>Makes a layer.</summary>
    /// <param name="input">The kernel and the stride must be multiples of the layout's block.</param>
    /// <param name="definition">The convolution.</param>
    /// <param name="pool">Threads.</param>
    /// <exception cref="ArgumentException">The window is larger than the input.</exception>
    public ConvolutionLayer(Layout input, ConvolutionDefinition definition, WorkerPool pool)
        : base(input, Layout.Padded(definition.OutputOf(input.Shape)))
    {
        (var filters, _kernel, _stride, _padding, _relu) = definition;
        _pool = pool;
        var (kernel, padding) = (_kernel, _padding);
        var block = input.Block;
        var channels = input.Shape.Channels;
        var (height, width) = (input.Shape.Height + (2 * padding), input.Shape.Width + (2 * padding));
        _bordered = input with { Shape = new FeatureShape(channels, height, width) };
        _segment = kernel / block * input.PixelStride;
        _panels = new Panels(kernel / block * _segment, filters);
        var (panels, segment) = (_panels, _segment);
        _weight = new Parameter(
            "weight", ParameterRole.Weight, [filters, channels, kernel, kernel],
            channels * kernel * kernel, filters * kernel * kernel, panels.Length,
            i =>
            {
                var (rest, x) = Math.DivRem(i, kernel);
                (rest, var y) = Math.DivRem(rest, kernel);
                var (filter, channel) = Math.DivRem(rest, channels);
                return panels.IndexOf(
                    (y / block * segment) + (x / block * input.PixelStride) + input.InCell(channel, y, x), filter);
            });
        _bias = new Parameter(
            "bias", ParameterRole.Bias, [filters], channels * kernel * kernel, filters * kernel * kernel,
            panels.Stride, i => i);
        _borderTask = BorderTask;
        _forwardTask = ForwardTask;
        _weightTask = WeightTask;
        _inputTask = InputTask;
    }

    public override string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"convolution {Output.Shape.Channels} {_kernel}x{_kernel} stride {_stride}")
        + (_padding > 0 ? string.Create(CultureInfo.InvariantCulture, $" padding {_padding}") : "")
        + (_relu ? ", ReLU" : "");

    public override IReadOnlyList<Parameter> Parameters => [_weight, _bias];

    public override bool EndsInRelu => _relu;

    private int OutputPixels => Output.Rows * Output.Columns;

    private int CellStride => _stride / Input.Block;

    public override void Forward(AlignedBuffer input, int count, Pass pass)
    {
        (_input, _count) = (input, count);
        _source = input;
        if (_padding > 0)
        {
            _source = _borderedInput;
            _pool.Run(count, _borderTask);
        }

        var rows = count * OutputPixels;
        _rowsPerTask = Math.Clamp(
            rows / ForwardTasks / TileProduct.Rows * TileProduct.Rows, MinRowsPerTask, MaxRowsPerTask);
        _pool.Run((rows + _rowsPerTask - 1) / _rowsPerTask, _forwardTask);
    }

    public override void Backward(AlignedBuffer input, int count, InputGradient into)
    {
        (_input, _count, _into) = (input, count, into);
        _source = _padding > 0 ? _borderedInput : input;
        // One task more than there are parts of the kernel: the bias's.
        _pool.Run(WindowTasks + 1, _weightTask);
        if (into.Buffer is not null)
        {
            DenseProduct.RequirePadded(Input.PixelStride);
            TransposeWeights();
            _pool.Run((count + SamplesPerTask - 1) / SamplesPerTask, _inputTask);
        }
    }

    protected override void Grow(int count)
    {
        base.Grow(count);
        _windows = new int[count * OutputPixels];
        for (var i = 0; i < _windows.Length; i++)
        {
            var (sample, pixel) = Math.DivRem(i, OutputPixels);
            var (y, x) = Math.DivRem(pixel, Output.Columns);
            _windows[i] = (sample * _bordered.SampleStride)
                + (((y * _bordered.RowStride) + (x * _bordered.PixelStride)) * CellStride);
        }

        if (_padding > 0)
        {
            _borderedInput = new AlignedBuffer(count * _bordered.SampleStride);
        }
    }

    protected override void GrowTraining(int count)
    {
        base.GrowTraining(count);
        // Panels of the input's channels for each place in the window, each [filters, panel width].
        _transposed = new AlignedBuffer(
            _kernel / Input.Block * (_kernel / Input.Block) * Padding.RoundUp(Input.PixelStride) * _panels.Stride);
        if (_padding > 0)
        {
            _borderedDelta = new AlignedBuffer(count * _bordered.SampleStride);
        }
    }

    private int WindowTasks => _kernel / Input.Block * ((_segment + WindowRowsPerTask - 1) / WindowRowsPerTask);

    private void BorderTask(int sample)
    {
        for (var y = 0; y < Input.Rows; y++)
        {
            _input.Slice((sample * Input.SampleStride) + (y * Input.RowStride), Input.RowStride)
                .CopyTo(_borderedInput.Span[BorderedRow(sample, y)..]);
        }
    }

    /// <summary>Where a row of the input begins within the border.</summary>
    private int BorderedRow(int sample, int y) =>
        (sample * _bordered.SampleStride) + ((y + _padding) * _bordered.RowStride) + (_padding * _bordered.PixelStride);

    private void ForwardTask(int task)
    {
        Span<int> windows = stackalloc int[TileProduct.Rows];
        Span<int> outputRows = stackalloc int[TileProduct.Rows];
        Span<int> biasRows = stackalloc int[TileProduct.Rows];
        biasRows.Clear();
        var all = _windows.AsSpan(0, _count * OutputPixels);
        var end = Math.Min((task + 1) * _rowsPerTask, all.Length);
        for (var panel = 0; panel < _panels.Count; panel++)
        {
            var width = _panels.WidthOf(panel);
            var loop = new TileLoop(_kernel / Input.Block, _bordered.RowStride, _segment, 1, width);
            ref var weights = ref _weight.WeightBuffer.At(_weight.Offset + _panels.OffsetOf(panel));
            ref var bias = ref _bias.WeightBuffer.At(_bias.Offset + (panel * Panels.Width));
            for (var row = task * _rowsPerTask; row < end; row += TileProduct.Rows)
            {
                TileRows.Fill(windows, all[..end], row);
                TileRows.Fill(outputRows, row, end, _panels.Stride);
                Widest.Run(new TileProduct(
                    loop, width, ref _source.At(0), windows, ref weights, ref bias, biasRows,
                    ref Value.At(panel * Panels.Width), outputRows, _relu ? 0 : float.NegativeInfinity));
            }
        }
    }

    /// <summary>Some rows of the kernel's gradient, over all samples; or, as the last task, the bias's.</summary>
    private void WeightTask(int task)
    {
        if (task == WindowTasks)
        {
            Widest.Run(new ColumnSums(Delta.Span, _count * OutputPixels, _panels.Stride, _bias.Gradients));
            return;
        }

        var tasksPerSegment = (_segment + WindowRowsPerTask - 1) / WindowRowsPerTask;
        var (kernelRow, part) = Math.DivRem(task, tasksPerSegment);
        var first = part * WindowRowsPerTask;
        var end = Math.Min(first + WindowRowsPerTask, _segment);
        Span<int> inputs = stackalloc int[TileProduct.Rows];
        Span<int> weightRows = stackalloc int[TileProduct.Rows];
        Span<int> zeroRows = stackalloc int[TileProduct.Rows];
        zeroRows.Clear();
        var loop = new TileLoop(
            Output.Rows, CellStride * _bordered.RowStride, Output.Columns, CellStride * _bordered.PixelStride,
            _panels.Stride);
        for (var sample = 0; sample < _count; sample++)
        {
            // A sample's windows and gradients stay in the cache for all tiles.
            ref var corner = ref _source.At((sample * _bordered.SampleStride) + (kernelRow * _bordered.RowStride));
            for (var panel = 0; panel < _panels.Count; panel++)
            {
                var width = _panels.WidthOf(panel);
                ref var gradient = ref _weight.GradientBuffer.At(
                    _weight.Offset + _panels.OffsetOf(panel) + (kernelRow * _segment * width));
                ref var delta = ref Delta.At((sample * Output.SampleStride) + (panel * Panels.Width));
                for (var row = first; row < end; row += TileProduct.Rows)
                {
                    TileRows.Fill(inputs, row, end, 1);
                    TileRows.Fill(weightRows, row, end, width);
                    Widest.Run(new TileProduct(
                        loop, width, ref corner, inputs, ref delta,
                        ref sample == 0 ? ref _zeros.At(0) : ref gradient, sample == 0 ? zeroRows : weightRows,
                        ref gradient, weightRows, float.NegativeInfinity));
                }
            }
        }
    }

    private void TransposeWeights()
    {
        var cells = _kernel / Input.Block * (_kernel / Input.Block);
        var channels = new Panels(_panels.Stride, Input.PixelStride);
        for (var cell = 0; cell < cells; cell++)
        {
            for (var channelPanel = 0; channelPanel < channels.Count; channelPanel++)
            {
                var rows = Math.Min(Panels.Width, Input.PixelStride - (channelPanel * Panels.Width));
                for (var panel = 0; panel < _panels.Count; panel++)
                {
                    var width = _panels.WidthOf(panel);
                    var row = (cell * Input.PixelStride) + (channelPanel * Panels.Width);
                    var channelWidth = channels.WidthOf(channelPanel);
                    var place = (cell * channels.Length) + channels.OffsetOf(channelPanel)
                        + (panel * Panels.Width * channelWidth);
                    Transpose.Execute(
                        _weight.Weights.Slice(_panels.OffsetOf(panel) + (row * width), rows * width), width,
                        rows, width, _transposed.Span[place..], channelWidth);
                }
            }
        }
    }

    /// <summary>
    /// The input's gradient of some samples: every place in the window adds its part to the pixels under it.
    /// </summary>
    private void InputTask(int task)
    {
        var first = task * SamplesPerTask;
        var samples = Math.Min(SamplesPerTask, _count - first);
        var target = _padding > 0 ? _borderedDelta : _into.Buffer!;
        var start = first * _bordered.SampleStride;
        if (_padding > 0 || !_into.Accumulate)
        {
            target.Slice(start, samples * _bordered.SampleStride).Clear();
        }

        AddWindows(first, samples, target);
        for (var sample = first; sample < first + samples && _padding > 0; sample++)
        {
            TakeOffBorder(sample);
        }

        _into.Mask(_input, first * Input.SampleStride, samples * Input.SampleStride);
    }

    private void AddWindows(int first, int samples, AlignedBuffer target)
    {
        Span<int> deltaRows = stackalloc int[TileProduct.Rows];
        Span<int> pixels = stackalloc int[TileProduct.Rows];
        var channels = new Panels(_panels.Stride, Input.PixelStride);
        var side = _kernel / Input.Block;
        var end = (first + samples) * OutputPixels;
        for (var cell = 0; cell < side * side; cell++)
        {
            var shift = (cell / side * _bordered.RowStride) + (cell % side * _bordered.PixelStride);
            for (var panel = 0; panel < channels.Count; panel++)
            {
                var width = channels.WidthOf(panel);
                var loop = new TileLoop(1, 0, _panels.Stride, 1, width);
                ref var weights = ref _transposed.At((cell * channels.Length) + channels.OffsetOf(panel));
                ref var shifted = ref target.At(shift + (panel * Panels.Width));
                for (var row = first * OutputPixels; row < end; row += TileProduct.Rows)
                {
                    TileRows.Fill(deltaRows, row, end, _panels.Stride);
                    TileRows.Fill(pixels, _windows.AsSpan(0, end), row);
                    Widest.Run(new TileProduct(
                        loop, width, ref Delta.At(0), deltaRows, ref weights, ref shifted, pixels, ref shifted, pixels,
                        float.NegativeInfinity));
                }
            }
        }
    }

    private void TakeOffBorder(int sample)
    {
        for (var y = 0; y < Input.Rows; y++)
        {
            _into.Add(
                _borderedDelta.Slice(BorderedRow(sample, y), Input.RowStride),
                (sample * Input.SampleStride) + (y * Input.RowStride));
        }
    }
}
