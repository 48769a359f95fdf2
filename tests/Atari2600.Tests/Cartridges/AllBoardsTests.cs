using DqnAspire.Atari2600.Cartridges;
using FsCheck;
using FsCheck.Fluent;

namespace DqnAspire.Atari2600.Tests.Cartridges;

/// <summary>What holds for every board, over random walks through its addresses.</summary>
[Trait("Category", "Slow")]
public sealed class AllBoardsTests
{
    private const int Steps = 300;

    public static TheoryData<CartridgeScheme> Schemes => [.. Enum.GetValues<CartridgeScheme>()];

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Peek_ChangesNothing_AndIsWhatAReadWithoutEffectsGives(CartridgeScheme scheme) =>
        ForAnyWalk(scheme, (rig, random) =>
    {
        Access(rig, random);
        var address = 0x1000 | random.Next(0x10000);
        var before = rig.Save();
        var peeked = rig.Peek(address);
        Assert.Equal(before, rig.Save());
        var read = rig.Read(address);
        if (before.AsSpan().SequenceEqual(rig.Save()))
        {
            Assert.Equal(peeked, read);
        }
    });

    [Theory]
    [MemberData(nameof(Schemes))]
    public void ARestoredState_ContinuesAsTheFirstTime(CartridgeScheme scheme) => ForAnyWalk(scheme, (rig, random) =>
    {
        Access(rig, random);
        var seed = random.Next();
        var saved = rig.Save();
        var first = Walk(rig, new Random(seed));
        var end = rig.Save();

        rig.Restore(saved);

        Assert.Equal(first, Walk(rig, new Random(seed)));
        Assert.Equal(end, rig.Save());
    });

    [Theory]
    [MemberData(nameof(Schemes))]
    public void CodePages_FollowTheReadPages(CartridgeScheme scheme) => ForAnyWalk(scheme, (rig, random) =>
    {
        rig.AssertCodePagesFollow();
        Access(rig, random);
        rig.AssertCodePagesFollow();
    });

    [Theory]
    [MemberData(nameof(Schemes))]
    public void MirrorsOfTheCartridge_BehaveAlike(CartridgeScheme scheme)
    {
        // FE alone sees more than 13 bits of the address.
        var mirror = scheme == CartridgeScheme.FE ? 0x4000 : 0xE000;
        var image = TestImages.For(scheme);
        var (low, high) = (new CartridgeRig(scheme, image), new CartridgeRig(scheme, image));
        for (var address = 0x1000; address < 0x2000; address++)
        {
            low.Write(address, 0x5A);
            high.Write(address | mirror, 0x5A);
            Assert.Equal(low.Read(address), high.Read(address | mirror));
            Assert.Equal(low.Save(), high.Save());
        }
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void TheTia_IsOutOfReach_ExceptOfTheBoardsInFrontOfIt(CartridgeScheme scheme)
    {
        var rig = new CartridgeRig(scheme, TestImages.For(scheme));
        var registers = new List<(int, byte?)>();
        var before = rig.Save();
        for (var address = 0; address < 0x1000; address++)
        {
            var snooped = scheme switch
            {
                CartridgeScheme.Tigervision3F => address < 0x40,
                CartridgeScheme.UA => address is 0x220 or 0x240,
                _ => false,
            };
            if (!snooped)
            {
                Assert.Equal(CartridgeRig.TiaValue, rig.Read(address));
                rig.Write(address, 3);
                registers.AddRange([(address & 0x3F, null), (address & 0x3F, 3)]);
            }
        }

        Assert.Equal(registers, rig.TiaAccesses);
        Assert.Equal(before, rig.Save());
    }

    private static void ForAnyWalk(CartridgeScheme scheme, Action<CartridgeRig, Random> check)
    {
        var image = TestImages.For(scheme);
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var rig = new CartridgeRig(scheme, image);
            var random = new Random(seed);
            for (var i = 0; i < 20; i++)
            {
                check(rig, random);
            }
        }).QuickCheckThrowOnFailure();
    }

    private static byte?[] Walk(CartridgeRig rig, Random random) =>
        [.. Enumerable.Range(0, Steps).Select(_ => Access(rig, random))];

    /// <summary>A read or write somewhere; half of them where boards have registers. The value of a read.</summary>
    private static byte? Access(CartridgeRig rig, Random random)
    {
        var address = random.Next(6) switch
        {
            0 => random.Next(0x280),
            1 or 2 => 0x1FE0 + random.Next(0x20),
            3 => 0x1000 + random.Next(0x80),
            _ => 0x1000 | random.Next(0x10000),
        };
        var cycles = random.Next(30_000);
        if (random.Next(2) == 0)
        {
            return rig.Read(address, cycles);
        }

        rig.Write(address, (byte)random.Next(256), cycles);
        return null;
    }
}
