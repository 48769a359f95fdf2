using DqnAspire.Atari2600.Cartridges;

namespace DqnAspire.Atari2600.Tests.Cartridges;

public sealed class Tigervision3FTests
{
    private const int SliceSize = 2048;

    [Theory]
    [InlineData(2048)]
    [InlineData(6144)]
    [InlineData(8192)]
    [InlineData(524_288)]
    public void AWriteToTheTia_SelectsTheBankModuloTheirNumber_AndReachesTheTia(int size)
    {
        var image = TestImages.Random(size);
        var rig = new CartridgeRig(CartridgeScheme.Tigervision3F, image);
        AssertBank(rig, image, 0);
        for (var value = 255; value >= 0; value -= 5)
        {
            var register = value & 0x3F;
            rig.Write(register, (byte)value);
            AssertBank(rig, image, value % (size / SliceSize));
            Assert.Equal((register, (byte?)value), rig.TiaAccesses[^1]);
        }

        rig.Write(0x3F, 1);
        rig.Reset();
        AssertBank(rig, image, 0);
    }

    [Fact]
    public void ReadsOfTheTiasPage_GiveTheBanksFirstBytes_AndTheTiaIsLeftOut()
    {
        var image = TestImages.Random(8192);
        var rig = new CartridgeRig(CartridgeScheme.Tigervision3F, image);
        rig.Write(0x3F, 2);
        rig.TiaAccesses.Clear();

        Assert.Equal(image.Part(2 * SliceSize, 0x40), rig.ReadRange(0, 0x40));
        Assert.Empty(rig.TiaAccesses);
        AssertBank(rig, image, 2);
    }

    [Theory]
    [InlineData(0x0040)]
    [InlineData(0x013F)]
    [InlineData(0x0300)]
    public void MirrorsOfTheTia_SelectNothing(int address)
    {
        var image = TestImages.Random(8192);
        var rig = new CartridgeRig(CartridgeScheme.Tigervision3F, image);

        rig.Write(address, 2);

        Assert.Equal(CartridgeRig.TiaValue, rig.Read(address));
        AssertBank(rig, image, 0);
    }

    [Fact]
    public void MirrorsBy8KiB_AreTheSamePage()
    {
        var image = TestImages.Random(8192);
        var rig = new CartridgeRig(CartridgeScheme.Tigervision3F, image);

        rig.Write(0x203F, 2);

        AssertBank(rig, image, 2);
        Assert.Equal(image[(2 * SliceSize) + 5], rig.Read(0x2005));
    }

    [Fact]
    public void WritesToTheRom_ReachTheTia_AndItsFirstPageSelects()
    {
        var image = TestImages.Random(8192);
        var rig = new CartridgeRig(CartridgeScheme.Tigervision3F, image);

        rig.Write(0x103F, 1);
        AssertBank(rig, image, 1);
        rig.Write(0x1040, 2);
        rig.Write(0x1FFF, 3);
        AssertBank(rig, image, 1);

        Assert.Equal([(0x3F, (byte?)1), (0x00, (byte?)2), (0x3F, (byte?)3)], rig.TiaAccesses);
    }

    private static void AssertBank(CartridgeRig rig, byte[] image, int bank)
    {
        Assert.Equal(image.Part(bank * SliceSize, SliceSize), rig.ReadRange(0x1000, SliceSize));
        Assert.Equal(image[(image.Length - SliceSize)..], rig.ReadRange(0x1800, SliceSize));
    }
}
