using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using DqnAspire.NeuralNetworks.Kernels;

namespace DqnAspire.NeuralNetworks.Optimizers;

/// <summary>Runs a rule over arrays whose length is a multiple of <see cref="Padding.Multiple"/>: one pass through memory.</summary>
internal static class ElementwiseUpdate
{
    public static void Execute<TStep>(
        in TStep step, Span<float> weights, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second, Span<float> third, float scale, float bound)
        where TStep : struct, IElementStep
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Execute<TStep, Float512>(step, weights, gradients, first, second, third, scale, bound);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Execute<TStep, Float256>(step, weights, gradients, first, second, third, scale, bound);
        }
        else
        {
            Execute<TStep, Float128>(step, weights, gradients, first, second, third, scale, bound);
        }
    }

    internal static void Execute<TStep, TVector>(
        TStep step, Span<float> weights, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second, Span<float> third, float scale, float bound)
        where TStep : struct, IElementStep
        where TVector : struct, IFloatVector<TVector>
    {
        Shapes.Require(gradients, weights.Length);
        Shapes.Require(first, TStep.States > 0 ? weights.Length : 0);
        Shapes.Require(second, TStep.States > 1 ? weights.Length : 0);
        Shapes.Require(third, TStep.States > 2 ? weights.Length : 0);

        ref var w0 = ref MemoryMarshal.GetReference(weights);
        ref readonly var g0 = ref MemoryMarshal.GetReference(gradients);
        ref var a0 = ref MemoryMarshal.GetReference(first);
        ref var b0 = ref MemoryMarshal.GetReference(second);
        ref var c0 = ref MemoryMarshal.GetReference(third);
        var (factor, high, low) = (TVector.Broadcast(scale), TVector.Broadcast(bound), TVector.Broadcast(-bound));
        for (var i = 0; i < weights.Length; i += TVector.Count)
        {
            var gradient = TVector.Min(TVector.Max(TVector.Load(in g0, i) * factor, low), high);
            var a = TStep.States > 0 ? TVector.Load(ref a0, i) : TVector.Zero;
            var b = TStep.States > 1 ? TVector.Load(ref b0, i) : TVector.Zero;
            var c = TStep.States > 2 ? TVector.Load(ref c0, i) : TVector.Zero;
            step.Execute(TVector.Load(ref w0, i), gradient, ref a, ref b, ref c).Store(ref w0, i);
            if (TStep.States > 0)
            {
                a.Store(ref a0, i);
            }

            if (TStep.States > 1)
            {
                b.Store(ref b0, i);
            }

            if (TStep.States > 2)
            {
                c.Store(ref c0, i);
            }
        }
    }
}
