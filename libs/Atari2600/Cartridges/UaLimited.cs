using DqnAspire.Core.Randomness;

namespace DqnAspire.Atari2600.Cartridges;

/// <summary>
/// UA, UA Limited's: 8 KiB in two banks of 4 KiB. An access, read or write, to $0220 selects bank 0, one to $0240
/// bank 1; the TIA, which has mirrors there, sees the access too. Bank 0 at reset.
/// </summary>
internal sealed unsafe class UaLimited(ReadOnlyMemory<byte> image) : Cartridge
{
    private const int SelectBank0 = 0x0220;
    private const int SelectBank1 = 0x0240;

    public override ReadOnlySpan<byte> Rom => image.Span;

    protected override void Install()
    {
        MapSnoop(0x0200, 0x0080);
        Select(0);
    }

    public override void Reset(Mt19937State* random) => Select(0);

    public override bool SnoopRead(int address, int cycles, out byte value)
    {
        Access(address);
        value = 0;
        return false;
    }

    public override void SnoopWrite(int address, byte value, int cycles) => Access(address);

    private void Access(int address)
    {
        // ALE: all 13 bits are compared; mirrors of the two addresses select nothing.
        switch (address & 0x1FFF)
        {
            case SelectBank0:
                Select(0);
                break;
            case SelectBank1:
                Select(1);
                break;
        }
    }

    private void Select(int bank)
    {
        State->Banks[0] = bank;
        MapRom(Start, BankSize, bank * BankSize);
    }
}
