using DqnAspire.Atari2600.State;

namespace DqnAspire.Atari2600.Cartridges;

/// <summary>
/// F8: 8 KiB in two banks of 4 KiB, Atari's own scheme. An access, read or write, to $1FF8 selects bank 0, one to
/// $1FF9 bank 1. Bank 1 is selected at reset, but for two known images whose banks are stored the other way round.
/// </summary>
internal sealed unsafe class BankedF8(ReadOnlyMemory<byte> image, int resetBank = 1) : Cartridge
{
    private const int HotSpots = 0x1FC0;

    public override ReadOnlySpan<byte> Rom => image.Span;

    protected override void Install() => Select(1);

    public override void Reset(MersenneTwisterState* random) => Select(resetBank);

    public override byte Read(int address, int cycles)
    {
        Access(address);
        return PeekDevice(address);
    }

    public override void Write(int address, byte value, int cycles) => Access(address);

    protected override byte PeekDevice(int address) => RomBytes[(State->Banks[0] * BankSize) + (address & 0x0FFF)];

    private void Access(int address)
    {
        int bank = (address & 0x0FFF) - 0x0FF8;
        if (bank is 0 or 1)
        {
            Select(bank);
        }
    }

    private void Select(int bank)
    {
        State->Banks[0] = bank;
        MapRom(0x1000, HotSpots - 0x1000, bank * BankSize);
    }
}
