using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DqnAspire.NeuralNetworks.Kernels;

/// <summary>
/// dW = xT d and db = sum of d over the samples. Shapes: x [count, inputs] with rows inputStride apart, d [count, stride],
/// dW [inputs, stride], db [stride]. Samples are summed in order.
/// </summary>
internal static class DenseWeightGradient
{
    private const int Inputs = 4;

    public static void Execute(
        ReadOnlySpan<float> x, int count, int inputs, int inputStride, ReadOnlySpan<float> delta, int stride, Span<float> weightGradient, Span<float> biasGradient)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Execute<Float512>(x, count, inputs, inputStride, delta, stride, weightGradient, biasGradient);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Execute<Float256>(x, count, inputs, inputStride, delta, stride, weightGradient, biasGradient);
        }
        else
        {
            Execute<Float128>(x, count, inputs, inputStride, delta, stride, weightGradient, biasGradient);
        }
    }

    internal static void Execute<TVector>(
        ReadOnlySpan<float> x, int count, int inputs, int inputStride, ReadOnlySpan<float> delta, int stride, Span<float> weightGradient, Span<float> biasGradient)
        where TVector : struct, IFloatVector<TVector>
    {
        Shapes.Require(x, ((count - 1) * inputStride) + inputs);
        Shapes.Require(delta, count * stride);
        Shapes.Require(weightGradient, inputs * stride);
        Shapes.Require(biasGradient, stride);

        ref readonly var d0 = ref MemoryMarshal.GetReference(delta);
        ref var w0 = ref MemoryMarshal.GetReference(weightGradient);
        ref var b0 = ref MemoryMarshal.GetReference(biasGradient);
        for (var column = 0; column < stride; column += TVector.Count)
        {
            var bias = TVector.Zero;
            for (var row = 0; row < count; row++)
            {
                bias += TVector.Load(in d0, (row * stride) + column);
            }

            bias.Store(ref b0, column);

            var i = 0;
            for (; i + Inputs <= inputs; i += Inputs)
            {
                var (a, b, c, d) = (TVector.Zero, TVector.Zero, TVector.Zero, TVector.Zero);
                for (var row = 0; row < count; row++)
                {
                    var error = TVector.Load(in d0, (row * stride) + column);
                    var offset = (row * inputStride) + i;
                    a = TVector.MultiplyAdd(TVector.Broadcast(x[offset]), error, a);
                    b = TVector.MultiplyAdd(TVector.Broadcast(x[offset + 1]), error, b);
                    c = TVector.MultiplyAdd(TVector.Broadcast(x[offset + 2]), error, c);
                    d = TVector.MultiplyAdd(TVector.Broadcast(x[offset + 3]), error, d);
                }

                var result = (i * stride) + column;
                a.Store(ref w0, result);
                b.Store(ref w0, result + stride);
                c.Store(ref w0, result + (2 * stride));
                d.Store(ref w0, result + (3 * stride));
            }

            for (; i < inputs; i++)
            {
                var sum = TVector.Zero;
                for (var row = 0; row < count; row++)
                {
                    sum = TVector.MultiplyAdd(
                        TVector.Broadcast(x[(row * inputStride) + i]), TVector.Load(in d0, (row * stride) + column), sum);
                }

                sum.Store(ref w0, (i * stride) + column);
            }
        }
    }
}
