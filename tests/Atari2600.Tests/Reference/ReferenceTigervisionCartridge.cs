namespace DqnAspire.Atari2600.Tests.Reference;

/// <summary>
/// Tigervision: slices of 2 KiB, one in the lower window, the last one in the upper. In 3F a write to $00..$3F selects
/// the slice; 3E listens to $3F only and selects a KiB of RAM at $3E (read port first). The TIA sees those writes too.
/// ALE answers reads of $00..$3F from the lower window, and treats writes to ROM like writes to the same offset from
/// $00.
/// </summary>
public sealed class ReferenceTigervisionCartridge(byte[] rom, int ramBanks) : ReferenceCartridge
{
    private readonly byte[] _ram = new byte[ramBanks * 1024];
    private int _slice;
    private int? _ramBank;

    public override bool Answers(ushort address) => base.Answers(address) || (address & 0x1FFF) < 0x40;

    public override void Reset(ReferenceMersenneTwister random)
    {
        for (var i = 0; i < _ram.Length; i++)
        {
            _ram[i] = random.NextByte();
        }

        SelectSlice(0);
    }

    public override byte Read(ushort address, ReferenceBus bus)
    {
        var place = address & 0xFFF;
        if (place >= 0x800)
        {
            return rom[rom.Length - 2048 + (place & 0x7FF)];
        }

        return _ramBank is { } bank ? _ram[(bank * 1024) + (place & 0x3FF)] : rom[(_slice * 2048) + place];
    }

    public override void Write(ushort address, byte value, ReferenceBus bus)
    {
        var place = address & 0xFFF;
        if (base.Answers(address) && _ramBank is { } bank && place is >= 0x400 and < 0x800)
        {
            _ram[(bank * 1024) + (place & 0x3FF)] = value;
            return;
        }

        if (place == 0x3F || (ramBanks == 0 && place < 0x3F))
        {
            SelectSlice(value);
        }
        else if (place == 0x3E)
        {
            _ramBank = value % ramBanks;
        }

        bus.Tia!.Write((ushort)place, value);
    }

    private void SelectSlice(byte value)
    {
        _slice = value % (rom.Length / 2048);
        _ramBank = null;
    }
}
