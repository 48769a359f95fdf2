using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DqnAspire.NeuralNetworks.Kernels;

/// <summary>
/// The one multiply-add kernel under every layer: a tile of <see cref="Rows"/> rows by up to <see cref="Panels.Width"/>
/// columns, c[r, n] = max(start[r, n] + sum over terms of left[r, term] * right[term, n], floor), kept in registers from the
/// first term to the last. Left values are broadcast, right values are rows of a panel.
/// </summary>
/// <remarks>
/// Rows lie anywhere: a convolution's are the corners of its windows (implicit GEMM, nothing is copied out), and the start
/// may be a bias, zeros or the result itself. With fewer rows left than a tile has, the last is given several times: all
/// starts are read before anything is written. Each result sums its terms in order in one chain, so it depends neither on
/// its place in a tile nor on who computes it.
/// </remarks>
internal static class TileProduct
{
    public const int Rows = 8;

    /// <summary>Computes a tile with the machine's widest registers. No index is checked.</summary>
    /// <param name="loop">The terms.</param>
    /// <param name="width">Columns: a multiple of <see cref="Padding.Multiple"/>, at most <see cref="Panels.Width"/>.</param>
    /// <param name="left">Left operand.</param>
    /// <param name="leftRows">Where each row starts in it.</param>
    /// <param name="right">Right operand, at the first term.</param>
    /// <param name="start">First addends.</param>
    /// <param name="startRows">Where each row's lie.</param>
    /// <param name="result">Receives the tile.</param>
    /// <param name="resultRows">Where each row goes.</param>
    /// <param name="floor">Lower bound on the results: 0 for a ReLU, negative infinity for none.</param>
    public static void Execute(
        in TileLoop loop, int width, ref readonly float left, ReadOnlySpan<int> leftRows, ref readonly float right,
        ref readonly float start, ReadOnlySpan<int> startRows, ref float result, ReadOnlySpan<int> resultRows, float floor)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Execute<Float512>(loop, width, in left, leftRows, in right, in start, startRows, ref result, resultRows, floor);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Execute<Float256>(loop, width, in left, leftRows, in right, in start, startRows, ref result, resultRows, floor);
        }
        else
        {
            Execute<Float128>(loop, width, in left, leftRows, in right, in start, startRows, ref result, resultRows, floor);
        }
    }

    internal static void Execute<TVector>(
        in TileLoop loop, int width, ref readonly float left, ReadOnlySpan<int> leftRows, ref readonly float right,
        ref readonly float start, ReadOnlySpan<int> startRows, ref float result, ReadOnlySpan<int> resultRows, float floor)
        where TVector : struct, IFloatVector<TVector>
    {
        var column = 0;
        for (; column + Pair<TVector>.Count <= width; column += Pair<TVector>.Count)
        {
            Strip<Pair<TVector>>(
                loop, in left, leftRows, ref At(in right, column), ref At(in start, column), startRows, ref At(in result, column), resultRows, floor);
        }

        for (; column < width; column += TVector.Count)
        {
            Strip<TVector>(
                loop, in left, leftRows, ref At(in right, column), ref At(in start, column), startRows, ref At(in result, column), resultRows, floor);
        }
    }

    private static void Strip<T>(
        in TileLoop loop, ref readonly float left, ReadOnlySpan<int> leftRows, ref float right,
        ref float start, ReadOnlySpan<int> startRows, ref float result, ReadOnlySpan<int> resultRows, float floor)
        where T : struct, IFloatVector<T>
    {
        var c0 = T.Load(ref start, startRows[0]);
        var c1 = T.Load(ref start, startRows[1]);
        var c2 = T.Load(ref start, startRows[2]);
        var c3 = T.Load(ref start, startRows[3]);
        var c4 = T.Load(ref start, startRows[4]);
        var c5 = T.Load(ref start, startRows[5]);
        var c6 = T.Load(ref start, startRows[6]);
        var c7 = T.Load(ref start, startRows[7]);

        ref var a0 = ref At(in left, leftRows[0]);
        ref var a1 = ref At(in left, leftRows[1]);
        ref var a2 = ref At(in left, leftRows[2]);
        ref var a3 = ref At(in left, leftRows[3]);
        ref var a4 = ref At(in left, leftRows[4]);
        ref var a5 = ref At(in left, leftRows[5]);
        ref var a6 = ref At(in left, leftRows[6]);
        ref var a7 = ref At(in left, leftRows[7]);

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

        var bound = T.Broadcast(floor);
        T.Max(c0, bound).Store(ref result, resultRows[0]);
        T.Max(c1, bound).Store(ref result, resultRows[1]);
        T.Max(c2, bound).Store(ref result, resultRows[2]);
        T.Max(c3, bound).Store(ref result, resultRows[3]);
        T.Max(c4, bound).Store(ref result, resultRows[4]);
        T.Max(c5, bound).Store(ref result, resultRows[5]);
        T.Max(c6, bound).Store(ref result, resultRows[6]);
        T.Max(c7, bound).Store(ref result, resultRows[7]);
    }

    private static ref float At(ref readonly float origin, int offset) => ref Unsafe.Add(ref Unsafe.AsRef(in origin), offset);
}
