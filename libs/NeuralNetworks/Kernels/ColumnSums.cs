using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DqnAspire.NeuralNetworks.Kernels;

/// <summary>Sums of a matrix's columns: a bias's gradient. Rows are added in order.</summary>
internal static class ColumnSums
{
    public static void Execute(ReadOnlySpan<float> matrix, int rows, int stride, Span<float> sums)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Execute<Float512>(matrix, rows, stride, sums);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Execute<Float256>(matrix, rows, stride, sums);
        }
        else
        {
            Execute<Float128>(matrix, rows, stride, sums);
        }
    }

    /// <summary>Sums.</summary>
    /// <param name="matrix">[rows, stride].</param>
    /// <param name="rows">Rows.</param>
    /// <param name="stride">Columns, a multiple of <see cref="Padding.Multiple"/>.</param>
    /// <param name="sums">[stride].</param>
    internal static void Execute<TVector>(ReadOnlySpan<float> matrix, int rows, int stride, Span<float> sums)
        where TVector : struct, IFloatVector<TVector>
    {
        Shapes.Require(matrix, rows * stride);
        Shapes.Require(sums, stride);

        ref readonly var m0 = ref MemoryMarshal.GetReference(matrix);
        ref var s0 = ref MemoryMarshal.GetReference(sums);
        for (var column = 0; column < stride; column += TVector.Count)
        {
            var sum = TVector.Zero;
            for (var row = 0; row < rows; row++)
            {
                sum += TVector.Load(in m0, (row * stride) + column);
            }

            sum.Store(ref s0, column);
        }
    }
}
