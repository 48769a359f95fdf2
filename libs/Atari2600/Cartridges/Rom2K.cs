namespace DqnAspire.Atari2600.Cartridges;

/// <summary>2K: 2 KiB of ROM, seen twice in the cartridge's 4 KiB. No banks, no RAM; writes do nothing.</summary>
internal sealed class Rom2K : Cartridge
{
    private const int Size = 2048;

    private readonly byte[] _doubled;

    /// <summary>The board with the first 2 KiB of an image.</summary>
    public Rom2K(ReadOnlyMemory<byte> image)
    {
        var half = image.Span[..Size];
        _doubled = [.. half, .. half];
    }

    public override ReadOnlySpan<byte> Rom => _doubled;

    protected override void Install() => MapRom(Start, BankSize, 0);
}
