namespace DqnAspire.Atari2600.Cartridges;

/// <summary>
/// F4SC: 32 KiB in eight banks of 4 KiB and 128 bytes of RAM. A read from $1FF4..$1FFB selects bank 0..7; bank 0 at
/// reset. RAM is written at $1000-$107F and read at $1080-$10FF.
/// </summary>
internal sealed class BankedF4Superchip(ReadOnlyMemory<byte> image)
    : BankedCartridge(image, firstHotSpot: 0x1FF4, resetBank: 0, ramSize: 128)
{
    // ALE: a write compares all 16 bits of the address with $0FF4..$0FFB. No address that reaches the cartridge is
    // among these, so writes select nothing.
    public override void Write(int address, byte value, int cycles)
    {
    }
}
