namespace DqnAspire.Atari2600.Tests.Reference;

/// <summary>
/// M Network: eight slices of 2 KiB, of which the lower window shows one and the upper window the last. Slice 7 of the
/// lower window is 1 KiB of RAM (write port first). Four pages of 256 bytes of RAM take turns at $1800 (writing) and
/// $1900 (reading). Reading a write port gives ROM of slice 7.
/// </summary>
public sealed class ReferenceE7Cartridge(byte[] rom) : ReferenceCartridge
{
    private readonly byte[] _ram = new byte[2048];
    private int _slice;
    private int _page;

    public override void Reset(ReferenceMersenneTwister random)
    {
        for (var i = 0; i < _ram.Length; i++)
        {
            _ram[i] = random.NextByte();
        }

        _slice = 0;
        _page = 0;
    }

    public override byte Read(ushort address, ReferenceBus bus)
    {
        var place = address & 0xFFF;
        Touch(place);
        return place switch
        {
            >= 0x400 and < 0x800 when _slice == 7 => _ram[place - 0x400],
            < 0x800 => rom[(_slice * 2048) + place],
            >= 0x900 and < 0xA00 => _ram[1024 + (_page * 256) + (place & 0xFF)],
            _ => rom[(7 * 2048) + (place & 0x7FF)],
        };
    }

    public override void Write(ushort address, byte value, ReferenceBus bus)
    {
        var place = address & 0xFFF;
        Touch(place);
        switch (place)
        {
            case < 0x400 when _slice == 7:
                _ram[place] = value;
                break;
            case >= 0x800 and < 0x900:
                _ram[1024 + (_page * 256) + (place & 0xFF)] = value;
                break;
        }
    }

    private void Touch(int place)
    {
        switch (place)
        {
            case >= 0xFE0 and <= 0xFE7:
                _slice = place - 0xFE0;
                break;
            case >= 0xFE8 and <= 0xFEB:
                _page = place - 0xFE8;
                break;
        }
    }
}
