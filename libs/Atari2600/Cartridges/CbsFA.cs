namespace DqnAspire.Atari2600.Cartridges;

/// <summary>
/// FA or FASC, CBS' "RAM Plus": 12 KiB in three banks of 4 KiB and 256 bytes of RAM. An access, read or write, to
/// $1FF8..$1FFA selects bank 0..2; bank 2 at reset. RAM is written at $1000-$10FF and read at $1100-$11FF.
/// </summary>
internal sealed class CbsFA(ReadOnlyMemory<byte> image)
    : BankedCartridge(image, firstHotSpot: 0x1FF8, resetBank: 2, ramSize: 256);
