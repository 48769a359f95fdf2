using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DqnAspire.NeuralNetworks.Kernels;

/// <summary>
/// y = x W + b, with ReLU if asked, a row a sample. Shapes: x [count, inputs] with rows inputStride apart, W [inputs,
/// stride], b [stride], y [count, stride]. Four samples share each load of W; every output sums its inputs in order, so
/// the result does not depend on the number of samples.
/// </summary>
internal static class DenseForward
{
    private const int Rows = 4;

    public static void Execute(
        ReadOnlySpan<float> x, int count, int inputs, int inputStride, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, int stride, bool relu, Span<float> y)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Execute<Float512>(x, count, inputs, inputStride, weights, bias, stride, relu, y);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Execute<Float256>(x, count, inputs, inputStride, weights, bias, stride, relu, y);
        }
        else
        {
            Execute<Float128>(x, count, inputs, inputStride, weights, bias, stride, relu, y);
        }
    }

    internal static void Execute<TVector>(
        ReadOnlySpan<float> x, int count, int inputs, int inputStride, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, int stride, bool relu, Span<float> y)
        where TVector : struct, IFloatVector<TVector>
    {
        Shapes.Require(x, ((count - 1) * inputStride) + inputs);
        Shapes.Require(weights, inputs * stride);
        Shapes.Require(bias, stride);
        Shapes.Require(y, count * stride);

        ref readonly var w0 = ref MemoryMarshal.GetReference(weights);
        ref readonly var b0 = ref MemoryMarshal.GetReference(bias);
        ref var y0 = ref MemoryMarshal.GetReference(y);
        for (var column = 0; column < stride; column += TVector.Count)
        {
            var start = TVector.Load(in b0, column);
            var row = 0;
            for (; row + Rows <= count; row += Rows)
            {
                var (a, b, c, d) = (start, start, start, start);
                for (var i = 0; i < inputs; i++)
                {
                    var weight = TVector.Load(in w0, (i * stride) + column);
                    var offset = (row * inputStride) + i;
                    a = TVector.MultiplyAdd(TVector.Broadcast(x[offset]), weight, a);
                    b = TVector.MultiplyAdd(TVector.Broadcast(x[offset + inputStride]), weight, b);
                    c = TVector.MultiplyAdd(TVector.Broadcast(x[offset + (2 * inputStride)]), weight, c);
                    d = TVector.MultiplyAdd(TVector.Broadcast(x[offset + (3 * inputStride)]), weight, d);
                }

                var result = (row * stride) + column;
                Activate(a, relu).Store(ref y0, result);
                Activate(b, relu).Store(ref y0, result + stride);
                Activate(c, relu).Store(ref y0, result + (2 * stride));
                Activate(d, relu).Store(ref y0, result + (3 * stride));
            }

            for (; row < count; row++)
            {
                var sum = start;
                for (var i = 0; i < inputs; i++)
                {
                    sum = TVector.MultiplyAdd(
                        TVector.Broadcast(x[(row * inputStride) + i]), TVector.Load(in w0, (i * stride) + column), sum);
                }

                Activate(sum, relu).Store(ref y0, (row * stride) + column);
            }
        }
    }

    private static TVector Activate<TVector>(TVector value, bool relu)
        where TVector : struct, IFloatVector<TVector> =>
        relu ? TVector.Max(value, TVector.Zero) : value;
}
