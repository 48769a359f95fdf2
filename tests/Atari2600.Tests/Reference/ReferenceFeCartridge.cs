namespace DqnAspire.Atari2600.Tests.Reference;

/// <summary>
/// Activision's FE as ALE has it: bit 13 of the program's address selects the first half, its absence the second.
/// </summary>
public sealed class ReferenceFeCartridge(byte[] rom) : ReferenceCartridge
{
    public override void Reset(ReferenceMersenneTwister random)
    {
    }

    public override byte Read(ushort address, ReferenceBus bus) =>
        rom[(address & 0xFFF) + ((address & 0x2000) == 0 ? 4096 : 0)];

    public override void Write(ushort address, byte value, ReferenceBus bus)
    {
    }
}
