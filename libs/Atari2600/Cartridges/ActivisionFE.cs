namespace DqnAspire.Atari2600.Cartridges;

/// <summary>
/// FE, Activision's: 8 KiB in two banks of 4 KiB without hot spots or registers. Programs run at $F000 in the first
/// bank and at $D000 in the second; the board sees JSR and RTS change between them on the data bus.
/// </summary>
/// <remarks>
/// ALE: the bank follows from bit 13 of the address that the program uses, set for the first bank, a line that a 6507
/// does not have. All reads therefore come to <see cref="Cartridge.Read"/>, with their 16 bits.
/// </remarks>
internal sealed unsafe class ActivisionFE(ReadOnlyMemory<byte> image) : Cartridge
{
    private const int BankBit = 0x2000;

    public override ReadOnlySpan<byte> Rom => image.Span;

    protected override void Install() => MapDeviceReads(Start, BankSize);

    protected override byte PeekDevice(int address) =>
        RomBytes[((address & BankBit) == 0 ? BankSize : 0) + (address & 0x0FFF)];
}
