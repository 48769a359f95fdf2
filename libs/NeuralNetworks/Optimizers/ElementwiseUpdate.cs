using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DqnAspire.NeuralNetworks.Kernels;

namespace DqnAspire.NeuralNetworks.Optimizers;

/// <summary>
/// Runs an update rule over arrays whose length is a multiple of <see cref="Padding.Multiple"/>, in one pass through
/// memory. The gradient of the rule is clamp(gradient * scale, -bound, bound).
/// </summary>
/// <param name="step">The rule.</param>
/// <param name="weights">The weights, which are changed in place.</param>
/// <param name="gradients">Their gradients.</param>
/// <param name="first">The first state of the rule, empty if it has none.</param>
/// <param name="second">The second state.</param>
/// <param name="third">The third state.</param>
/// <param name="scale">Factor of the gradients.</param>
/// <param name="bound">Limit of their absolute values after that; infinity for none.</param>
internal readonly ref struct ElementwiseUpdate<TStep>(
    in TStep step, Span<float> weights, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second,
    Span<float> third, float scale, float bound) : IKernel
    where TStep : struct, IElementStep
{
    private readonly TStep _step = step;
    private readonly Span<float> _weights = weights;
    private readonly ReadOnlySpan<float> _gradients = gradients;
    private readonly Span<float> _first = first;
    private readonly Span<float> _second = second;
    private readonly Span<float> _third = third;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector>()
        where TVector : struct, IFloatVector<TVector>
    {
        var step = _step;
        var length = _weights.Length;
        Shapes.Require(_gradients, length);
        Shapes.Require(_first, TStep.States > 0 ? length : 0);
        Shapes.Require(_second, TStep.States > 1 ? length : 0);
        Shapes.Require(_third, TStep.States > 2 ? length : 0);

        ref var w0 = ref MemoryMarshal.GetReference(_weights);
        ref readonly var g0 = ref MemoryMarshal.GetReference(_gradients);
        ref var a0 = ref MemoryMarshal.GetReference(_first);
        ref var b0 = ref MemoryMarshal.GetReference(_second);
        ref var c0 = ref MemoryMarshal.GetReference(_third);
        var (factor, high, low) = (TVector.Broadcast(scale), TVector.Broadcast(bound), TVector.Broadcast(-bound));
        for (var i = 0; i < length; i += TVector.Count)
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
