using DqnAspire.Core.Randomness;

namespace DqnAspire.Atari2600.Cartridges;

/// <summary>
/// What Atari's and CBS' schemes share: banks of 4 KiB that fill the cartridge's range, a row of hot spots in its last
/// page, one a bank, and on some boards RAM at its start: first the addresses that write it, then as many that read it.
/// </summary>
/// <param name="image">The banks, in order.</param>
/// <param name="firstHotSpot">The address, $1FF4 for example, that selects bank 0; the next one selects bank 1.</param>
/// <param name="resetBank">The bank that is selected at reset.</param>
/// <param name="ramSize">Bytes of RAM, a multiple of 64.</param>
internal abstract unsafe class BankedCartridge(
    ReadOnlyMemory<byte> image, int firstHotSpot, int resetBank, int ramSize = 0) : Cartridge
{
    private const int HotSpotPage = 0x1FC0;

    private readonly int _bankCount = image.Length / BankSize;

    public override ReadOnlySpan<byte> Rom => image.Span;

    protected override void Install()
    {
        MapRamWrites(Start, ramSize, 0);
        MapRamReads(Start + ramSize, ramSize, 0);
        Select(resetBank);
    }

    public override void Reset(Mt19937State* random)
    {
        FillRam(random, ramSize);
        Select(resetBank);
    }

    public override byte Read(int address, int cycles)
    {
        Access(address & 0x1FFF);
        return PeekDevice(address);
    }

    public override void Write(int address, byte value, int cycles) => Access(address & 0x1FFF);

    // ALE: the addresses that write RAM, when read, give the ROM beneath; hardware would write what floats on the bus.
    protected override byte PeekDevice(int address) => RomBytes[(State->Banks[0] * BankSize) + (address & 0x0FFF)];

    /// <summary>
    /// Selects a bank if the address is a hot spot as it stands; the caller takes off the bits that do not count.
    /// </summary>
    protected void Access(int address)
    {
        var bank = address - firstHotSpot;
        if ((uint)bank < (uint)_bankCount)
        {
            Select(bank);
        }
    }

    private void Select(int bank)
    {
        var rom = Start + (2 * ramSize);
        State->Banks[0] = bank;
        MapRom(rom, HotSpotPage - rom, (bank * BankSize) + (rom - Start));
    }
}
