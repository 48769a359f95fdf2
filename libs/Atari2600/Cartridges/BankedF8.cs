namespace DqnAspire.Atari2600.Cartridges;

/// <summary>
/// F8: 8 KiB in two banks of 4 KiB, Atari's own scheme. An access, read or write, to $1FF8 selects bank 0, one to
/// $1FF9 bank 1. Bank 1 is selected at reset, but for two known images whose banks are stored the other way round.
/// </summary>
internal sealed class BankedF8(ReadOnlyMemory<byte> image, int resetBank = 1)
    : BankedCartridge(image, firstHotSpot: 0x1FF8, resetBank);
