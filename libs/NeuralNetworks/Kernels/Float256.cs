using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DqnAspire.NeuralNetworks.Kernels;

/// <summary>8 floats.</summary>
internal readonly struct Float256(Vector256<float> value) : IFloatVector<Float256>
{
    private readonly Vector256<float> _value = value;

    public static int Count => Vector256<float>.Count;

    public static Float256 Zero => new(Vector256<float>.Zero);

    public static Float256 Broadcast(float value) => new(Vector256.Create(value));

    public static Float256 Load(ref readonly float source, int offset) =>
        new(Vector256.LoadUnsafe(in source, (nuint)offset));

    public void Store(ref float destination, int offset) => _value.StoreUnsafe(ref destination, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float256 MultiplyAdd(Float256 left, Float256 right, Float256 addend) =>
        new(Vector256.MultiplyAddEstimate(left._value, right._value, addend._value));

    public static Float256 operator +(Float256 left, Float256 right) => new(left._value + right._value);

    public static Float256 operator -(Float256 left, Float256 right) => new(left._value - right._value);

    public static Float256 operator *(Float256 left, Float256 right) => new(left._value * right._value);

    public static Float256 operator /(Float256 left, Float256 right) => new(left._value / right._value);

    public static Float256 Sqrt(Float256 value) => new(Vector256.Sqrt(value._value));

    public static Float256 Max(Float256 left, Float256 right) => new(Vector256.Max(left._value, right._value));

    public static Float256 Min(Float256 left, Float256 right) => new(Vector256.Min(left._value, right._value));

    public static Float256 WherePositive(Float256 condition, Float256 value) =>
        new(Vector256.BitwiseAnd(Vector256.GreaterThan(condition._value, Vector256<float>.Zero), value._value));
}
