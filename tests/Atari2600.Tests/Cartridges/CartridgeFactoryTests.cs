using DqnAspire.Atari2600.Cartridges;

namespace DqnAspire.Atari2600.Tests.Cartridges;

public sealed class CartridgeFactoryTests
{
    public static TheoryData<CartridgeScheme> Schemes => [.. Enum.GetValues<CartridgeScheme>()];

    [Fact]
    public void WithoutAScheme_TheImageDecides()
    {
        Assert.IsType<Rom2K>(CartridgeFactory.Create(new byte[2048]));
        Assert.IsType<BankedF8Superchip>(CartridgeFactory.Create(new byte[8192]));
        Assert.IsType<Dpc>(CartridgeFactory.Create(new byte[10495]));
    }

    [Fact]
    public void AScheme_IsUsedWhateverTheImageLooksLike()
    {
        Assert.IsType<BankedF8>(CartridgeFactory.Create(new byte[8192], CartridgeScheme.F8));
        Assert.IsType<ActivisionFE>(CartridgeFactory.Create(new byte[8192], CartridgeScheme.FE));
        Assert.IsType<Rom2K>(CartridgeFactory.Create(new byte[4096], CartridgeScheme.Rom2K));
    }

    [Fact]
    public void WhatCannotBeDetected_IsTheDetectorsError() =>
        Assert.Contains("An image of 5000 bytes", Assert.Throws<CartridgeException>(
            () => CartridgeFactory.Create(new byte[5000])).Message, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Schemes))]
    public void AnImageTooShortForTheScheme_IsNamed(CartridgeScheme scheme)
    {
        var message = Assert.Throws<CartridgeException>(() => CartridgeFactory.Create(new byte[2047], scheme)).Message;

        Assert.StartsWith(
            $"An image of 2047 bytes cannot be a {scheme} cartridge, which has ", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CartridgeScheme.F8, 16384, "8192 bytes")]
    [InlineData(CartridgeScheme.CV, 8192, "2048 or 4096 bytes")]
    [InlineData(CartridgeScheme.Tigervision3F, 0, "a multiple of 2048 bytes")]
    [InlineData(CartridgeScheme.Tigervision3F, 5000, "a multiple of 2048 bytes")]
    [InlineData(CartridgeScheme.Dpc, 8192, "10240 or more bytes")]
    public void ASizeTheSchemeDoesNotHave_IsNamed_WithTheRightOne(CartridgeScheme scheme, int size, string wanted)
    {
        var message = Assert.Throws<CartridgeException>(() => CartridgeFactory.Create(new byte[size], scheme)).Message;

        Assert.Contains($"An image of {size} bytes", message, StringComparison.Ordinal);
        Assert.EndsWith($"which has {wanted}.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnknownScheme_IsAnError() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CartridgeFactory.Create(new byte[2048], (CartridgeScheme)99));
}
