namespace DqnAspire.Atari2600.Cartridges;

/// <summary>Builds the board for an image.</summary>
internal static class CartridgeFactory
{
    /// <summary>The board of a scheme, or of the one that <see cref="CartridgeDetector"/> finds.</summary>
    /// <param name="image">The whole file; it is not copied.</param>
    /// <param name="scheme">The scheme to use whatever the image looks like, null to detect it.</param>
    /// <exception cref="CartridgeException">Nothing was detected, or the image's size is wrong for the
    /// scheme.</exception>
    public static Cartridge Create(ReadOnlyMemory<byte> image, CartridgeScheme? scheme = null)
    {
        var chosen = scheme ?? CartridgeDetector.Detect(image.Span).Scheme;
        return chosen switch
        {
            CartridgeScheme.Rom2K => new Rom2K(AtLeast(2048)),
            CartridgeScheme.Rom4K => new Rom4K(AtLeast(4096)),
            CartridgeScheme.F8 => new BankedF8(Exactly(8192)),
            CartridgeScheme.F8Swapped => new BankedF8(Exactly(8192), resetBank: 0),
            CartridgeScheme.F8Superchip => new BankedF8Superchip(Exactly(8192)),
            CartridgeScheme.F6 => new BankedF6(Exactly(16384)),
            CartridgeScheme.F6Superchip => new BankedF6Superchip(Exactly(16384)),
            CartridgeScheme.F4 => new BankedF4(Exactly(32768)),
            CartridgeScheme.F4Superchip => new BankedF4Superchip(Exactly(32768)),
            CartridgeScheme.E0 => new ParkerBrosE0(Exactly(8192)),
            CartridgeScheme.E7 => new MNetworkE7(Exactly(16384)),
            CartridgeScheme.FA => new CbsFA(Exactly(12288)),
            CartridgeScheme.FE => new ActivisionFE(Exactly(8192)),
            CartridgeScheme.Tigervision3F => new Tigervision3F(WholeBanks(Tigervision3F.SliceSize)),
            CartridgeScheme.UA => new UaLimited(Exactly(8192)),
            CartridgeScheme.CV => new CommaVidCV(Exactly(2048, 4096)),
            CartridgeScheme.Dpc => new Dpc(AtLeast(Dpc.RomSize)),
            _ => throw new ArgumentOutOfRangeException(nameof(scheme), scheme, "There is no such scheme."),
        };

        ReadOnlyMemory<byte> Exactly(params ReadOnlySpan<int> sizes) =>
            sizes.Contains(image.Length) ? image : throw WrongSize(string.Join(" or ", sizes.ToArray()));

        ReadOnlyMemory<byte> AtLeast(int size) => image.Length >= size ? image : throw WrongSize($"{size} or more");

        ReadOnlyMemory<byte> WholeBanks(int size) =>
            image.Length > 0 && image.Length % size == 0 ? image : throw WrongSize($"a multiple of {size}");

        CartridgeException WrongSize(string wanted) =>
            new($"An image of {image.Length} bytes cannot be a {chosen} cartridge, which has {wanted} bytes.");
    }
}
