using DqnAspire.Atari2600.State;
using DqnAspire.Core.Randomness;

namespace DqnAspire.Atari2600.Cartridges;

/// <summary>
/// E7, M Network's: 16 KiB in eight slices of 2 KiB, and 2 KiB of RAM. An access, read or write, to $1FE0..$1FE6 puts
/// slice 0..6 at $1000-$17FF, one to $1FE7 1 KiB of RAM there: written at $1000-$13FF, read at $1400-$17FF. One to
/// $1FE8..$1FEB chooses a quarter of the other RAM's 1 KiB: written at $1800-$18FF, read at $1900-$19FF. The rest,
/// $1A00-$1FFF, is the last slice. Slice 0 and quarter 0 at reset.
/// </summary>
internal sealed unsafe class MNetworkE7(ReadOnlyMemory<byte> image) : Cartridge
{
    private const int SliceSize = 2048;
    private const int LastSlice = 7;
    private const int RamSlice = 7;
    private const int LargeRamSize = 1024;
    private const int QuarterSize = 256;
    private const int QuarterStart = 0x1800;
    private const int FixedStart = 0x1A00;
    private const int HotSpotPage = 0x1FC0;
    private const int FirstSliceHotSpot = 0x1FE0;
    private const int FirstQuarterHotSpot = 0x1FE8;

    public override ReadOnlySpan<byte> Rom => image.Span;

    protected override int BankUnit => SliceSize;

    protected override void Install()
    {
        MapRom(FixedStart, HotSpotPage - FixedStart, (LastSlice * SliceSize) + (FixedStart & (SliceSize - 1)));
        SelectQuarter(0);
        SelectSlice(0);
    }

    public override void Reset(Mt19937State* random)
    {
        FillRam(random, CartridgeState.RamSize);
        SelectQuarter(0);
        SelectSlice(0);
    }

    public override byte Read(int address, int cycles)
    {
        Access(address);
        return PeekDevice(address);
    }

    public override void Write(int address, byte value, int cycles) => Access(address);

    // ALE: the addresses that write RAM, when read, give the byte of the last slice that has the same low 11 bits.
    protected override byte PeekDevice(int address) =>
        RomBytes[(LastSlice * SliceSize) + (address & (SliceSize - 1))];

    private void Access(int address)
    {
        switch (address & 0x1FFF)
        {
            case >= FirstSliceHotSpot and < FirstQuarterHotSpot and var hotSpot:
                SelectSlice(hotSpot - FirstSliceHotSpot);
                break;
            case >= FirstQuarterHotSpot and < FirstQuarterHotSpot + 4 and var hotSpot:
                SelectQuarter(hotSpot - FirstQuarterHotSpot);
                break;
        }
    }

    private void SelectSlice(int slice)
    {
        State->Banks[0] = slice;
        if (slice == RamSlice)
        {
            MapDeviceReads(Start, LargeRamSize);
            MapRamWrites(Start, LargeRamSize, 0);
            MapRamReads(Start + LargeRamSize, LargeRamSize, 0);
        }
        else
        {
            MapDeviceWrites(Start, LargeRamSize);
            MapRom(Start, SliceSize, slice * SliceSize);
        }
    }

    private void SelectQuarter(int quarter)
    {
        var ram = LargeRamSize + (quarter * QuarterSize);
        State->Banks[1] = quarter;
        MapRamWrites(QuarterStart, QuarterSize, ram);
        MapRamReads(QuarterStart + QuarterSize, QuarterSize, ram);
    }
}
