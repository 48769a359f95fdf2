namespace DqnAspire.Atari2600.Cartridges;

/// <summary>How a cartridge switches banks, under the names that emulators have for the schemes.</summary>
public enum CartridgeScheme
{
    /// <summary>2 KiB, seen twice.</summary>
    Rom2K,

    /// <summary>4 KiB.</summary>
    Rom4K,

    /// <summary>8 KiB, Atari.</summary>
    F8,

    /// <summary>F8 that starts in bank 0.</summary>
    F8Swapped,

    /// <summary>8 KiB with 128 bytes of RAM, Atari (F8SC).</summary>
    F8Superchip,

    /// <summary>16 KiB, Atari.</summary>
    F6,

    /// <summary>16 KiB with 128 bytes of RAM, Atari (F6SC).</summary>
    F6Superchip,

    /// <summary>32 KiB, Atari.</summary>
    F4,

    /// <summary>32 KiB with 128 bytes of RAM, Atari (F4SC).</summary>
    F4Superchip,

    /// <summary>8 KiB in slices of 1 KiB, Parker Brothers.</summary>
    E0,

    /// <summary>16 KiB with 2 KiB of RAM, M Network.</summary>
    E7,

    /// <summary>12 KiB with 256 bytes of RAM, CBS (FA, FASC).</summary>
    FA,

    /// <summary>8 KiB without hot spots, Activision.</summary>
    FE,

    /// <summary>Banks of 2 KiB selected by writes to the TIA's addresses, Tigervision (3F).</summary>
    Tigervision3F,

    /// <summary>8 KiB selected by accesses to mirrors of the TIA, UA Limited.</summary>
    UA,

    /// <summary>2 KiB with 1 KiB of RAM, CommaVid.</summary>
    CV,

    /// <summary>8 KiB with the Display Processor Chip and its 2 KiB, Activision.</summary>
    Dpc,
}
