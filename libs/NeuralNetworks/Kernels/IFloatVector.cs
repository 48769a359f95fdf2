namespace DqnAspire.NeuralNetworks.Kernels;

/// <summary>
/// A register of floats. Kernels are written once against this and run at the machine's width: the type argument is a
/// struct, so the compiler specialises each kernel and nothing is called through the interface.
/// </summary>
internal interface IFloatVector<TSelf>
    where TSelf : struct, IFloatVector<TSelf>
{
    /// <summary>Floats in a register; divides <see cref="Padding.Multiple"/>.</summary>
    static abstract int Count { get; }

    static abstract TSelf Zero { get; }

    static abstract TSelf Broadcast(float value);

    static abstract TSelf Load(ref readonly float source, int offset);

    void Store(ref float destination, int offset);

    /// <summary>(left * right) + addend, fused where the machine fuses.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator /(TSelf left, TSelf right);

    static abstract TSelf Sqrt(TSelf value);

    static abstract TSelf Max(TSelf left, TSelf right);

    static abstract TSelf Min(TSelf left, TSelf right);

    /// <summary>The value where the condition is above zero, zero elsewhere.</summary>
    static abstract TSelf WherePositive(TSelf condition, TSelf value);
}
