namespace DqnAspire.Atari2600.Cartridges;

/// <summary>
/// F6SC: 16 KiB in four banks of 4 KiB and 128 bytes of RAM. An access, read or write, to $1FF6..$1FF9 selects bank
/// 0..3; bank 0 at reset. RAM is written at $1000-$107F and read at $1080-$10FF.
/// </summary>
internal sealed class BankedF6Superchip(ReadOnlyMemory<byte> image)
    : BankedCartridge(image, firstHotSpot: 0x1FF6, resetBank: 0, ramSize: 128);
