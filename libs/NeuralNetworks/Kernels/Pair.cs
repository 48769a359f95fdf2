using System.Runtime.CompilerServices;

namespace DqnAspire.NeuralNetworks.Kernels;

/// <summary>
/// Two neighbouring registers as one of twice the width: a kernel over it has twice the independent sums for each value
/// that it broadcasts. The compiler keeps both halves in registers.
/// </summary>
internal readonly struct Pair<TVector>(TVector low, TVector high) : IFloatVector<Pair<TVector>>
    where TVector : struct, IFloatVector<TVector>
{
    private readonly TVector _low = low;
    private readonly TVector _high = high;

    public static int Count => 2 * TVector.Count;

    public static Pair<TVector> Zero => new(TVector.Zero, TVector.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> Broadcast(float value)
    {
        var both = TVector.Broadcast(value);
        return new Pair<TVector>(both, both);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> Load(ref readonly float source, int offset) =>
        new(TVector.Load(in source, offset), TVector.Load(in source, offset + TVector.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float destination, int offset)
    {
        _low.Store(ref destination, offset);
        _high.Store(ref destination, offset + TVector.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> MultiplyAdd(Pair<TVector> left, Pair<TVector> right, Pair<TVector> addend) =>
        new(TVector.MultiplyAdd(left._low, right._low, addend._low),
            TVector.MultiplyAdd(left._high, right._high, addend._high));

    public static Pair<TVector> operator +(Pair<TVector> left, Pair<TVector> right) =>
        new(left._low + right._low, left._high + right._high);

    public static Pair<TVector> operator -(Pair<TVector> left, Pair<TVector> right) =>
        new(left._low - right._low, left._high - right._high);

    public static Pair<TVector> operator *(Pair<TVector> left, Pair<TVector> right) =>
        new(left._low * right._low, left._high * right._high);

    public static Pair<TVector> operator /(Pair<TVector> left, Pair<TVector> right) =>
        new(left._low / right._low, left._high / right._high);

    public static Pair<TVector> Sqrt(Pair<TVector> value) => new(TVector.Sqrt(value._low), TVector.Sqrt(value._high));

    public static Pair<TVector> Max(Pair<TVector> left, Pair<TVector> right) =>
        new(TVector.Max(left._low, right._low), TVector.Max(left._high, right._high));

    public static Pair<TVector> Min(Pair<TVector> left, Pair<TVector> right) =>
        new(TVector.Min(left._low, right._low), TVector.Min(left._high, right._high));

    public static Pair<TVector> WherePositive(Pair<TVector> condition, Pair<TVector> value) =>
        new(TVector.WherePositive(condition._low, value._low), TVector.WherePositive(condition._high, value._high));
}
