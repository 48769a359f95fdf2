namespace DqnAspire.Atari2600.Tests.Reference;

/// <summary>
/// UA Limited: two banks of 4 KiB, selected by an access to $0220 or $0240, which the TIA sees as well.
/// </summary>
public sealed class ReferenceUaCartridge(byte[] rom) : ReferenceCartridge
{
    private int _bank;

    public override bool Answers(ushort address) => base.Answers(address) || (address & 0x1FFF) is >= 0x200 and < 0x280;

    public override void Reset(ReferenceMersenneTwister random) => _bank = 0;

    public override byte Read(ushort address, ReferenceBus bus)
    {
        if (base.Answers(address))
        {
            return rom[(_bank * 4096) + (address & 0xFFF)];
        }

        Touch(address);
        return bus.ReadChip(address);
    }

    public override void Write(ushort address, byte value, ReferenceBus bus)
    {
        if (!base.Answers(address))
        {
            Touch(address);
            bus.WriteChip(address, value);
        }
    }

    private void Touch(ushort address) => _bank = (address & 0x1FFF) switch { 0x220 => 0, 0x240 => 1, _ => _bank };
}
