using DqnAspire.Core.Randomness;

namespace DqnAspire.Atari2600.Cartridges;

/// <summary>
/// DPC, the board of Pitfall II: 8 KiB of program in two banks of 4 KiB, 2 KiB of display ROM behind the
/// <see cref="DpcChip"/> at $1000-$107F. An access, read or write, to $1FF8 selects bank 0, one to $1FF9 bank 1; bank 1
/// at reset. Images hold program and display, and often up to 256 bytes more that are not used.
/// </summary>
internal sealed unsafe class Dpc(ReadOnlyMemory<byte> image) : Cartridge
{
    /// <summary>Bytes of an image that count.</summary>
    public const int RomSize = ProgramSize + DpcChip.DisplaySize;

    private const int ProgramSize = 2 * BankSize;
    private const int ResetBank = 1;
    private const int RegistersSize = 0x80;
    private const int FirstWritable = 0x1040;
    private const int ProgramStart = Start + RegistersSize;
    private const int HotSpotPage = 0x1FC0;
    private const int FirstHotSpot = 0x1FF8;

    public override ReadOnlySpan<byte> Rom => image.Span[..RomSize];

    private byte* Display => RomBytes + ProgramSize;

    // ALE: fetchers, music mode and random number get their first values here, once; a system reset leaves them.
    protected override void Install()
    {
        State->Dpc = default;
        DpcChip.RestartRandomNumbers(&State->Dpc);
        Select(ResetBank);
    }

    public override void Reset(Mt19937State* random)
    {
        State->Dpc.MusicCycle = 0;
        State->Dpc.FractionalClocks = 0;
        Select(ResetBank);
    }

    public override void RebaseCycles(int cycles) => State->Dpc.MusicCycle -= cycles;

    // ALE: the chip clocks its random number at accesses that come here, not at each of the cartridge.
    public override byte Read(int address, int cycles)
    {
        address &= 0x1FFF;
        DpcChip.ClockRandomNumber(&State->Dpc);
        if (address < FirstWritable)
        {
            return DpcChip.Read(&State->Dpc, Display, address, cycles);
        }

        Access(address);
        return PeekDevice(address);
    }

    public override void Write(int address, byte value, int cycles)
    {
        address &= 0x1FFF;
        DpcChip.ClockRandomNumber(&State->Dpc);
        if (address is >= FirstWritable and < ProgramStart)
        {
            DpcChip.Write(&State->Dpc, address, value);
        }
        else
        {
            Access(address);
        }
    }

    protected override byte PeekDevice(int address) => (address & 0x1FFF) < FirstWritable
        ? DpcChip.Peek(&State->Dpc, Display, address)
        : RomBytes[(State->Banks[0] * BankSize) + (address & 0x0FFF)];

    private void Access(int address)
    {
        var bank = address - FirstHotSpot;
        if (bank is 0 or 1)
        {
            Select(bank);
        }
    }

    private void Select(int bank)
    {
        State->Banks[0] = bank;
        MapRom(ProgramStart, HotSpotPage - ProgramStart, (bank * BankSize) + RegistersSize);
    }
}
