using DqnAspire.Atari2600.Cartridges;

namespace DqnAspire.Atari2600.Tests.Cartridges;

/// <summary>The boards without registers: 2K, 4K, FE.</summary>
public sealed class SimpleBoardsTests
{
    [Fact]
    public void Rom2K_IsSeenTwice()
    {
        var image = TestImages.Random(2048);
        var rig = new CartridgeRig(CartridgeScheme.Rom2K, image);

        Assert.Equal([.. image, .. image], rig.ReadRange(0x1000, 4096));
        Assert.Equal(image[0x7FC], rig.Peek(0xFFFC));
    }

    [Theory]
    [InlineData(4096)]
    [InlineData(8192)]
    public void Rom4K_IsTheFirst4KiB(int size)
    {
        var image = TestImages.Random(size);

        Assert.Equal(image[..4096], new CartridgeRig(CartridgeScheme.Rom4K, image).ReadRange(0x1000, 4096));
    }

    [Theory]
    [InlineData(CartridgeScheme.Rom2K)]
    [InlineData(CartridgeScheme.Rom4K)]
    [InlineData(CartridgeScheme.FE)]
    public void Writes_DoNothing(CartridgeScheme scheme)
    {
        var rig = new CartridgeRig(scheme, TestImages.For(scheme));
        var before = rig.Save();
        var rom = rig.ReadRange(0xF000, 4096);
        for (var address = 0x1000; address < 0x2000; address++)
        {
            rig.Write(address, 0x42);
        }

        Assert.Equal(rom, rig.ReadRange(0xF000, 4096));
        Assert.Equal(before, rig.Save());
        Assert.Empty(rig.TiaAccesses);
    }

    [Theory]
    [InlineData(0xF000, 0)]
    [InlineData(0x3000, 0)]
    [InlineData(0xD000, 4096)]
    [InlineData(0x1000, 4096)]
    public void ActivisionFE_TakesTheBankFromAddressBit13(int address, int bank)
    {
        var image = TestImages.For(CartridgeScheme.FE);
        var rig = new CartridgeRig(CartridgeScheme.FE, image);

        Assert.Equal(image.Part(bank, 4096), rig.ReadRange(address, 4096));
        Assert.Equal(image[bank + 0xFFC], rig.Peek(address + 0xFFC));
    }
}
