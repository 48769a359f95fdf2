namespace DqnAspire.Atari2600.Tests.Reference;

/// <summary>
/// CommaVid: 2 KiB of ROM in the upper half, 1 KiB of RAM below it (read port first). An image of 4 KiB holds the RAM's
/// contents in its first KiB. Reading the write port gives ROM.
/// </summary>
public sealed class ReferenceCommavidCartridge(byte[] image) : ReferenceCartridge
{
    private readonly byte[] _ram = new byte[1024];

    public override void Reset(ReferenceMersenneTwister random)
    {
        for (var i = 0; i < _ram.Length; i++)
        {
            _ram[i] = image.Length == 4096 ? image[i] : random.NextByte();
        }
    }

    public override byte Read(ushort address, ReferenceBus bus) => (address & 0xFFF) < 0x400
        ? _ram[address & 0x3FF]
        : image[image.Length - 2048 + (address & 0x7FF)];

    public override void Write(ushort address, byte value, ReferenceBus bus)
    {
        if ((address & 0xFFF) is >= 0x400 and < 0x800)
        {
            _ram[address & 0x3FF] = value;
        }
    }
}
