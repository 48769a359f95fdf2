using DqnAspire.Atari2600.Cartridges;

namespace DqnAspire.Atari2600.Tests.Cartridges;

public sealed class CommaVidCVTests
{
    private const int RamSize = 1024;

    [Fact]
    public void Rom_IsInTheUpperHalf_AndRamHasTwoPorts()
    {
        var image = TestImages.Random(2048);
        var rig = new CartridgeRig(CartridgeScheme.CV, image);
        for (var i = 0; i < RamSize; i++)
        {
            rig.Write(0x1400 + i, (byte)(i * 7));
            rig.Write(0x1000 + i, 0xEE);
        }

        for (var address = 0x1800; address < 0x2000; address++)
        {
            rig.Write(address, 0xEE);
        }

        Assert.Equal(Enumerable.Range(0, RamSize).Select(i => (byte)(i * 7)), rig.ReadRange(0x1000, RamSize));
        Assert.Equal(image, rig.ReadRange(0x1800, 2048));
    }

    [Fact]
    public void ReadingTheWritePort_GivesRom_AndWritesNothing()
    {
        var image = TestImages.Random(2048);
        var rig = new CartridgeRig(CartridgeScheme.CV, image);
        var before = rig.Save();

        Assert.Equal(image[RamSize..], rig.ReadRange(0x1400, RamSize));
        Assert.Equal(before, rig.Save());
    }

    [Fact]
    public void EachReset_FillsRamFromTheGenerator()
    {
        var rig = new CartridgeRig(CartridgeScheme.CV, TestImages.Random(2048));
        var draws = CartridgeRig.RandomBytes(2 * RamSize);
        Assert.Equal(draws[..RamSize], rig.ReadRange(0x1000, RamSize));

        rig.Reset();

        Assert.Equal(draws[RamSize..], rig.ReadRange(0x1000, RamSize));
    }

    [Fact]
    public unsafe void AnImageOf4KiB_HasRomInItsSecondHalf_AndWhatRamHolds()
    {
        var image = TestImages.Random(4096);
        var rig = new CartridgeRig(CartridgeScheme.CV, image);
        Assert.Equal(image[2048..], rig.ReadRange(0x1800, 2048));
        Assert.Equal(image.Part(0, RamSize), rig.ReadRange(0x1000, RamSize));

        rig.Write(0x1400, (byte)~image[0]);
        rig.Reset();

        Assert.Equal(image[0], rig.Read(0x1000));
        Assert.Equal(CartridgeRig.RandomBytes(1)[0], (byte)rig.Random->NextUInt32());
    }
}
