using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DqnAspire.NeuralNetworks.Kernels;

/// <summary>The forward pass of layer normalisation: y = max(n gain + shift, floor), n = (x - mean) inverse.</summary>
/// <param name="x">
/// The sample, a multiple of <see cref="Padding.Multiple"/> long; padding is 0 in x, gain and shift.
/// </param>
/// <param name="mean">The mean of the sample.</param>
/// <param name="inverse">The inverse of its standard deviation.</param>
/// <param name="gain">The gain of each value.</param>
/// <param name="shift">The shift of each value.</param>
/// <param name="floor">0 when a ReLU follows, otherwise negative infinity.</param>
/// <param name="y">Receives the result.</param>
internal readonly ref struct Normalise(
    ReadOnlySpan<float> x, float mean, float inverse, ReadOnlySpan<float> gain, ReadOnlySpan<float> shift, float floor,
    Span<float> y) : IKernel
{
    private readonly ReadOnlySpan<float> _x = x;
    private readonly ReadOnlySpan<float> _gain = gain;
    private readonly ReadOnlySpan<float> _shift = shift;
    private readonly Span<float> _y = y;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector>()
        where TVector : struct, IFloatVector<TVector>
    {
        var length = _x.Length;
        Shapes.RequireWhole(_x);
        Shapes.Require(_gain, length);
        Shapes.Require(_shift, length);
        Shapes.Require(_y, length);
        ref readonly var x0 = ref MemoryMarshal.GetReference(_x);
        ref readonly var g0 = ref MemoryMarshal.GetReference(_gain);
        ref readonly var s0 = ref MemoryMarshal.GetReference(_shift);
        ref var y0 = ref MemoryMarshal.GetReference(_y);
        var (centre, scale, lowest) = (TVector.Broadcast(mean), TVector.Broadcast(inverse), TVector.Broadcast(floor));
        for (var i = 0; i < length; i += TVector.Count)
        {
            var normal = (TVector.Load(in x0, i) - centre) * scale;
            var result = TVector.MultiplyAdd(normal, TVector.Load(in g0, i), TVector.Load(in s0, i));
            TVector.Max(result, lowest).Store(ref y0, i);
        }
    }
}
