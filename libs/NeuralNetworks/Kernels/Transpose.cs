using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DqnAspire.NeuralNetworks.Kernels;

/// <summary>
/// destination[column, row] = source[row, column] for a block: a panel of weights for the backward pass. Rows of the
/// destination beyond the block are not written.
/// </summary>
internal static class Transpose
{
    private const int Side = 4;

    /// <summary>Transposes.</summary>
    /// <param name="source">[rows, columns] with rows <paramref name="sourceStride"/> apart.</param>
    /// <param name="sourceStride">Floats from a row to the next.</param>
    /// <param name="rows">Rows of the source.</param>
    /// <param name="columns">Columns of the source.</param>
    /// <param name="destination">[columns, rows] with rows <paramref name="destinationStride"/> apart.</param>
    /// <param name="destinationStride">Floats from a row to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Execute(
        ReadOnlySpan<float> source, int sourceStride, int rows, int columns, Span<float> destination,
        int destinationStride)
    {
        if (rows == 0 || columns == 0)
        {
            return;
        }

        Shapes.Require(source, ((rows - 1) * sourceStride) + columns);
        Shapes.Require(destination, ((columns - 1) * destinationStride) + rows);

        var (wholeRows, wholeColumns) = Sse.IsSupported ? (rows / Side * Side, columns / Side * Side) : (0, 0);
        for (var row = 0; row < wholeRows; row += Side)
        {
            for (var column = 0; column < wholeColumns; column += Side)
            {
                Square(
                    ref Unsafe.AsRef(in source[(row * sourceStride) + column]), sourceStride,
                    ref destination[(column * destinationStride) + row], destinationStride);
            }
        }

        for (var row = 0; row < rows; row++)
        {
            for (var column = row < wholeRows ? wholeColumns : 0; column < columns; column++)
            {
                destination[(column * destinationStride) + row] = source[(row * sourceStride) + column];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Square(ref float source, nint sourceStride, ref float destination, nint destinationStride)
    {
        var a = Vector128.LoadUnsafe(ref source);
        var b = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, sourceStride));
        var c = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, 2 * sourceStride));
        var d = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, 3 * sourceStride));
        var (ac, bd) = (Sse.UnpackLow(a, c), Sse.UnpackLow(b, d));
        Sse.UnpackLow(ac, bd).StoreUnsafe(ref destination);
        Sse.UnpackHigh(ac, bd).StoreUnsafe(ref Unsafe.Add(ref destination, destinationStride));
        (ac, bd) = (Sse.UnpackHigh(a, c), Sse.UnpackHigh(b, d));
        Sse.UnpackLow(ac, bd).StoreUnsafe(ref Unsafe.Add(ref destination, 2 * destinationStride));
        Sse.UnpackHigh(ac, bd).StoreUnsafe(ref Unsafe.Add(ref destination, 3 * destinationStride));
    }
}
