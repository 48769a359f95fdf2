using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DqnAspire.NeuralNetworks.Kernels;

/// <summary>
/// The gradient of layer normalisation by its input: with g = delta gain and n = (x - mean) inverse, adds
/// (g - mean(g) - n mean(g n)) inverse to dx.
/// </summary>
/// <param name="x">The sample, a multiple of <see cref="Padding.Multiple"/> long; padding is 0 in x and gain.</param>
/// <param name="features">Number of values in the sample, without padding.</param>
/// <param name="mean">The mean of the sample.</param>
/// <param name="inverse">The inverse of its standard deviation.</param>
/// <param name="gain">The gain of each value.</param>
/// <param name="delta">The gradient of the loss by n gain + shift.</param>
/// <param name="dx">The sum; its padding is undefined afterwards.</param>
internal readonly ref struct NormaliseInputGradient(
    ReadOnlySpan<float> x, int features, float mean, float inverse, ReadOnlySpan<float> gain, ReadOnlySpan<float> delta,
    Span<float> dx) : IKernel
{
    private readonly ReadOnlySpan<float> _x = x;
    private readonly ReadOnlySpan<float> _gain = gain;
    private readonly ReadOnlySpan<float> _delta = delta;
    private readonly Span<float> _dx = dx;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector>()
        where TVector : struct, IFloatVector<TVector>
    {
        var length = _x.Length;
        Shapes.RequireWhole(_x);
        Shapes.Require(_gain, length);
        Shapes.Require(_delta, length);
        Shapes.Require(_dx, length);
        ref readonly var x0 = ref MemoryMarshal.GetReference(_x);
        ref readonly var g0 = ref MemoryMarshal.GetReference(_gain);
        ref readonly var d0 = ref MemoryMarshal.GetReference(_delta);
        ref var dx0 = ref MemoryMarshal.GetReference(_dx);
        var (centre, scale) = (TVector.Broadcast(mean), TVector.Broadcast(inverse));
        var (sums, products) = (TVector.Zero, TVector.Zero);
        for (var i = 0; i < length; i += TVector.Count)
        {
            var gradient = TVector.Load(in d0, i) * TVector.Load(in g0, i);
            sums += gradient;
            products = TVector.MultiplyAdd(gradient, (TVector.Load(in x0, i) - centre) * scale, products);
        }

        var sum = TVector.Broadcast((float)(Moments.Sum(sums) / features));
        var product = TVector.Broadcast((float)(Moments.Sum(products) / features));
        for (var i = 0; i < length; i += TVector.Count)
        {
            var gradient = TVector.Load(in d0, i) * TVector.Load(in g0, i);
            var normal = (TVector.Load(in x0, i) - centre) * scale;
            TVector.MultiplyAdd(gradient - sum - (normal * product), scale, TVector.Load(in dx0, i)).Store(ref dx0, i);
        }
    }
}
