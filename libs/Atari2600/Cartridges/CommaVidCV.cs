using DqnAspire.Core.Randomness;

namespace DqnAspire.Atari2600.Cartridges;

/// <summary>
/// CV, CommaVid's: 2 KiB of ROM at $1800 and 1 KiB of RAM, read at $1000-$13FF and written at $1400-$17FF. No banks.
/// An image of 4 KiB has the ROM in its second half and in its first 1 KiB what RAM holds after each reset (a saved
/// program of MagiCard); with an image of 2 KiB RAM is random.
/// </summary>
internal sealed unsafe class CommaVidCV(ReadOnlyMemory<byte> image) : Cartridge
{
    /// <summary>Bytes of ROM.</summary>
    public const int RomSize = 2048;

    private const int RamSize = 1024;
    private const int RamWriteStart = 0x1400;
    private const int RomStart = 0x1800;

    private readonly ReadOnlyMemory<byte> _savedRam = image.Length > RomSize ? image[..RamSize] : default;

    public override ReadOnlySpan<byte> Rom => image.Span[^RomSize..];

    protected override void Install()
    {
        MapRamReads(Start, RamSize, 0);
        MapRamWrites(RamWriteStart, RamSize, 0);
        MapRom(RomStart, RomSize, 0);
    }

    public override void Reset(Mt19937State* random)
    {
        if (_savedRam.IsEmpty)
        {
            FillRam(random, RamSize);
        }
        else
        {
            _savedRam.Span.CopyTo(new Span<byte>(State->Ram, RamSize));
        }
    }

    // ALE: the addresses that write RAM, when read, give the ROM byte that has the same low 11 bits.
    protected override byte PeekDevice(int address) => RomBytes[address & (RomSize - 1)];
}
