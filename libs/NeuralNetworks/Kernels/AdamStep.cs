using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DqnAspire.NeuralNetworks.Kernels;

/// <summary>
/// One Adam update over flat arrays whose length is a multiple of <see cref="Padding.Multiple"/>, in Keras's form:
/// m += (g - m)(1 - beta1), v += (g^2 - v)(1 - beta2), w -= alpha m / (sqrt(v) + epsilon), where g is clipped to +-clip.
/// </summary>
internal static class AdamStep
{
    public static void Execute(
        Span<float> weights, ReadOnlySpan<float> gradients, Span<float> m, Span<float> v, float clip, float oneMinusBeta1, float oneMinusBeta2, float alpha, float epsilon)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Execute<Float512>(weights, gradients, m, v, clip, oneMinusBeta1, oneMinusBeta2, alpha, epsilon);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Execute<Float256>(weights, gradients, m, v, clip, oneMinusBeta1, oneMinusBeta2, alpha, epsilon);
        }
        else
        {
            Execute<Float128>(weights, gradients, m, v, clip, oneMinusBeta1, oneMinusBeta2, alpha, epsilon);
        }
    }

    internal static void Execute<TVector>(
        Span<float> weights, ReadOnlySpan<float> gradients, Span<float> m, Span<float> v, float clip, float oneMinusBeta1, float oneMinusBeta2, float alpha, float epsilon)
        where TVector : struct, IFloatVector<TVector>
    {
        Shapes.Require(gradients, weights.Length);
        Shapes.Require(m, weights.Length);
        Shapes.Require(v, weights.Length);

        ref var w0 = ref MemoryMarshal.GetReference(weights);
        ref readonly var g0 = ref MemoryMarshal.GetReference(gradients);
        ref var m0 = ref MemoryMarshal.GetReference(m);
        ref var v0 = ref MemoryMarshal.GetReference(v);
        var (high, low) = (TVector.Broadcast(clip), TVector.Broadcast(-clip));
        var (rate1, rate2) = (TVector.Broadcast(oneMinusBeta1), TVector.Broadcast(oneMinusBeta2));
        var (step, small) = (TVector.Broadcast(alpha), TVector.Broadcast(epsilon));
        for (var i = 0; i < weights.Length; i += TVector.Count)
        {
            var g = TVector.Min(TVector.Max(TVector.Load(in g0, i), low), high);
            var mean = TVector.Load(in m0, i);
            mean += (g - mean) * rate1;
            mean.Store(ref m0, i);
            var square = TVector.Load(in v0, i);
            square += ((g * g) - square) * rate2;
            square.Store(ref v0, i);
            (TVector.Load(in w0, i) - (step * mean / (TVector.Sqrt(square) + small))).Store(ref w0, i);
        }
    }
}
