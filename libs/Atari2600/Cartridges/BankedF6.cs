namespace DqnAspire.Atari2600.Cartridges;

/// <summary>
/// F6: 16 KiB in four banks of 4 KiB, Atari's. An access, read or write, to $1FF6..$1FF9 selects bank 0..3; bank 0 at
/// reset.
/// </summary>
internal sealed class BankedF6(ReadOnlyMemory<byte> image)
    : BankedCartridge(image, firstHotSpot: 0x1FF6, resetBank: 0);
