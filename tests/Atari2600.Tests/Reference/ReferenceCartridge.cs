namespace DqnAspire.Atari2600.Tests.Reference;

/// <summary>A cartridge as it looks from the bus.</summary>
public abstract class ReferenceCartridge
{
    /// <summary>Whether the board answers an address instead of TIA and RIOT.</summary>
    public virtual bool Answers(ushort address) => (address & 0x1000) != 0;

    /// <summary>A system reset. Boards with RAM fill it from the generator here.</summary>
    public abstract void Reset(ReferenceMersenneTwister random);

    /// <summary>A read; <paramref name="address"/> has all 16 bits of the program's address.</summary>
    public abstract byte Read(ushort address, ReferenceBus bus);

    /// <summary>A write; see <see cref="Read"/>.</summary>
    public abstract void Write(ushort address, byte value, ReferenceBus bus);

    /// <summary>The bus' cycle counter goes back by this much.</summary>
    public virtual void Rebase(uint cycles)
    {
    }

    /// <summary>The board of a scheme, by the name that ALE gives it.</summary>
    public static ReferenceCartridge Create(byte[] rom, string scheme) => scheme switch
    {
        "2K" or "4K" => new ReferenceBankedCartridge(rom, firstHotSpot: 0, resetBank: 0),
        "F8" => new ReferenceBankedCartridge(rom, firstHotSpot: 0xFF8, resetBank: 1),
        "F8 swapped" => new ReferenceBankedCartridge(rom, firstHotSpot: 0xFF8, resetBank: 0),
        "F8SC" => new ReferenceBankedCartridge(rom, firstHotSpot: 0xFF8, resetBank: 1, ramSize: 128),
        "F6" => new ReferenceBankedCartridge(rom, firstHotSpot: 0xFF6, resetBank: 0),
        "F6SC" => new ReferenceBankedCartridge(rom, firstHotSpot: 0xFF6, resetBank: 0, ramSize: 128),
        "F4" => new ReferenceBankedCartridge(rom, firstHotSpot: 0xFF4, resetBank: 0),
        "F4SC" =>
            new ReferenceBankedCartridge(rom, firstHotSpot: 0xFF4, resetBank: 0, ramSize: 128, writesSwitch: false),
        "FASC" => new ReferenceBankedCartridge(rom, firstHotSpot: 0xFF8, resetBank: 2, ramSize: 256),
        "E0" => new ReferenceE0Cartridge(rom),
        "E7" => new ReferenceE7Cartridge(rom),
        "FE" => new ReferenceFeCartridge(rom),
        "UA" => new ReferenceUaCartridge(rom),
        "3F" => new ReferenceTigervisionCartridge(rom, ramBanks: 0),
        "3E" => new ReferenceTigervisionCartridge(rom, ramBanks: 32),
        "CV" => new ReferenceCommavidCartridge(rom),
        "DPC" => new ReferenceDpcCartridge(rom),
        _ => throw new ArgumentException($"no such cartridge scheme: {scheme}", nameof(scheme)),
    };
}
