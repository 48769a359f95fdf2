using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DqnAspire.NeuralNetworks.Kernels;

/// <summary>The backward pass of a ReLU: sets gradients to zero where the ReLU gave zero.</summary>
internal static class ReluMask
{
    public static void Execute(ReadOnlySpan<float> output, Span<float> gradient)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Execute<Float512>(output, gradient);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Execute<Float256>(output, gradient);
        }
        else
        {
            Execute<Float128>(output, gradient);
        }
    }

    internal static void Execute<TVector>(ReadOnlySpan<float> output, Span<float> gradient)
        where TVector : struct, IFloatVector<TVector>
    {
        Shapes.Require(output, gradient.Length);

        ref readonly var y0 = ref MemoryMarshal.GetReference(output);
        ref var g0 = ref MemoryMarshal.GetReference(gradient);
        var i = 0;
        for (; i + TVector.Count <= gradient.Length; i += TVector.Count)
        {
            TVector.WherePositive(TVector.Load(in y0, i), TVector.Load(in g0, i)).Store(ref g0, i);
        }

        for (; i < gradient.Length; i++)
        {
            gradient[i] = output[i] > 0 ? gradient[i] : 0;
        }
    }
}
