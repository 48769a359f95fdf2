namespace DqnAspire.ReplayService;

/// <summary>Type of an observation's elements. The numbers are those of the wire format.</summary>
public enum ElementKind
{
    /// <summary>One byte.</summary>
    UInt8 = 1,

    /// <summary>Single precision, 4 bytes.</summary>
    Float32 = 2,

    /// <summary>Integer, 4 bytes.</summary>
    Int32 = 3,
}

/// <summary>Sizes of <see cref="ElementKind"/>.</summary>
public static class ElementKindExtensions
{
    /// <summary>Bytes of one element.</summary>
    public static int Bytes(this ElementKind element) => element == ElementKind.UInt8 ? 1 : 4;
}
