using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DqnAspire.NeuralNetworks.Kernels;

/// <summary>The sums of a matrix's columns: the gradient of a bias. Rows are added in order.</summary>
/// <param name="matrix">[rows, stride].</param>
/// <param name="rows">Number of rows.</param>
/// <param name="stride">Number of columns, a multiple of <see cref="Padding.Multiple"/>.</param>
/// <param name="sums">Receives [stride].</param>
internal readonly ref struct ColumnSums(ReadOnlySpan<float> matrix, int rows, int stride, Span<float> sums) : IKernel
{
    private readonly ReadOnlySpan<float> _matrix = matrix;
    private readonly Span<float> _sums = sums;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector>()
        where TVector : struct, IFloatVector<TVector>
    {
        Shapes.Require(_matrix, rows * stride);
        Shapes.Require(_sums, stride);

        ref readonly var m0 = ref MemoryMarshal.GetReference(_matrix);
        ref var s0 = ref MemoryMarshal.GetReference(_sums);
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
