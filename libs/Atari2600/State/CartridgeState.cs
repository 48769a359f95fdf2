namespace DqnAspire.Atari2600.State;

/// <summary>
/// Everything on a cartridge that can change. One layout for all boards, so that a saved state has one fixed size.
/// </summary>
internal unsafe struct CartridgeState
{
    /// <summary>Bytes of the largest on-board RAM (E7).</summary>
    public const int RamSize = 2048;

    public fixed byte Ram[RamSize];

    /// <summary>Selected banks or slices; what each element means is the board's business.</summary>
    public fixed int Banks[4];

    public DpcState Dpc;
}
