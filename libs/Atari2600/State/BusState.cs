namespace DqnAspire.Atari2600.State;

/// <summary>
/// What answers where on the 13-bit bus, in pages of 64 bytes. A page that is plain memory has the offset of its first
/// byte in the console's memory block; a page behind which a chip sits has <see cref="Device"/>. Offsets instead of
/// pointers make the struct part of a saved state: a restored console has its banks mapped.
/// </summary>
internal unsafe struct BusState
{
    public const int PageShift = 6;
    public const int PageSize = 1 << PageShift;
    public const int PageMask = PageSize - 1;
    public const int PageCount = 0x2000 >> PageShift;
    public const int Device = -1;

    public fixed int ReadPages[PageCount];
    public fixed int WritePages[PageCount];

    /// <summary>
    /// As <see cref="ReadPages"/>, where an instruction of three bytes that starts in the page can be fetched in one
    /// go because the next page follows it in memory; <see cref="Device"/> elsewhere.
    /// </summary>
    public fixed int CodePages[PageCount];

    /// <summary>
    /// Where the processor fetches without looking at the pages; empty after a change of <see cref="CodePages"/>.
    /// </summary>
    public CodeRun CodeRun;
}
