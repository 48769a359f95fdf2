namespace DqnAspire.Atari2600.Cartridges;

/// <summary>
/// F8SC: 8 KiB in two banks of 4 KiB and 128 bytes of RAM, Atari's "Superchip". An access, read or write, to $1FF8
/// selects bank 0, one to $1FF9 bank 1; bank 1 at reset. RAM is written at $1000-$107F and read at $1080-$10FF.
/// </summary>
internal sealed class BankedF8Superchip(ReadOnlyMemory<byte> image)
    : BankedCartridge(image, firstHotSpot: 0x1FF8, resetBank: 1, ramSize: 128);
