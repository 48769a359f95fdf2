namespace DqnAspire.Atari2600.Cartridges;

/// <summary>
/// F4: 32 KiB in eight banks of 4 KiB, Atari's. An access, read or write, to $1FF4..$1FFB selects bank 0..7; bank 0 at
/// reset.
/// </summary>
internal sealed class BankedF4(ReadOnlyMemory<byte> image)
    : BankedCartridge(image, firstHotSpot: 0x1FF4, resetBank: 0);
