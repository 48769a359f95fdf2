using DqnAspire.Atari2600.Cartridges;

namespace DqnAspire.Atari2600.Tests.Cartridges;

public sealed class CartridgeDetectorTests
{
    private static readonly byte[] Sta3E = [0x85, 0x3E, 0xA9, 0x00];
    private static readonly byte[] Sta3F = [0x85, 0x3F];
    private static readonly byte[] Sta3FTwice = [0x85, 0x3F, 0, 0x85, 0x3F];
    private static readonly byte[] StaUA = [0x8D, 0x40, 0x02];
    private static readonly byte[] StaE0 = [0x8D, 0xE0, 0x1F];
    private static readonly byte[] JsrFE = [0x20, 0x00, 0xD0, 0xC6, 0xC5];

    /// <summary>
    /// Where nothing in the image says more. 97 of the 104 games that ALE has rules for are of these.
    /// </summary>
    [Theory]
    [InlineData(2048, CartridgeScheme.Rom2K)]
    [InlineData(4096, CartridgeScheme.Rom4K)]
    [InlineData(8192, CartridgeScheme.F8)]
    [InlineData(10240, CartridgeScheme.Dpc)]
    [InlineData(10495, CartridgeScheme.Dpc)]
    [InlineData(10496, CartridgeScheme.Dpc)]
    [InlineData(12288, CartridgeScheme.FA)]
    [InlineData(16384, CartridgeScheme.F6)]
    [InlineData(32768, CartridgeScheme.F4)]
    public void ASize_HasItsUsualScheme(int size, CartridgeScheme scheme)
    {
        var detection = CartridgeDetector.Detect(Plain(size));

        Assert.Equal(scheme, detection.Scheme);
        Assert.Contains($"{size} bytes, the usual scheme for this size", detection.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8192, CartridgeScheme.F8Superchip, CartridgeScheme.F8)]
    [InlineData(16384, CartridgeScheme.F6Superchip, CartridgeScheme.F6)]
    [InlineData(32768, CartridgeScheme.F4Superchip, CartridgeScheme.F4)]
    public void BanksThatStartWith256EqualBytes_MakeASuperchip(int size, CartridgeScheme with, CartridgeScheme without)
    {
        var image = Plain(size);
        for (var bank = 0; bank < size; bank += 4096)
        {
            Assert.Equal(without, Detect(image));
            image.AsSpan(bank, 256).Fill((byte)(bank >> 12));
        }

        Assert.Equal(with, Detect(image));
        image[size - 4096 + 255]++;
        Assert.Equal(without, Detect(image));
    }

    [Theory]
    [InlineData(4096, CartridgeScheme.Rom2K, CartridgeScheme.Rom4K)]
    [InlineData(8192, CartridgeScheme.Rom4K, CartridgeScheme.F8)]
    public void EqualHalves_AreOneOfHalfTheSize(int size, CartridgeScheme half, CartridgeScheme whole)
    {
        byte[] image = [.. Plain(size / 2), .. Plain(size / 2)];
        Assert.Equal(half, Detect(image));
        image[^1]++;
        Assert.Equal(whole, Detect(image));
    }

    [Theory]
    [InlineData(new byte[] { 0x8D, 0xE0, 0x1F }, CartridgeScheme.E0)]
    [InlineData(new byte[] { 0x8D, 0xE0, 0x5F }, CartridgeScheme.E0)]
    [InlineData(new byte[] { 0x8D, 0xE9, 0xFF }, CartridgeScheme.E0)]
    [InlineData(new byte[] { 0xAD, 0xE9, 0xFF }, CartridgeScheme.E0)]
    [InlineData(new byte[] { 0xAD, 0xED, 0xFF }, CartridgeScheme.E0)]
    [InlineData(new byte[] { 0xAD, 0xF3, 0xBF }, CartridgeScheme.E0)]
    [InlineData(new byte[] { 0x85, 0x3F, 0, 0x85, 0x3F }, CartridgeScheme.Tigervision3F)]
    [InlineData(new byte[] { 0x8D, 0x40, 0x02 }, CartridgeScheme.UA)]
    [InlineData(new byte[] { 0x20, 0x00, 0xD0, 0xC6, 0xC5 }, CartridgeScheme.FE)]
    [InlineData(new byte[] { 0x20, 0xC3, 0xF8, 0xA5, 0x82 }, CartridgeScheme.FE)]
    [InlineData(new byte[] { 0xD0, 0xFB, 0x20, 0x73, 0xFE }, CartridgeScheme.FE)]
    [InlineData(new byte[] { 0x20, 0x00, 0xF0, 0x84, 0xD6 }, CartridgeScheme.FE)]
    public void ASignature_DecidesTheSchemeOf8KiB_ExceptAtTheVeryEnd(byte[] signature, CartridgeScheme scheme)
    {
        Assert.Equal(scheme, Detect(With(Plain(8192), 0, signature)));
        Assert.Equal(scheme, Detect(With(Plain(8192), 5000, signature)));
        Assert.Equal(scheme, Detect(With(Plain(8192), 8191 - signature.Length, signature)));
        Assert.Equal(CartridgeScheme.F8, Detect(With(Plain(8192), 8192 - signature.Length, signature)));
        Assert.Equal(CartridgeScheme.F8, Detect(With(Plain(8192), 5000, signature[..^1])));
    }

    [Theory]
    [InlineData(2048, CartridgeScheme.Rom2K)]
    [InlineData(4096, CartridgeScheme.Rom4K)]
    public void CommaVid_IsKnownByItsStores(int size, CartridgeScheme otherwise)
    {
        Assert.Equal(CartridgeScheme.CV, Detect(With(Plain(size), 100, [0x9D, 0xFF, 0xF3])));
        Assert.Equal(CartridgeScheme.CV, Detect(With(Plain(size), 100, [0x99, 0x00, 0xF4])));
        Assert.Equal(otherwise, Detect(With(Plain(size), size - 3, [0x99, 0x00, 0xF4])));
    }

    [Fact]
    public void CommaVid_ComesBeforeEqualHalves()
    {
        var half = With(Plain(2048), 100, [0x9D, 0xFF, 0xF3]);
        Assert.Equal(CartridgeScheme.CV, Detect([.. half, .. half]));
    }

    [Fact]
    public void E7_HasTheGapOfItsRam_AndSomethingNextToIt()
    {
        var image = Plain(16384);
        image.AsSpan(0x3800, 0x200).Clear();
        Assert.Equal(CartridgeScheme.E7, Detect(image));

        // 32 bytes on either side count.
        image.AsSpan(0x37E0, 0x240).Clear();
        Assert.Equal(CartridgeScheme.F6, Detect(image));
        image[0x37E0] = 1;
        Assert.Equal(CartridgeScheme.E7, Detect(image));
        image[0x37E0] = 0;
        image[0x3A1F] = 1;
        Assert.Equal(CartridgeScheme.E7, Detect(image));
        image[0x3801] = 1;
        Assert.Equal(CartridgeScheme.F6, Detect(image));
    }

    [Fact]
    public void Tigervision_NeedsTwoStores_WithAByteBetween()
    {
        Assert.Equal(CartridgeScheme.F8, Detect(With(Plain(8192), 100, Sta3F)));
        Assert.Equal(CartridgeScheme.F8, Detect(With(Plain(8192), 100, [.. Sta3F, .. Sta3F])));
        Assert.Equal(CartridgeScheme.Tigervision3F, Detect(With(Plain(8192), 100, [.. Sta3F, .. Sta3F, .. Sta3F])));
        Assert.Equal(CartridgeScheme.Tigervision3F, Detect(With(Plain(8192), 100, Sta3FTwice)));
        Assert.Equal(CartridgeScheme.Tigervision3F, Detect(With(With(Plain(8192), 0, Sta3F), 8189, Sta3F)));
        Assert.Equal(CartridgeScheme.F8, Detect(With(With(Plain(8192), 0, Sta3F), 8190, Sta3F)));
    }

    [Theory]
    [InlineData(6144)]
    [InlineData(16384)]
    [InlineData(32768)]
    [InlineData(65536)]
    [InlineData(131_072)]
    [InlineData(524_288)]
    public void Tigervision_ComesInManySizes(int size) =>
        Assert.Equal(CartridgeScheme.Tigervision3F, Detect(With(Plain(size), 1000, Sta3FTwice)));

    [Fact]
    public void SignsOf8KiB_AreTriedInThisOrder()
    {
        // Both halves have all signatures; signs are taken away from the first on.
        var half = Plain(4096);
        half.AsSpan(0, 256).Clear();
        half = With(With(With(With(half, 1000, StaE0), 2000, Sta3FTwice), 3000, StaUA), 3500, JsrFE);
        byte[] image = [.. half, .. half];
        Assert.Equal(CartridgeScheme.F8Superchip, Detect(image));
        image[0] = image[4096] = 1;
        Assert.Equal(CartridgeScheme.Rom4K, Detect(image));
        image[0] = 2;
        Assert.Equal(CartridgeScheme.E0, Detect(image));
        image[1000] = image[5096] = 0;
        var with3E = With((byte[])image.Clone(), 1500, Sta3E);
        Assert.Contains("3E", Error(with3E), StringComparison.Ordinal);
        Assert.Equal(CartridgeScheme.Tigervision3F, Detect(image));
        image[2000] = image[6096] = image[2003] = image[6099] = 0;
        Assert.Equal(CartridgeScheme.UA, Detect(image));
        image[3000] = image[7096] = 0;
        Assert.Equal(CartridgeScheme.FE, Detect(image));
        image[3500] = image[7596] = 0;
        Assert.Equal(CartridgeScheme.F8, Detect(image));
    }

    [Fact]
    public void SignsOf16KiB_AreTriedInThisOrder()
    {
        var image = With(Plain(16384), 2000, Sta3FTwice);
        image.AsSpan(0x3800, 0x200).Clear();
        for (var bank = 0; bank < 4; bank++)
        {
            image.AsSpan(bank * 4096, 256).Clear();
        }

        Assert.Equal(CartridgeScheme.F6Superchip, Detect(image));
        image[0] = 1;
        Assert.Equal(CartridgeScheme.E7, Detect(image));
        image[0x3800] = 1;
        Assert.Equal(CartridgeScheme.Tigervision3F, Detect(image));
        Assert.Contains("3E", Error(With(image, 3000, Sta3E)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bc24440b59092559a1ec26055fd1270e", CartridgeScheme.F8Swapped)]
    [InlineData("75ee371ccfc4f43e7d9b8f24e1266b55", CartridgeScheme.F8Swapped)]
    [InlineData("52a0003efb3b1c49fcde4dbc2c685d8f", CartridgeScheme.Rom2K)]
    [InlineData("5bcc83677d68f7ef74c1b4a0697ba2a8", CartridgeScheme.Rom4K)]
    [InlineData("6dda84fb8e442ecf34241ac0d1d91d69", CartridgeScheme.F6Superchip)]
    public void AFewImages_AreKnownByTheirChecksum(string checksum, CartridgeScheme scheme)
    {
        var detection = KnownCartridges.FindChecksum(checksum);

        Assert.Equal(scheme, detection?.Scheme);
        Assert.Contains(checksum, detection?.Reason, StringComparison.Ordinal);
        Assert.Null(KnownCartridges.Find(Plain(8192)));
    }

    [Theory]
    [InlineData(8448, "AR")]
    [InlineData(16896, "AR")]
    [InlineData(25344, "AR")]
    [InlineData(65536, "MB")]
    [InlineData(131_072, "MC")]
    public void ASchemeWithoutABoard_IsNamed(int size, string scheme) =>
        Assert.StartsWith(
            $"An image of {size} bytes is a cartridge of scheme {scheme} (the usual scheme for this size), "
            + "which is not supported.",
            Error(Plain(size)),
            StringComparison.Ordinal);

    [Theory]
    [InlineData(8192)]
    [InlineData(16384)]
    [InlineData(32768)]
    [InlineData(65536)]
    [InlineData(131_072)]
    [InlineData(5000)]
    public void ABoard3E_IsNamed(int size) => Assert.StartsWith(
        $"An image of {size} bytes is a cartridge of scheme 3E (STA $3E with LDA #0 occurs), which is not supported.",
        Error(With(With(Plain(size), 100, Sta3E), 200, Sta3FTwice)),
        StringComparison.Ordinal);

    [Fact]
    public void TheErrorOfALaterScheme_SaysWhatWasTriedBefore() => Assert.EndsWith(
        " Tried before: 3E: STA $3E with LDA #0 occurs; 3F: STA $3F occurs twice in banks of 2048 bytes.",
        Error(Plain(65536)),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(2047)]
    [InlineData(5000)]
    [InlineData(6144)]
    [InlineData(10_494)]
    public void AnUnknownSize_IsNamed_WithAllThatWasTried(int size) => Assert.Equal(
        $"An image of {size} bytes is no cartridge that is known: the size is none of 2048, 4096, 8192, " +
            "10240, 10495, 10496, " +
        "12288, 16384, 32768, 65536, 131072 or a multiple of 8448, and no other sign was found " +
        "(3E: STA $3E with LDA #0 occurs; 3F: STA $3F occurs twice in banks of 2048 bytes).",
        Error(Plain(size)));

    [Fact]
    public void Tigervision_NeedsWholeBanks() =>
        Assert.Contains("An image of 5000 bytes is no cartridge", Error(
            With(Plain(5000), 100, Sta3FTwice)), StringComparison.Ordinal);

    [Fact]
    public void AnEmptyImage_IsAnError() => Assert.Equal("The cartridge's image is empty (0 bytes).", Error([]));

    private static CartridgeScheme Detect(byte[] image) => CartridgeDetector.Detect(image).Scheme;

    private static string Error(byte[] image) =>
        Assert.Throws<CartridgeException>(() => CartridgeDetector.Detect(image)).Message;

    /// <summary>
    /// An image without any sign: no byte starts a signature, no 256 bytes are equal, the halves differ.
    /// </summary>
    private static byte[] Plain(int size)
    {
        var image = TestImages.Random(size);
        for (var i = 0; i < size; i++)
        {
            image[i] &= 0x0F;
        }

        return image;
    }

    private static byte[] With(byte[] image, int address, byte[] part)
    {
        part.CopyTo(image, address);
        return image;
    }
}
