using System.Numerics.Tensors;
using DqnAspire.Core.Networks;
using DqnAspire.NeuralNetworks.Layers;
using DqnAspire.NeuralNetworks.Threading;

namespace DqnAspire.NeuralNetworks.Optimizers;

/// <summary>Clips gradients and lets the optimiser loose on the weights, in fixed pieces.</summary>
internal sealed class GradientStep
{
    private const int PieceLength = 16_384;
    private const int WorthSharing = 65_536;
    // PyTorch's clip_grad_norm_ adds this to the norm.
    private const double GlobalNormGuard = 1e-6;

    private readonly ParameterStore _store;
    private readonly Optimizer _optimizer;
    private readonly GradientClipping _clipping;
    private readonly WorkerPool _pool;
    private readonly Piece[] _pieces;
    private readonly double[] _squares;
    private readonly float[] _scales;
    private readonly Action<int> _squaresTask;
    private readonly Action<int> _updateTask;

    public GradientStep(ParameterStore store, Optimizer optimizer, GradientClipping clipping, WorkerPool pool)
    {
        (_store, _optimizer, _clipping, _pool) = (store, optimizer, clipping, pool);
        var pieces = new List<Piece>();
        for (var i = 0; i < store.Parameters.Count; i++)
        {
            var parameter = store.Parameters[i];
            var length = Kernels.Padding.RoundUp(parameter.Length);
            for (var start = 0; start < length; start += PieceLength)
            {
                pieces.Add(new Piece(i, parameter.Offset + start, Math.Min(PieceLength, length - start)));
            }
        }

        _pieces = [.. pieces];
        _squares = new double[_pieces.Length];
        _scales = new float[store.Parameters.Count];
        Array.Fill(_scales, 1);
        _squaresTask = SquaresTask;
        _updateTask = UpdateTask;
    }

    public void Run()
    {
        _optimizer.Steps++;
        _optimizer.Begin();
        if (_clipping.Kind is GradientClippingKind.TensorNorm or GradientClippingKind.GlobalNorm)
        {
            Share(_squaresTask);
            Scale();
        }

        Share(_updateTask);
        _store.Changed();
    }

    private void Share(Action<int> work)
    {
        if (_store.Length < WorthSharing)
        {
            WorkerPool.RunHere(_pieces.Length, work);
        }
        else
        {
            _pool.Run(_pieces.Length, work);
        }
    }

    private void Scale()
    {
        var total = 0.0;
        Span<float> scales = _scales;
        for (var (piece, parameter) = (0, 0); parameter < scales.Length; parameter++)
        {
            var squares = 0.0;
            for (; piece < _pieces.Length && _pieces[piece].Parameter == parameter; piece++)
            {
                squares += _squares[piece];
            }

            total += squares;
            scales[parameter] = (float)(_clipping.Limit / Math.Max(Math.Sqrt(squares), _clipping.Limit));
        }

        if (_clipping.Kind == GradientClippingKind.GlobalNorm)
        {
            scales.Fill((float)Math.Min(1, _clipping.Limit / (Math.Sqrt(total) + GlobalNormGuard)));
        }
    }

    private void SquaresTask(int index)
    {
        var piece = _pieces[index];
        _squares[index] = TensorPrimitives.SumOfSquares<float>(_store.Gradients.Slice(piece.Start, piece.Length));
    }

    private void UpdateTask(int index)
    {
        var piece = _pieces[index];
        var bound = _clipping.Kind == GradientClippingKind.Value ? (float)_clipping.Limit : float.PositiveInfinity;
        _optimizer.Update(piece.Start, piece.Length, _scales[piece.Parameter], bound);
    }

    private readonly record struct Piece(int Parameter, int Start, int Length);
}
