using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DqnAspire.NeuralNetworks.Kernels;

/// <summary>The mean of a sample and the inverse of its standard deviation, 1 / sqrt(variance + epsilon).</summary>
internal readonly ref struct Moments : IKernel
{
    private const int Accumulators = 4;

    private readonly ReadOnlySpan<float> _x;
    private readonly int _features;
    private readonly double _epsilon;
    private readonly ref float _mean;
    private readonly ref float _inverse;

    /// <summary>Takes the operands.</summary>
    /// <param name="x">The sample, a multiple of <see cref="Padding.Multiple"/> long; its padding is 0.</param>
    /// <param name="features">Number of values in the sample, without padding.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="mean">Receives the mean.</param>
    /// <param name="inverse">Receives the inverse of the standard deviation.</param>
    public Moments(ReadOnlySpan<float> x, int features, double epsilon, ref float mean, ref float inverse)
    {
        _x = x;
        _features = features;
        _epsilon = epsilon;
        _mean = ref mean;
        _inverse = ref inverse;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector>()
        where TVector : struct, IFloatVector<TVector>
    {
        Shapes.RequireWhole(_x);
        ref readonly var x0 = ref MemoryMarshal.GetReference(_x);
        var length = _x.Length;
        var step = Accumulators * TVector.Count;
        var (a, b, c, d) = (TVector.Zero, TVector.Zero, TVector.Zero, TVector.Zero);
        var i = 0;
        for (; i + step <= length; i += step)
        {
            a += TVector.Load(in x0, i);
            b += TVector.Load(in x0, i + TVector.Count);
            c += TVector.Load(in x0, i + (2 * TVector.Count));
            d += TVector.Load(in x0, i + (3 * TVector.Count));
        }

        for (; i < length; i += TVector.Count)
        {
            a += TVector.Load(in x0, i);
        }

        var mean = (float)(Sum(a + b + (c + d)) / _features);
        var centre = TVector.Broadcast(mean);
        (a, b, c, d) = (TVector.Zero, TVector.Zero, TVector.Zero, TVector.Zero);
        for (i = 0; i + step <= length; i += step)
        {
            a = AddSquare(a, TVector.Load(in x0, i) - centre);
            b = AddSquare(b, TVector.Load(in x0, i + TVector.Count) - centre);
            c = AddSquare(c, TVector.Load(in x0, i + (2 * TVector.Count)) - centre);
            d = AddSquare(d, TVector.Load(in x0, i + (3 * TVector.Count)) - centre);
        }

        for (; i < length; i += TVector.Count)
        {
            a = AddSquare(a, TVector.Load(in x0, i) - centre);
        }

        // The padding is 0, so the sum has its squared distance from the mean too.
        var squares = Sum(a + b + (c + d)) - ((length - _features) * (double)mean * mean);
        _mean = mean;
        _inverse = (float)(1 / Math.Sqrt((Math.Max(squares, 0) / _features) + _epsilon));
    }

    /// <summary>The sum of a register's values, in order and in double precision.</summary>
    internal static double Sum<TVector>(TVector register)
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

    private static TVector AddSquare<TVector>(TVector sum, TVector value)
        where TVector : struct, IFloatVector<TVector> => TVector.MultiplyAdd(value, value, sum);
}
