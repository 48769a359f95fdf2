using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DqnAspire.NeuralNetworks.Kernels;

/// <summary>16 floats.</summary>
internal readonly struct Float512(Vector512<float> value) : IFloatVector<Float512>
{
    private readonly Vector512<float> _value = value;

    public static int Count => Vector512<float>.Count;

    public static Float512 Zero => new(Vector512<float>.Zero);

    public static Float512 Broadcast(float value) => new(Vector512.Create(value));

    public static Float512 Load(ref readonly float source, int offset) =>
        new(Vector512.LoadUnsafe(in source, (nuint)offset));

    public void Store(ref float destination, int offset) => _value.StoreUnsafe(ref destination, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float512 MultiplyAdd(Float512 left, Float512 right, Float512 addend) =>
        new(Vector512.MultiplyAddEstimate(left._value, right._value, addend._value));

    public static Float512 operator +(Float512 left, Float512 right) => new(left._value + right._value);

    public static Float512 operator -(Float512 left, Float512 right) => new(left._value - right._value);

    public static Float512 operator *(Float512 left, Float512 right) => new(left._value * right._value);

    public static Float512 operator /(Float512 left, Float512 right) => new(left._value / right._value);

    public static Float512 Sqrt(Float512 value) => new(Vector512.Sqrt(value._value));

    public static Float512 Max(Float512 left, Float512 right) => new(Vector512.Max(left._value, right._value));

    public static Float512 Min(Float512 left, Float512 right) => new(Vector512.Min(left._value, right._value));

    public static Float512 WherePositive(Float512 condition, Float512 value) =>
        new(Vector512.BitwiseAnd(Vector512.GreaterThan(condition._value, Vector512<float>.Zero), value._value));
}
