using DqnAspire.NeuralNetworks.Kernels;
using DqnAspire.NeuralNetworks.Memory;
using DqnAspire.NeuralNetworks.Threading;

namespace DqnAspire.NeuralNetworks.Layers;

/// <summary>
/// The three matrix products of a dense layer: y = x W + b (with ReLU if asked), dW = xT d, dx = d WT. x [count,
/// inputs], W [inputs, outputs] in panels, y and d [count, outputs padded].
/// </summary>
internal sealed class DenseProduct
{
    // Rows of W that one task of the weight gradient computes.
    private const int RowsPerTask = 64;
    // Multiply-adds under which waking a thread costs more than it brings.
    private const long WorthSharing = 1 << 18;

    [ThreadStatic]
    private static AlignedBuffer? _scratch;

    private readonly Panels _panels;
    private readonly bool _relu;
    private readonly WorkerPool _pool;
    private readonly Action<int> _forwardTask;
    private readonly Action<int> _weightTask;
    private readonly Action<int> _inputTask;
    private readonly AlignedBuffer _zeros = new(Panels.Width);

    private AlignedBuffer _x = AlignedBuffer.Empty;
    private AlignedBuffer _y = AlignedBuffer.Empty;
    private AlignedBuffer _weights = AlignedBuffer.Empty;
    private int _weightOffset;
    private AlignedBuffer _bias = AlignedBuffer.Empty;
    private int _biasOffset;
    private InputGradient _into;
    private int _count;

    public DenseProduct(int inputs, int outputs, bool relu, WorkerPool pool)
    {
        _panels = new Panels(inputs, outputs);
        _relu = relu;
        _pool = pool;
        _forwardTask = ForwardTask;
        _weightTask = WeightTask;
        _inputTask = InputTask;
    }

    public Panels Panels => _panels;

    public void Forward(
        AlignedBuffer x, int count, AlignedBuffer weights, int weightOffset, AlignedBuffer bias, int biasOffset,
        AlignedBuffer y)
    {
        (_x, _count, _weights, _weightOffset, _bias, _biasOffset, _y) =
            (x, count, weights, weightOffset, bias, biasOffset, y);
        Run(_panels.Count, _forwardTask);
    }

    public void WeightGradient(
        AlignedBuffer x, int count, AlignedBuffer delta, AlignedBuffer weights, int weightOffset, AlignedBuffer bias,
        int biasOffset)
    {
        (_x, _count, _weights, _weightOffset, _bias, _biasOffset, _y) =
            (x, count, weights, weightOffset, bias, biasOffset, delta);
        Widest.Run(new ColumnSums(delta.Span, count, _panels.Stride, bias.Slice(biasOffset, _panels.Stride)));
        Run((_panels.Rows + RowsPerTask - 1) / RowsPerTask, _weightTask);
    }

    public void InputGradient(
        AlignedBuffer x, int count, AlignedBuffer delta, AlignedBuffer weights, int weightOffset, InputGradient into)
    {
        RequirePadded(_panels.Rows);
        (_x, _count, _weights, _weightOffset, _y, _into) = (x, count, weights, weightOffset, delta, into);
        Run((_panels.Rows + Panels.Width - 1) / Panels.Width, _inputTask);
    }

    /// <summary>
    /// Gradients of inputs are written in whole registers: beyond a row without padding lies the next one.
    /// </summary>
    internal static void RequirePadded(int stride)
    {
        if (stride % Padding.Multiple != 0)
        {
            throw new InvalidOperationException(
                $"The gradient of rows of {stride} floats was asked for; only padded ones have one.");
        }
    }

    private void Run(int tasks, Action<int> work)
    {
        if ((long)_count * _panels.Length < WorthSharing)
        {
            WorkerPool.RunHere(tasks, work);
        }
        else
        {
            _pool.Run(tasks, work);
        }
    }

    private void ForwardTask(int panel)
    {
        Span<int> xRows = stackalloc int[TileProduct.Rows];
        Span<int> yRows = stackalloc int[TileProduct.Rows];
        Span<int> biasRows = stackalloc int[TileProduct.Rows];
        biasRows.Clear();
        var loop = new TileLoop(1, 0, _panels.Rows, 1, _panels.WidthOf(panel));
        ref var bias = ref _bias.At(_biasOffset + (panel * Panels.Width));
        ref var weights = ref _weights.At(_weightOffset + _panels.OffsetOf(panel));
        for (var row = 0; row < _count; row += TileProduct.Rows)
        {
            TileRows.Fill(xRows, row, _count, _panels.Rows);
            TileRows.Fill(yRows, row, _count, _panels.Stride);
            Widest.Run(new TileProduct(
                loop, _panels.WidthOf(panel), ref _x.At(0), xRows, ref weights, ref bias, biasRows,
                ref _y.At(panel * Panels.Width), yRows, _relu ? 0 : float.NegativeInfinity));
        }
    }

    private void WeightTask(int task)
    {
        Span<int> xColumns = stackalloc int[TileProduct.Rows];
        Span<int> weightRows = stackalloc int[TileProduct.Rows];
        Span<int> zeroRows = stackalloc int[TileProduct.Rows];
        zeroRows.Clear();
        var loop = new TileLoop(1, 0, _count, _panels.Rows, _panels.Stride);
        var end = Math.Min((task + 1) * RowsPerTask, _panels.Rows);
        for (var panel = 0; panel < _panels.Count; panel++)
        {
            for (var row = task * RowsPerTask; row < end; row += TileProduct.Rows)
            {
                TileRows.Fill(xColumns, row, end, 1);
                TileRows.Fill(weightRows, row, end, _panels.WidthOf(panel));
                Widest.Run(new TileProduct(
                    loop, _panels.WidthOf(panel), ref _x.At(0), xColumns, ref _y.At(panel * Panels.Width),
                    ref _zeros.At(0), zeroRows,
                    ref _weights.At(_weightOffset + _panels.OffsetOf(panel)), weightRows, float.NegativeInfinity));
            }
        }
    }

    /// <summary>
    /// 32 inputs of all samples: the weights of these are transposed first, which costs little beside the product.
    /// </summary>
    private void InputTask(int task)
    {
        var first = task * Panels.Width;
        var rows = Math.Min(Panels.Width, _panels.Rows - first);
        var width = Padding.RoundUp(rows);
        var transposed = Scratch(_panels.Stride * width);
        for (var panel = 0; panel < _panels.Count; panel++)
        {
            var panelWidth = _panels.WidthOf(panel);
            Transpose.Execute(
                _weights.Slice(_weightOffset + _panels.OffsetOf(panel) + (first * panelWidth), rows * panelWidth),
                panelWidth, rows, panelWidth,
                transposed.Span[(panel * Panels.Width * width)..], width);
        }

        Span<int> deltaRows = stackalloc int[TileProduct.Rows];
        Span<int> inputRows = stackalloc int[TileProduct.Rows];
        Span<int> zeroRows = stackalloc int[TileProduct.Rows];
        zeroRows.Clear();
        var loop = new TileLoop(1, 0, _panels.Stride, 1, width);
        var buffer = _into.Buffer!;
        for (var row = 0; row < _count; row += TileProduct.Rows)
        {
            TileRows.Fill(deltaRows, row, _count, _panels.Stride);
            TileRows.Fill(inputRows, row, _count, _panels.Rows);
            Widest.Run(new TileProduct(
                loop, width, ref _y.At(0), deltaRows, ref transposed.At(0),
                ref _into.Accumulate ? ref buffer.At(first) : ref _zeros.At(0), _into.Accumulate ? inputRows : zeroRows,
                ref buffer.At(first), inputRows, float.NegativeInfinity));
        }

        for (var row = 0; row < _count; row++)
        {
            _into.Mask(_x, (row * _panels.Rows) + first, rows);
        }
    }

    private static AlignedBuffer Scratch(int length)
    {
        if (_scratch is null || _scratch.Length < length)
        {
            _scratch = new AlignedBuffer(length);
        }

        return _scratch;
    }
}
