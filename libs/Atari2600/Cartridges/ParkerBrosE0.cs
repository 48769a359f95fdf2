using DqnAspire.Core.Randomness;

namespace DqnAspire.Atari2600.Cartridges;

/// <summary>
/// E0, Parker Brothers': 8 KiB in eight slices of 1 KiB, four of them visible at a time. An access, read or write, to
/// $1FE0..$1FE7 puts slice 0..7 at $1000, one to $1FE8..$1FEF at $1400, one to $1FF0..$1FF7 at $1800. Slice 7 is always
/// at $1C00. At reset slices 4, 5, 6 are at the other places.
/// </summary>
internal sealed unsafe class ParkerBrosE0(ReadOnlyMemory<byte> image) : Cartridge
{
    private const int SliceSize = 1024;
    private const int FixedSlice = 7;
    private const int SwitchedPlaces = 3;
    private const int FirstResetSlice = 4;
    private const int FirstHotSpot = 0x1FE0;
    private const int HotSpotPage = 0x1FC0;
    private const int FixedStart = 0x1C00;

    public override ReadOnlySpan<byte> Rom => image.Span;

    protected override int BankUnit => SliceSize;

    protected override void Install()
    {
        MapRom(FixedStart, HotSpotPage - FixedStart, FixedSlice * SliceSize);
        SelectResetSlices();
    }

    public override void Reset(Mt19937State* random) => SelectResetSlices();

    public override byte Read(int address, int cycles)
    {
        Access(address);
        return PeekDevice(address);
    }

    public override void Write(int address, byte value, int cycles) => Access(address);

    // Only the last page of the fixed slice is not mapped as memory.
    protected override byte PeekDevice(int address) =>
        RomBytes[(FixedSlice * SliceSize) + (address & (SliceSize - 1))];

    private void Access(int address)
    {
        var hotSpot = (address & 0x1FFF) - FirstHotSpot;
        if (hotSpot is >= 0 and < SwitchedPlaces * 8)
        {
            Select(place: hotSpot / 8, slice: hotSpot % 8);
        }
    }

    private void SelectResetSlices()
    {
        for (var place = 0; place < SwitchedPlaces; place++)
        {
            Select(place, FirstResetSlice + place);
        }
    }

    private void Select(int place, int slice)
    {
        State->Banks[place] = slice;
        MapRom(Start + (place * SliceSize), SliceSize, slice * SliceSize);
    }
}
