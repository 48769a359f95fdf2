using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DqnAspire.NeuralNetworks.Kernels;

/// <summary>4 floats.</summary>
internal readonly struct Float128(Vector128<float> value) : IFloatVector<Float128>
{
    private readonly Vector128<float> _value = value;

    public static int Count => Vector128<float>.Count;

    public static Float128 Zero => new(Vector128<float>.Zero);

    public static Float128 Broadcast(float value) => new(Vector128.Create(value));

    public static Float128 Load(ref readonly float source, int offset) =>
        new(Vector128.LoadUnsafe(in source, (nuint)offset));

    public void Store(ref float destination, int offset) => _value.StoreUnsafe(ref destination, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float128 MultiplyAdd(Float128 left, Float128 right, Float128 addend) =>
        new(Vector128.MultiplyAddEstimate(left._value, right._value, addend._value));

    public static Float128 operator +(Float128 left, Float128 right) => new(left._value + right._value);

    public static Float128 operator -(Float128 left, Float128 right) => new(left._value - right._value);

    public static Float128 operator *(Float128 left, Float128 right) => new(left._value * right._value);

    public static Float128 operator /(Float128 left, Float128 right) => new(left._value / right._value);

    public static Float128 Sqrt(Float128 value) => new(Vector128.Sqrt(value._value));

    public static Float128 Max(Float128 left, Float128 right) => new(Vector128.Max(left._value, right._value));

    public static Float128 Min(Float128 left, Float128 right) => new(Vector128.Min(left._value, right._value));

    public static Float128 WherePositive(Float128 condition, Float128 value) =>
        new(Vector128.BitwiseAnd(Vector128.GreaterThan(condition._value, Vector128<float>.Zero), value._value));
}
