using DqnAspire.Atari2600.Tests.Machines;
using DqnAspire.Atari2600.Tia;

namespace DqnAspire.Atari2600.Tests.Tia;

public sealed class MotionTests
{
    [Fact]
    public void EveryCycleAndRegister_FollowTheMotionCounter()
    {
        // Motion goes at one pixel in four clocks, a cycle is three clocks: a late strobe loses three quarters of a
        // pixel each cycle.
        for (var cycle = 0; cycle < 76; cycle++)
        {
            for (var register = 0; register < 16; register++)
            {
                var full = -((sbyte)(register << 4) / 16);
                var expected = cycle switch
                {
                    <= 3 or 75 => full,
                    <= 20 => Math.Max(full, (int)Math.Ceiling(((3 * cycle) - 38) / 4.0)),
                    <= 54 => 0,
                    _ => Math.Min(0, full + (int)Math.Ceiling((187 - (3 * cycle)) / 4.0)),
                };
                Assert.Equal((cycle, register, expected), (cycle, register, Motion.Pixels(cycle, register)));
            }
        }
    }

    [Theory]
    [InlineData(0, 0x7, -7)] // after WSYNC: as the register says, positive to the left
    [InlineData(3, 0x8, 8)]
    [InlineData(75, 0xF, 1)]
    [InlineData(4, 0x7, -6)]
    [InlineData(12, 0x3, 0)]
    [InlineData(12, 0xC, 4)]
    [InlineData(20, 0x8, 8)]
    [InlineData(20, 0x0, 6)]
    [InlineData(21, 0x8, 0)]
    [InlineData(54, 0x7, 0)]
    [InlineData(55, 0x7, -1)]
    [InlineData(63, 0x1, -1)]
    [InlineData(74, 0x0, -8)] // the trick with HMOVE at cycle 74
    [InlineData(74, 0x7, -15)]
    [InlineData(74, 0x8, 0)]
    public void SomeByHand(int cycle, int register, int pixels) => Assert.Equal(pixels, Motion.Pixels(cycle, register));

    [Fact]
    public void AStrobeMovesEveryObject()
    {
        using var bench = new ChipBench();
        for (var item = 0; item < 5; item++)
        {
            bench.Place((TiaObject)item, 3);
        }

        bench.Write(WriteRegister.HMP0, 0x70, 0);
        bench.Write(WriteRegister.HMM0, 0x40, 0);
        bench.Write(WriteRegister.HMP1, 0x00, 0);
        bench.Write(WriteRegister.HMM1, 0xF0, 0);
        bench.Write(WriteRegister.HMBL, 0x80, 0);
        bench.Write(WriteRegister.HMOVE, 0, 76);
        Assert.Equal([156, 159, 3, 4, 11], Positions(bench));

        bench.Write(WriteRegister.HMCLR, 0, 80);
        bench.Write(WriteRegister.HMOVE, 0, 152);
        Assert.Equal([156, 159, 3, 4, 11], Positions(bench));

        bench.Write(WriteRegister.HMP0, 0x90, 200);
        bench.Write(WriteRegister.HMOVE, 0, 228);
        Assert.Equal(3, bench.PositionOf(TiaObject.Player0));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(20, true)]
    [InlineData(21, false)]
    [InlineData(74, false)]
    public void AnEarlyStrobe_BlackensTheFirstEightPixels(int cycle, bool black)
    {
        using var bench = new ChipBench();
        bench.Write(WriteRegister.COLUBK, 0x1E, 0);
        bench.Write(WriteRegister.HMOVE, 0, ChipBench.At(10, cycle));
        Assert.Equal("0-159", bench.Lit(9, 0x1E));
        Assert.Equal(black ? "8-159" : "0-159", bench.Lit(10, 0x1E));
        Assert.Equal("0-159", bench.Lit(11, 0x1E));
    }

    [Fact]
    public void AStrobeInTheLastCycle_BlackensTheNextLine()
    {
        using var bench = new ChipBench();
        bench.Write(WriteRegister.COLUBK, 0x1E, 0);
        bench.Write(WriteRegister.HMOVE, 0, ChipBench.At(10, 75));
        Assert.Equal("0-159", bench.Lit(10, 0x1E));
        Assert.Equal("8-159", bench.Lit(11, 0x1E));
    }

    [Fact]
    public void TheBlackEdge_IsWrittenAhead_OverWhatAnOlderFrameLeft()
    {
        // ALE: an access in the blank part, at clock 30, blackens the 46 bytes that are missing to clock 76; here the
        // beam does not come to draw over them.
        using var bench = new ChipBench();
        bench.Write(WriteRegister.COLUBK, 0x1E, 0);
        bench.Row(209);
        bench.Clock.StartFrame(262 * 76);
        bench.Clock.StartFrame(262 * 76);
        bench.Write(WriteRegister.HMOVE, 0, ChipBench.At(10, 0));
        bench.Write(WriteRegister.HMCLR, 0, ChipBench.At(10, 10));
        Assert.Equal("46-159", bench.LitSoFar(10, 0x1E));
        Assert.Equal("8-159", bench.Lit(10, 0x1E));
    }

    [Fact]
    public void TheBlackEdge_CanBeTurnedOff()
    {
        using var bench = new ChipBench();
        bench.Tia.AllowHmoveBlanks = false;
        bench.Write(WriteRegister.COLUBK, 0x1E, 0);
        bench.Write(WriteRegister.HMOVE, 0, ChipBench.At(10, 0));
        Assert.Equal("0-159", bench.Lit(10, 0x1E));
    }

    [Fact]
    public void CosmicArk_MissileMovesByItselfUntilTheNextHmove()
    {
        using var bench = new ChipBench();
        bench.Write(WriteRegister.COLUP0, 0x44, 0);
        bench.Write(WriteRegister.ENAM0, 2, 0);
        bench.Write(WriteRegister.HMM0, 0x70, 0);
        bench.Write(WriteRegister.HMOVE, 0, ChipBench.At(10, 0));
        bench.Place(TiaObject.Missile0, 150);
        bench.Write(WriteRegister.HMM0, 0x60, ChipBench.At(10, 21));

        Assert.Equal("150", bench.Lit(10, 0x44));
        Assert.Equal("117-118", bench.Lit(11, 0x44));
        Assert.Equal("", bench.Lit(12, 0x44));
        Assert.Equal("100", bench.Lit(13, 0x44));
        Assert.Equal("82", bench.Lit(14, 0x44));
        Assert.Equal("49-50", bench.Lit(15, 0x44));
        Assert.Equal("", bench.Lit(16, 0x44));
        Assert.Equal("32", bench.Lit(17, 0x44));

        bench.Write(WriteRegister.HMCLR, 0, ChipBench.At(18, 0));
        bench.Write(WriteRegister.HMOVE, 0, ChipBench.At(18, 3));
        Assert.Equal("14", bench.Lit(18, 0x44));
        Assert.Equal("14", bench.Lit(19, 0x44));
    }

    [Theory]
    [InlineData(20, 0x70, 0x60)]
    [InlineData(22, 0x70, 0x60)]
    [InlineData(21, 0x60, 0x60)]
    [InlineData(21, 0x70, 0x50)]
    public void AnyOtherWriteOfHmm0_HasNoSuchEffect(int cycle, int from, int to)
    {
        using var bench = new ChipBench();
        bench.Write(WriteRegister.COLUP0, 0x44, 0);
        bench.Write(WriteRegister.ENAM0, 2, 0);
        bench.Write(WriteRegister.HMM0, from, 0);
        bench.Write(WriteRegister.HMOVE, 0, ChipBench.At(10, 0));
        bench.Place(TiaObject.Missile0, 150);
        bench.Write(WriteRegister.HMM0, to, ChipBench.At(10, cycle));
        Assert.Equal("150", bench.Lit(11, 0x44));
    }

    private static int[] Positions(ChipBench bench) =>
        [.. Enumerable.Range(0, 5).Select(item => bench.PositionOf((TiaObject)item))];
}
