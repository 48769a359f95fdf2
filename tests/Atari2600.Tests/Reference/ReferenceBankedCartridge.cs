namespace DqnAspire.Atari2600.Tests.Reference;

/// <summary>
/// Whole banks of 4 KiB (or one of 2 KiB, which appears twice), selected by an access to one of as many hot spots. With
/// RAM, its write port lies at the start of the bank and its read port behind that. Reading the write port gives ROM.
/// </summary>
public sealed class ReferenceBankedCartridge(
    byte[] rom, int firstHotSpot, int resetBank, int ramSize = 0, bool writesSwitch = true) : ReferenceCartridge
{
    private readonly byte[] _ram = new byte[ramSize];
    private readonly int _bankSize = Math.Min(rom.Length, 4096);
    private int _bank;

    public override void Reset(ReferenceMersenneTwister random)
    {
        for (var i = 0; i < _ram.Length; i++)
        {
            _ram[i] = random.NextByte();
        }

        _bank = resetBank;
    }

    public override byte Read(ushort address, ReferenceBus bus)
    {
        var place = address & 0xFFF;
        Touch(place);
        return place >= ramSize && place < 2 * ramSize
            ? _ram[place - ramSize]
            : rom[(_bank * _bankSize) + (place % _bankSize)];
    }

    public override void Write(ushort address, byte value, ReferenceBus bus)
    {
        var place = address & 0xFFF;
        if (writesSwitch)
        {
            Touch(place);
        }

        if (place < ramSize)
        {
            _ram[place] = value;
        }
    }

    private void Touch(int place)
    {
        var banks = rom.Length / _bankSize;
        if (banks > 1 && place >= firstHotSpot && place < firstHotSpot + banks)
        {
            _bank = place - firstHotSpot;
        }
    }
}
