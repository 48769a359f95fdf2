namespace DqnAspire.Atari2600.Tests.Reference;

/// <summary>Parker Brothers: four windows of 1 KiB on eight slices; the last window always shows slice 7.</summary>
public sealed class ReferenceE0Cartridge(byte[] rom) : ReferenceCartridge
{
    private readonly int[] _slices = [4, 5, 6, 7];

    public override void Reset(ReferenceMersenneTwister random) => (_slices[0], _slices[1], _slices[2]) = (4, 5, 6);

    public override byte Read(ushort address, ReferenceBus bus)
    {
        Touch(address);
        return rom[(_slices[(address & 0xFFF) / 1024] * 1024) + (address & 0x3FF)];
    }

    public override void Write(ushort address, byte value, ReferenceBus bus) => Touch(address);

    /// <summary>$1FE0..7 select the slice of window 0, $1FE8..F of window 1, $1FF0..7 of window 2.</summary>
    private void Touch(ushort address)
    {
        var hotSpot = (address & 0xFFF) - 0xFE0;
        if (hotSpot is >= 0 and < 24)
        {
            _slices[hotSpot / 8] = hotSpot % 8;
        }
    }
}
