namespace DqnAspire.Core;

/// <summary>Type of one element of an observation.</summary>
public enum ElementType
{
    /// <summary>An unsigned byte.</summary>
    UInt8,

    /// <summary>IEEE 754 single precision, 4 bytes.</summary>
    Float32,

    /// <summary>Two's complement integer, 4 bytes.</summary>
    Int32,
}

/// <summary>Sizes of <see cref="ElementType"/>.</summary>
public static class ElementTypeExtensions
{
    /// <summary>Bytes of one element.</summary>
    /// <param name="type">The type.</param>
    public static int ByteCount(this ElementType type) => type == ElementType.UInt8 ? 1 : 4;
}
