using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DqnAspire.NeuralNetworks.Kernels;

/// <summary>The backward pass of a ReLU: sets gradients to zero where the output is zero.</summary>
/// <param name="output">What the ReLU gave.</param>
/// <param name="gradient">Its gradient, which is changed in place.</param>
internal readonly ref struct ReluMask(ReadOnlySpan<float> output, Span<float> gradient) : IKernel
{
    private readonly ReadOnlySpan<float> _output = output;
    private readonly Span<float> _gradient = gradient;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector>()
        where TVector : struct, IFloatVector<TVector>
    {
        var gradient = _gradient;
        Shapes.Require(_output, gradient.Length);

        ref readonly var y0 = ref MemoryMarshal.GetReference(_output);
        ref var g0 = ref MemoryMarshal.GetReference(gradient);
        var i = 0;
        for (; i + TVector.Count <= gradient.Length; i += TVector.Count)
        {
            TVector.WherePositive(TVector.Load(in y0, i), TVector.Load(in g0, i)).Store(ref g0, i);
        }

        for (; i < gradient.Length; i++)
        {
            gradient[i] = _output[i] > 0 ? gradient[i] : 0;
        }
    }
}
