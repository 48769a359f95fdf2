using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DqnAspire.NeuralNetworks.Kernels;

/// <summary>
/// The arithmetic of layer normalisation on one sample: n = (x - mean) inverse, y = max(n gain + shift, floor), where
/// inverse = 1 / sqrt(variance + epsilon). Spans are as long as the sample, a multiple of <see cref="Padding.Multiple"/>; what
/// fills up has x, gain and shift 0.
/// </summary>
internal static class Normalisation
{
    private const int Accumulators = 4;

    /// <summary>Mean and inverse deviation.</summary>
    /// <param name="x">The sample.</param>
    /// <param name="features">Values that count; the others are 0.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public static (float Mean, float Inverse) Moments(ReadOnlySpan<float> x, int features, double epsilon) =>
        Vector512.IsHardwareAccelerated ? Moments<Float512>(x, features, epsilon)
        : Vector256.IsHardwareAccelerated ? Moments<Float256>(x, features, epsilon)
        : Moments<Float128>(x, features, epsilon);

    /// <summary>Computes y.</summary>
    public static void Apply(ReadOnlySpan<float> x, float mean, float inverse, ReadOnlySpan<float> gain, ReadOnlySpan<float> shift, float floor, Span<float> y)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Apply<Float512>(x, mean, inverse, gain, shift, floor, y);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Apply<Float256>(x, mean, inverse, gain, shift, floor, y);
        }
        else
        {
            Apply<Float128>(x, mean, inverse, gain, shift, floor, y);
        }
    }

    /// <summary>With g = delta gain, adds dx = (g - mean(g) - n mean(g n)) inverse to what is there.</summary>
    /// <param name="x">The sample.</param>
    /// <param name="features">Values that count.</param>
    /// <param name="mean">Its mean.</param>
    /// <param name="inverse">Its inverse deviation.</param>
    /// <param name="gain">The gain.</param>
    /// <param name="delta">Gradient of the loss by n gain + shift.</param>
    /// <param name="dx">The sum; what fills up has no meaning afterwards.</param>
    public static void AddInputGradient(
        ReadOnlySpan<float> x, int features, float mean, float inverse, ReadOnlySpan<float> gain, ReadOnlySpan<float> delta, Span<float> dx)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            AddInputGradient<Float512>(x, features, mean, inverse, gain, delta, dx);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            AddInputGradient<Float256>(x, features, mean, inverse, gain, delta, dx);
        }
        else
        {
            AddInputGradient<Float128>(x, features, mean, inverse, gain, delta, dx);
        }
    }

    /// <summary>Adds delta n to the gradient of the gain and delta to that of the shift.</summary>
    public static void AddParameterGradients(
        ReadOnlySpan<float> x, float mean, float inverse, ReadOnlySpan<float> delta, Span<float> gainGradient, Span<float> shiftGradient)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            AddParameterGradients<Float512>(x, mean, inverse, delta, gainGradient, shiftGradient);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            AddParameterGradients<Float256>(x, mean, inverse, delta, gainGradient, shiftGradient);
        }
        else
        {
            AddParameterGradients<Float128>(x, mean, inverse, delta, gainGradient, shiftGradient);
        }
    }

    internal static (float Mean, float Inverse) Moments<TVector>(ReadOnlySpan<float> x, int features, double epsilon)
        where TVector : struct, IFloatVector<TVector>
    {
        Shapes.RequireWhole(x);
        ref readonly var x0 = ref MemoryMarshal.GetReference(x);
        var step = Accumulators * TVector.Count;
        var (a, b, c, d) = (TVector.Zero, TVector.Zero, TVector.Zero, TVector.Zero);
        var i = 0;
        for (; i + step <= x.Length; i += step)
        {
            a += TVector.Load(in x0, i);
            b += TVector.Load(in x0, i + TVector.Count);
            c += TVector.Load(in x0, i + (2 * TVector.Count));
            d += TVector.Load(in x0, i + (3 * TVector.Count));
        }

        for (; i < x.Length; i += TVector.Count)
        {
            a += TVector.Load(in x0, i);
        }

        var mean = (float)(Sum(a + b + (c + d)) / features);
        var centre = TVector.Broadcast(mean);
        (a, b, c, d) = (TVector.Zero, TVector.Zero, TVector.Zero, TVector.Zero);
        for (i = 0; i + step <= x.Length; i += step)
        {
            a = AddSquare(a, TVector.Load(in x0, i) - centre);
            b = AddSquare(b, TVector.Load(in x0, i + TVector.Count) - centre);
            c = AddSquare(c, TVector.Load(in x0, i + (2 * TVector.Count)) - centre);
            d = AddSquare(d, TVector.Load(in x0, i + (3 * TVector.Count)) - centre);
        }

        for (; i < x.Length; i += TVector.Count)
        {
            a = AddSquare(a, TVector.Load(in x0, i) - centre);
        }

        // What fills up is 0, and was counted as that far from the mean.
        var squares = Sum(a + b + (c + d)) - ((x.Length - features) * (double)mean * mean);
        return (mean, (float)(1 / Math.Sqrt((Math.Max(squares, 0) / features) + epsilon)));
    }

    internal static void Apply<TVector>(
        ReadOnlySpan<float> x, float mean, float inverse, ReadOnlySpan<float> gain, ReadOnlySpan<float> shift, float floor, Span<float> y)
        where TVector : struct, IFloatVector<TVector>
    {
        Shapes.RequireWhole(x);
        Shapes.Require(gain, x.Length);
        Shapes.Require(shift, x.Length);
        Shapes.Require(y, x.Length);
        ref readonly var x0 = ref MemoryMarshal.GetReference(x);
        ref readonly var g0 = ref MemoryMarshal.GetReference(gain);
        ref readonly var s0 = ref MemoryMarshal.GetReference(shift);
        ref var y0 = ref MemoryMarshal.GetReference(y);
        var (centre, scale, least) = (TVector.Broadcast(mean), TVector.Broadcast(inverse), TVector.Broadcast(floor));
        for (var i = 0; i < x.Length; i += TVector.Count)
        {
            var normal = (TVector.Load(in x0, i) - centre) * scale;
            TVector.Max(TVector.MultiplyAdd(normal, TVector.Load(in g0, i), TVector.Load(in s0, i)), least).Store(ref y0, i);
        }
    }

    internal static void AddInputGradient<TVector>(
        ReadOnlySpan<float> x, int features, float mean, float inverse, ReadOnlySpan<float> gain, ReadOnlySpan<float> delta, Span<float> dx)
        where TVector : struct, IFloatVector<TVector>
    {
        Shapes.RequireWhole(x);
        Shapes.Require(gain, x.Length);
        Shapes.Require(delta, x.Length);
        Shapes.Require(dx, x.Length);
        ref readonly var x0 = ref MemoryMarshal.GetReference(x);
        ref readonly var g0 = ref MemoryMarshal.GetReference(gain);
        ref readonly var d0 = ref MemoryMarshal.GetReference(delta);
        ref var dx0 = ref MemoryMarshal.GetReference(dx);
        var (centre, scale) = (TVector.Broadcast(mean), TVector.Broadcast(inverse));
        var (sums, products) = (TVector.Zero, TVector.Zero);
        for (var i = 0; i < x.Length; i += TVector.Count)
        {
            var gradient = TVector.Load(in d0, i) * TVector.Load(in g0, i);
            sums += gradient;
            products = TVector.MultiplyAdd(gradient, (TVector.Load(in x0, i) - centre) * scale, products);
        }

        var sum = TVector.Broadcast((float)(Sum(sums) / features));
        var product = TVector.Broadcast((float)(Sum(products) / features));
        for (var i = 0; i < x.Length; i += TVector.Count)
        {
            var gradient = TVector.Load(in d0, i) * TVector.Load(in g0, i);
            var normal = (TVector.Load(in x0, i) - centre) * scale;
            TVector.MultiplyAdd(gradient - sum - (normal * product), scale, TVector.Load(in dx0, i)).Store(ref dx0, i);
        }
    }

    internal static void AddParameterGradients<TVector>(
        ReadOnlySpan<float> x, float mean, float inverse, ReadOnlySpan<float> delta, Span<float> gainGradient, Span<float> shiftGradient)
        where TVector : struct, IFloatVector<TVector>
    {
        Shapes.RequireWhole(x);
        Shapes.Require(delta, x.Length);
        Shapes.Require(gainGradient, x.Length);
        Shapes.Require(shiftGradient, x.Length);
        ref readonly var x0 = ref MemoryMarshal.GetReference(x);
        ref readonly var d0 = ref MemoryMarshal.GetReference(delta);
        ref var g0 = ref MemoryMarshal.GetReference(gainGradient);
        ref var s0 = ref MemoryMarshal.GetReference(shiftGradient);
        var (centre, scale) = (TVector.Broadcast(mean), TVector.Broadcast(inverse));
        for (var i = 0; i < x.Length; i += TVector.Count)
        {
            var gradient = TVector.Load(in d0, i);
            TVector.MultiplyAdd(gradient, (TVector.Load(in x0, i) - centre) * scale, TVector.Load(in g0, i)).Store(ref g0, i);
            (TVector.Load(in s0, i) + gradient).Store(ref s0, i);
        }
    }

    private static TVector AddSquare<TVector>(TVector sum, TVector value)
        where TVector : struct, IFloatVector<TVector> => TVector.MultiplyAdd(value, value, sum);

    private static double Sum<TVector>(TVector register)
        where TVector : struct, IFloatVector<TVector>
    {
        Span<float> values = stackalloc float[TVector.Count];
        register.Store(ref MemoryMarshal.GetReference(values), 0);
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }
}
