using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DqnAspire.NeuralNetworks.Kernels;

/// <summary>
/// The gradients of layer normalisation by its parameters: adds delta n to that of the gain, where
/// n = (x - mean) inverse, and delta to that of the shift.
/// </summary>
/// <param name="x">A part of the sample, a multiple of <see cref="Padding.Multiple"/> long.</param>
/// <param name="mean">The mean of the sample.</param>
/// <param name="inverse">The inverse of its standard deviation.</param>
/// <param name="delta">The gradient of the loss by n gain + shift.</param>
/// <param name="gainGradient">The sum for the gain.</param>
/// <param name="shiftGradient">The sum for the shift.</param>
internal readonly ref struct NormaliseParameterGradients(
    ReadOnlySpan<float> x, float mean, float inverse, ReadOnlySpan<float> delta, Span<float> gainGradient,
    Span<float> shiftGradient) : IKernel
{
    private readonly ReadOnlySpan<float> _x = x;
    private readonly ReadOnlySpan<float> _delta = delta;
    private readonly Span<float> _gainGradient = gainGradient;
    private readonly Span<float> _shiftGradient = shiftGradient;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector>()
        where TVector : struct, IFloatVector<TVector>
    {
        var length = _x.Length;
        Shapes.RequireWhole(_x);
        Shapes.Require(_delta, length);
        Shapes.Require(_gainGradient, length);
        Shapes.Require(_shiftGradient, length);
        ref readonly var x0 = ref MemoryMarshal.GetReference(_x);
        ref readonly var d0 = ref MemoryMarshal.GetReference(_delta);
        ref var g0 = ref MemoryMarshal.GetReference(_gainGradient);
        ref var s0 = ref MemoryMarshal.GetReference(_shiftGradient);
        var (centre, scale) = (TVector.Broadcast(mean), TVector.Broadcast(inverse));
        for (var i = 0; i < length; i += TVector.Count)
        {
            var gradient = TVector.Load(in d0, i);
            var normal = (TVector.Load(in x0, i) - centre) * scale;
            TVector.MultiplyAdd(gradient, normal, TVector.Load(in g0, i)).Store(ref g0, i);
            (TVector.Load(in s0, i) + gradient).Store(ref s0, i);
        }
    }
}
