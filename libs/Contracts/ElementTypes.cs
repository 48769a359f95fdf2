using DqnAspire.Contracts.Common.V1;

namespace DqnAspire.Contracts;

/// <summary>The element types of the contracts and those of <see cref="Core.ElementType"/>.</summary>
public static class ElementTypes
{
    /// <summary>The type as the contracts write it.</summary>
    /// <param name="type">The type.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not a member of the enumeration.</exception>
    public static ElementType ToMessage(this Core.ElementType type) => type switch
    {
        Core.ElementType.UInt8 => ElementType.Uint8,
        Core.ElementType.Float32 => ElementType.Float32,
        Core.ElementType.Int32 => ElementType.Int32,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "The contracts have no such element type."),
    };

    /// <summary>The type that a message names.</summary>
    /// <param name="type">The field of the message.</param>
    /// <returns>Null when the field is absent or holds a number that is not in the contract.</returns>
    public static Core.ElementType? ToCore(this ElementType type) => type switch
    {
        ElementType.Uint8 => Core.ElementType.UInt8,
        ElementType.Float32 => Core.ElementType.Float32,
        ElementType.Int32 => Core.ElementType.Int32,
        _ => null,
    };
}
