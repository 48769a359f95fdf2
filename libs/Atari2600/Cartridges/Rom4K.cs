namespace DqnAspire.Atari2600.Cartridges;

/// <summary>
/// 4K: 4 KiB of ROM, the first of the image where that is longer. No banks, no RAM; writes do nothing.
/// </summary>
internal sealed class Rom4K(ReadOnlyMemory<byte> image) : Cartridge
{
    public override ReadOnlySpan<byte> Rom => image.Span[..BankSize];

    protected override void Install() => MapRom(Start, BankSize, 0);
}
