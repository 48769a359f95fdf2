namespace DqnAspire.AtariTraces.Format;

/// <summary>The hash of a picture in a trace: 64-bit FNV-1a (RFC 9923) over its palette indices, row by row.</summary>
public static class ScreenHash
{
    private const ulong OffsetBasis = 0xCBF2_9CE4_8422_2325;
    private const ulong Prime = 0x100_0000_01B3;

    /// <summary>The hash of some bytes.</summary>
    public static ulong Of(ReadOnlySpan<byte> pixels)
    {
        var hash = OffsetBasis;
        foreach (var pixel in pixels)
        {
            hash = (hash ^ pixel) * Prime;
        }

        return hash;
    }
}
