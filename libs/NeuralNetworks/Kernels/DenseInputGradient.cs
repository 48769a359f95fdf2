using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DqnAspire.NeuralNetworks.Kernels;

/// <summary>
/// dx = d WT where the layer below gave more than zero, zero elsewhere: the backward pass through a dense layer and the
/// ReLU before it. Shapes: d [count, stride], W [inputs, stride], x [count, inputStride] (the ReLU's output), dx likewise.
/// </summary>
internal static class DenseInputGradient
{
    public static void Execute(
        ReadOnlySpan<float> delta, int count, int stride, ReadOnlySpan<float> weights, int inputs, ReadOnlySpan<float> x, int inputStride, Span<float> inputDelta)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Execute<Float512>(delta, count, stride, weights, inputs, x, inputStride, inputDelta);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Execute<Float256>(delta, count, stride, weights, inputs, x, inputStride, inputDelta);
        }
        else
        {
            Execute<Float128>(delta, count, stride, weights, inputs, x, inputStride, inputDelta);
        }
    }

    internal static void Execute<TVector>(
        ReadOnlySpan<float> delta, int count, int stride, ReadOnlySpan<float> weights, int inputs, ReadOnlySpan<float> x, int inputStride, Span<float> inputDelta)
        where TVector : struct, IFloatVector<TVector>
    {
        Shapes.Require(delta, count * stride);
        Shapes.Require(weights, inputs * stride);
        Shapes.Require(x, count * inputStride);
        Shapes.Require(inputDelta, count * inputStride);

        ref readonly var d0 = ref MemoryMarshal.GetReference(delta);
        ref readonly var w0 = ref MemoryMarshal.GetReference(weights);
        for (var row = 0; row < count; row++)
        {
            for (var i = 0; i < inputs; i++)
            {
                var offset = (row * inputStride) + i;
                // A unit that gave nothing passes nothing back; about half of them do.
                if (x[offset] <= 0)
                {
                    inputDelta[offset] = 0;
                    continue;
                }

                var sum = TVector.Zero;
                for (var column = 0; column < stride; column += TVector.Count)
                {
                    sum = TVector.MultiplyAdd(TVector.Load(in d0, (row * stride) + column), TVector.Load(in w0, (i * stride) + column), sum);
                }

                inputDelta[offset] = TVector.Sum(sum);
            }
        }
    }
}
