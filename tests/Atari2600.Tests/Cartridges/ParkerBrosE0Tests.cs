using DqnAspire.Atari2600.Cartridges;

namespace DqnAspire.Atari2600.Tests.Cartridges;

public sealed class ParkerBrosE0Tests
{
    private const int SliceSize = 1024;

    private readonly byte[] _image = TestImages.For(CartridgeScheme.E0);
    private readonly CartridgeRig _rig;

    public ParkerBrosE0Tests() => _rig = new CartridgeRig(CartridgeScheme.E0, _image);

    [Fact]
    public void AtReset_Slices4To7AreVisible()
    {
        AssertSlices(4, 5, 6);
        _rig.Read(0x1FE0);
        _rig.Read(0x1FE8);
        _rig.Read(0x1FF0);
        AssertSlices(0, 0, 0);

        _rig.Reset();

        AssertSlices(4, 5, 6);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EachHotSpot_PutsItsSliceAtItsPlace(bool byWrite)
    {
        int[] slices = [4, 5, 6];
        for (var hotSpot = 0; hotSpot < 24; hotSpot++)
        {
            Access(0x1FE0 + hotSpot, byWrite);
            slices[hotSpot / 8] = hotSpot % 8;
            AssertSlices(slices[0], slices[1], slices[2]);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheRestOfTheLastPage_SelectsNothing(bool byWrite)
    {
        foreach (var address in Enumerable.Range(0x1FC0, 0x20).Concat(Enumerable.Range(0x1FF8, 8)))
        {
            Access(address, byWrite);
            AssertSlices(4, 5, 6);
        }
    }

    [Fact]
    public void TheHotSpots_ReadAsTheLastSlice()
    {
        for (var address = 0x1FC0; address < 0x2000; address++)
        {
            Assert.Equal(_image[(7 * SliceSize) + (address & 0x3FF)], _rig.Read(address));
        }
    }

    private void Access(int address, bool byWrite)
    {
        if (byWrite)
        {
            _rig.Write(address, 0xFF);
        }
        else
        {
            _rig.Read(address);
        }
    }

    private void AssertSlices(int first, int second, int third)
    {
        byte[] expected = [.. Slice(first), .. Slice(second), .. Slice(third), .. Slice(7)[..0x3C0]];
        Assert.Equal(expected, _rig.ReadRange(0x1000, expected.Length));
    }

    private byte[] Slice(int number) => _image.Part(number * SliceSize, SliceSize);
}
