using DqnAspire.Atari2600.Cartridges;

namespace DqnAspire.Atari2600.Tests.Cartridges;

/// <summary>The schemes of 4 KiB banks: Atari's with and without Superchip, and CBS'.</summary>
public sealed class BankedCartridgeTests
{
    private const int BankSize = 4096;

    /// <summary>Scheme, banks, first hot spot, bank at reset, bytes of RAM.</summary>
    public static TheoryData<CartridgeScheme, int, int, int, int> Boards => new()
    {
        { CartridgeScheme.F8, 2, 0x1FF8, 1, 0 },
        { CartridgeScheme.F8Swapped, 2, 0x1FF8, 0, 0 },
        { CartridgeScheme.F8Superchip, 2, 0x1FF8, 1, 128 },
        { CartridgeScheme.F6, 4, 0x1FF6, 0, 0 },
        { CartridgeScheme.F6Superchip, 4, 0x1FF6, 0, 128 },
        { CartridgeScheme.F4, 8, 0x1FF4, 0, 0 },
        { CartridgeScheme.F4Superchip, 8, 0x1FF4, 0, 128 },
        { CartridgeScheme.FA, 3, 0x1FF8, 2, 256 },
    };

    [Theory]
    [MemberData(nameof(Boards))]
    public void EachHotSpot_SelectsItsBank_ByRead(
        CartridgeScheme scheme, int banks, int hotSpot, int resetBank, int ram)
    {
        var image = TestImages.For(scheme);
        Assert.Equal(banks * BankSize, image.Length);
        var rig = new CartridgeRig(scheme, image);
        AssertBank(rig, image, resetBank, ram);
        for (var bank = banks - 1; bank >= 0; bank--)
        {
            // The read itself comes from the bank that it selects.
            Assert.Equal(image[(bank * BankSize) + ((hotSpot + bank) & 0xFFF)], rig.Read(hotSpot + bank));
            AssertBank(rig, image, bank, ram);
        }

        rig.Read(hotSpot + ((resetBank + 1) % banks));
        rig.Reset();
        AssertBank(rig, image, resetBank, ram);
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void EachHotSpot_SelectsItsBank_ByWrite_ButForF4SC(
        CartridgeScheme scheme, int banks, int hotSpot, int resetBank, int ram)
    {
        var image = TestImages.For(scheme);
        var rig = new CartridgeRig(scheme, image);
        for (var bank = banks - 1; bank >= 0; bank--)
        {
            rig.Write(hotSpot + bank, 0);
            AssertBank(rig, image, scheme == CartridgeScheme.F4Superchip ? resetBank : bank, ram);
        }
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void TheNeighboursOfTheHotSpots_SelectNothing(
        CartridgeScheme scheme, int banks, int hotSpot, int resetBank, int ram)
    {
        var image = TestImages.For(scheme);
        var rig = new CartridgeRig(scheme, image);
        for (var address = 0x1FC0; address < 0x2000; address++)
        {
            if (address < hotSpot || address >= hotSpot + banks)
            {
                Assert.Equal(image[(resetBank * BankSize) + (address & 0xFFF)], rig.Read(address));
                rig.Write(address, 0xFF);
            }
        }

        AssertBank(rig, image, resetBank, ram);
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void Ram_IsWrittenBelow_AndReadAbove(CartridgeScheme scheme, int banks, int hotSpot, int resetBank, int ram)
    {
        var image = TestImages.For(scheme);
        var rig = new CartridgeRig(scheme, image);
        for (var i = 0; i < ram; i++)
        {
            rig.Write(0x1000 + i, (byte)(i ^ 0x55));
        }

        // Banks and writes to the other addresses leave it alone.
        rig.Read(hotSpot + ((resetBank + 1) % banks));
        for (var address = 0x1000 + ram; address < 0x1FC0; address++)
        {
            rig.Write(address, 0xEE);
        }

        Assert.Equal(Enumerable.Range(0, ram).Select(i => (byte)(i ^ 0x55)), rig.ReadRange(0x1000 + ram, ram));
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void ReadingTheWriteAddresses_GivesTheRomBeneath_AndWritesNothing(
        CartridgeScheme scheme, int banks, int hotSpot, int resetBank, int ram)
    {
        var image = TestImages.For(scheme);
        var rig = new CartridgeRig(scheme, image);
        for (var bank = 0; bank < banks; bank++)
        {
            rig.Read(hotSpot + bank);
            var before = rig.Save();
            Assert.Equal(image.Part(bank * BankSize, ram), rig.ReadRange(0x1000, ram));
            Assert.Equal(before, rig.Save());
        }

        rig.Reset();
        AssertBank(rig, image, resetBank, ram);
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void EachReset_FillsRamFromTheGenerator(
        CartridgeScheme scheme, int banks, int hotSpot, int resetBank, int ram)
    {
        var rig = new CartridgeRig(scheme, TestImages.For(scheme));
        var draws = CartridgeRig.RandomBytes(2 * ram);
        Assert.Equal(draws[..ram], rig.ReadRange(0x1000 + ram, ram)[..ram]);

        rig.Read(hotSpot + ((resetBank + 1) % banks));
        rig.Reset();

        Assert.Equal(draws[ram..], rig.ReadRange(0x1000 + ram, ram)[..ram]);
    }

    private static void AssertBank(CartridgeRig rig, byte[] image, int bank, int ram)
    {
        var first = 2 * ram;
        Assert.Equal(
            image.Part((bank * BankSize) + first, 0xFC0 - first), rig.ReadRange(0x1000 + first, 0xFC0 - first));
        Assert.Equal(image[(bank * BankSize) + 0xFFC], rig.Read(0x1FFC));
        Assert.Equal(image[(bank * BankSize) + 0xFFF], rig.Peek(0xFFFF));
    }
}
