using System.Runtime.CompilerServices;

namespace DqnAspire.NeuralNetworks.Kernels;

/// <summary>
/// The multiply-add kernel of every layer: a tile of <see cref="Rows"/> rows by up to <see cref="Panels.Width"/>
/// columns, c[r, n] = max(start[r, n] + sum over terms of left[r, term] * right[term, n], floor), which stays in
/// registers from the first term to the last. Left values are broadcast, right values are rows of a panel.
/// </summary>
/// <remarks>
/// Rows can lie anywhere: those of a convolution are the corners of its windows (implicit GEMM without copies), and the
/// start can be a bias, zeros or the result itself. Where fewer rows are left than a tile has, the last one is given
/// several times: all starts are read before anything is written. Each result is the sum of its terms in order in one
/// chain, so it depends neither on its place in a tile nor on the thread.
/// </remarks>
internal readonly ref struct TileProduct : IKernel
{
    public const int Rows = 8;

    private readonly ref readonly TileLoop _loop;
    private readonly int _width;
    private readonly float _floor;
    private readonly ref float _left;
    private readonly ref float _right;
    private readonly ref float _start;
    private readonly ref float _result;
    private readonly ReadOnlySpan<int> _leftRows;
    private readonly ReadOnlySpan<int> _startRows;
    private readonly ReadOnlySpan<int> _resultRows;

    /// <summary>Takes the operands. No index is checked.</summary>
    /// <param name="loop">The terms.</param>
    /// <param name="width">
    /// Columns: a multiple of <see cref="Padding.Multiple"/>, at most <see cref="Panels.Width"/>.
    /// </param>
    /// <param name="left">Left operand.</param>
    /// <param name="leftRows">Where each row starts in it.</param>
    /// <param name="right">Right operand, at the first term.</param>
    /// <param name="start">First addends.</param>
    /// <param name="startRows">Where each row of them lies.</param>
    /// <param name="result">Receives the tile.</param>
    /// <param name="resultRows">Where each row of it lies.</param>
    /// <param name="floor">Lower bound on the results: 0 for a ReLU, negative infinity for none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TileProduct(
        in TileLoop loop, int width, ref float left, ReadOnlySpan<int> leftRows, ref float right, ref float start,
        ReadOnlySpan<int> startRows, ref float result, ReadOnlySpan<int> resultRows, float floor)
    {
        _loop = ref loop;
        _width = width;
        _floor = floor;
        _leftRows = leftRows;
        _startRows = startRows;
        _resultRows = resultRows;
        _left = ref left;
        _right = ref right;
        _start = ref start;
        _result = ref result;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector>()
        where TVector : struct, IFloatVector<TVector>
    {
        var column = 0;
        for (; column + Pair<TVector>.Count <= _width; column += Pair<TVector>.Count)
        {
            Strip<Pair<TVector>>(column);
        }

        for (; column < _width; column += TVector.Count)
        {
            Strip<TVector>(column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Strip<T>(int column)
        where T : struct, IFloatVector<T>
    {
        ref var start = ref Unsafe.Add(ref _start, column);
        var startRows = _startRows;
        var c0 = T.Load(ref start, startRows[0]);
        var c1 = T.Load(ref start, startRows[1]);
        var c2 = T.Load(ref start, startRows[2]);
        var c3 = T.Load(ref start, startRows[3]);
        var c4 = T.Load(ref start, startRows[4]);
        var c5 = T.Load(ref start, startRows[5]);
        var c6 = T.Load(ref start, startRows[6]);
        var c7 = T.Load(ref start, startRows[7]);

        ref var left = ref _left;
        var leftRows = _leftRows;
        ref var a0 = ref Unsafe.Add(ref left, leftRows[0]);
        ref var a1 = ref Unsafe.Add(ref left, leftRows[1]);
        ref var a2 = ref Unsafe.Add(ref left, leftRows[2]);
        ref var a3 = ref Unsafe.Add(ref left, leftRows[3]);
        ref var a4 = ref Unsafe.Add(ref left, leftRows[4]);
        ref var a5 = ref Unsafe.Add(ref left, leftRows[5]);
        ref var a6 = ref Unsafe.Add(ref left, leftRows[6]);
        ref var a7 = ref Unsafe.Add(ref left, leftRows[7]);

        ref var right = ref Unsafe.Add(ref _right, column);
        ref readonly var loop = ref _loop;
        nint innerStep = loop.InnerStep;
        nint rightStep = loop.RightStep;
        nint group = 0;
        for (var outer = loop.Outer; outer > 0; outer--)
        {
            var k = group;
            for (var inner = loop.Inner; inner > 0; inner--)
            {
                var b = T.Load(ref right, 0);
                c0 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref a0, k)), b, c0);
                c1 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref a1, k)), b, c1);
                c2 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref a2, k)), b, c2);
                c3 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref a3, k)), b, c3);
                c4 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref a4, k)), b, c4);
                c5 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref a5, k)), b, c5);
                c6 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref a6, k)), b, c6);
                c7 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref a7, k)), b, c7);
                k += innerStep;
                right = ref Unsafe.Add(ref right, rightStep);
            }

            group += loop.OuterStep;
        }

        ref var result = ref Unsafe.Add(ref _result, column);
        var resultRows = _resultRows;
        var bound = T.Broadcast(_floor);
        T.Max(c0, bound).Store(ref result, resultRows[0]);
        T.Max(c1, bound).Store(ref result, resultRows[1]);
        T.Max(c2, bound).Store(ref result, resultRows[2]);
        T.Max(c3, bound).Store(ref result, resultRows[3]);
        T.Max(c4, bound).Store(ref result, resultRows[4]);
        T.Max(c5, bound).Store(ref result, resultRows[5]);
        T.Max(c6, bound).Store(ref result, resultRows[6]);
        T.Max(c7, bound).Store(ref result, resultRows[7]);
    }
}
