using DqnAspire.Core.Randomness;

namespace DqnAspire.Atari2600.Cartridges;

/// <summary>
/// 3F, Tigervision's: up to 512 KiB in banks of 2 KiB. A write to $0000-$003F, where the TIA's registers are, puts the
/// bank of the written value (modulo the number of banks) at $1000; the last bank is always at $1800. Bank 0 at reset.
/// </summary>
internal sealed unsafe class Tigervision3F(ReadOnlyMemory<byte> image) : Cartridge
{
    /// <summary>Bytes of a bank.</summary>
    public const int SliceSize = 2048;

    private const int RegisterCount = 0x40;

    private readonly int _sliceCount = image.Length / SliceSize;

    public override ReadOnlySpan<byte> Rom => image.Span;

    protected override int BankUnit => SliceSize;

    // ALE: every write to the board, also one to the ROM's own addresses, is handed on to the TIA.
    public override bool WritesReachTia => true;

    protected override void Install()
    {
        MapSnoop(0, RegisterCount);
        MapRom(Start + SliceSize, SliceSize, (_sliceCount - 1) * SliceSize);
        Select(0);
    }

    public override void Reset(Mt19937State* random) => Select(0);

    // ALE: the board hides the TIA from reads of $0000-$003F and answers with the selected bank's first bytes. The
    // TIA's mirrors, $0040 and so on, are not affected; nor do writes to them select a bank.
    public override bool SnoopRead(int address, int cycles, out byte value)
    {
        value = PeekDevice(address);
        return true;
    }

    public override void SnoopWrite(int address, byte value, int cycles) => Select(value % _sliceCount);

    // ALE: of the address only 12 bits are compared, so $1000-$103F selects banks as well.
    public override void Write(int address, byte value, int cycles)
    {
        if ((address & 0x0FFF) < RegisterCount)
        {
            Select(value % _sliceCount);
        }
    }

    // Called for snooped reads only: the cartridge's own addresses are all mapped as memory.
    protected override byte PeekDevice(int address) =>
        RomBytes[(State->Banks[0] * SliceSize) + (address & (RegisterCount - 1))];

    private void Select(int slice)
    {
        State->Banks[0] = slice;
        MapRom(Start, SliceSize, slice * SliceSize);
    }
}
