using DqnAspire.Atari2600.Tests.Machines;
using DqnAspire.Atari2600.Tia;

namespace DqnAspire.Atari2600.Tests.Tia;

/// <summary>VDELP0, VDELP1 and VDELBL; RESMP0 and RESMP1.</summary>
public sealed class DelayedGraphicsTests : IDisposable
{
    private const int First = 0x44;
    private const int Second = 0x84;
    private const int Ball = 0xC6;

    private readonly ChipBench _bench = new();

    public DelayedGraphicsTests()
    {
        _bench.Write(WriteRegister.COLUP0, First, 0);
        _bench.Write(WriteRegister.COLUP1, Second, 0);
        _bench.Write(WriteRegister.COLUPF, Ball, 0);
        _bench.Place(TiaObject.Player0, 10);
        _bench.Place(TiaObject.Player1, 30);
        _bench.Place(TiaObject.Ball, 50);
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Player0_ShowsItsOldGraphicsUntilGrp1IsWritten()
    {
        _bench.Write(WriteRegister.VDELP0, 1, 0);
        _bench.Write(WriteRegister.GRP0, 0xFF, 1);
        Assert.Equal("", _bench.Lit(0, First));
        _bench.Write(WriteRegister.GRP1, 0x00, ChipBench.At(1, 0));
        Assert.Equal("10-17", _bench.Lit(1, First));
        _bench.Write(WriteRegister.GRP0, 0x80, ChipBench.At(2, 0));
        Assert.Equal("10-17", _bench.Lit(2, First));
        _bench.Write(WriteRegister.VDELP0, 0, ChipBench.At(3, 0));
        Assert.Equal("10", _bench.Lit(3, First));
    }

    [Fact]
    public void Player1_ShowsItsOldGraphicsUntilGrp0IsWritten()
    {
        _bench.Write(WriteRegister.VDELP1, 0xFF, 0);
        _bench.Write(WriteRegister.GRP1, 0xFF, 1);
        Assert.Equal("", _bench.Lit(0, Second));
        _bench.Write(WriteRegister.GRP0, 0x00, ChipBench.At(1, 0));
        Assert.Equal("30-37", _bench.Lit(1, Second));
        _bench.Write(WriteRegister.GRP1, 0x01, ChipBench.At(2, 0));
        Assert.Equal("30-37", _bench.Lit(2, Second));
        _bench.Write(WriteRegister.VDELP1, 0xFE, ChipBench.At(3, 0));
        Assert.Equal("37", _bench.Lit(3, Second));
    }

    [Fact]
    public void TheBall_ShowsItsOldStateUntilGrp1IsWritten()
    {
        _bench.Write(WriteRegister.VDELBL, 1, 0);
        _bench.Write(WriteRegister.ENABL, 2, 1);
        Assert.Equal("", _bench.Lit(0, Ball));
        _bench.Write(WriteRegister.GRP0, 0, ChipBench.At(1, 0));
        Assert.Equal("", _bench.Lit(1, Ball));
        _bench.Write(WriteRegister.GRP1, 0, ChipBench.At(2, 0));
        Assert.Equal("50", _bench.Lit(2, Ball));
        _bench.Write(WriteRegister.ENABL, 0, ChipBench.At(3, 0));
        Assert.Equal("50", _bench.Lit(3, Ball));
        _bench.Write(WriteRegister.VDELBL, 0, ChipBench.At(4, 0));
        Assert.Equal("", _bench.Lit(4, Ball));
    }

    [Fact]
    public void DelayedGraphics_AreReflectedToo()
    {
        _bench.Write(WriteRegister.VDELP0, 1, 0);
        _bench.Write(WriteRegister.REFP0, 8, 0);
        _bench.Write(WriteRegister.GRP0, 0xC0, 0);
        _bench.Write(WriteRegister.GRP1, 0, 0);
        Assert.Equal("16-17", _bench.Lit(0, First));
    }

    [Theory]
    [InlineData(0, 0, 104)]
    [InlineData(0, 5, 108)]
    [InlineData(0, 7, 116)]
    [InlineData(1, 0, 104)]
    [InlineData(1, 5, 108)]
    [InlineData(1, 7, 116)]
    public void ALockedMissile_IsHidden_AndComesOutOfItsPlayersMiddle(int player, int nusiz, int place)
    {
        _bench.Write(WriteRegister.NUSIZ0 + player, nusiz, 0);
        _bench.Write(WriteRegister.ENAM0 + player, 2, 0);
        _bench.Write(WriteRegister.RESMP0 + player, 2, 0);
        _bench.Place(player == 0 ? TiaObject.Player0 : TiaObject.Player1, 100);
        var colour = player == 0 ? First : Second;
        Assert.Equal("", _bench.Lit(0, colour));

        _bench.Write(WriteRegister.ENAM0 + player, 2, ChipBench.At(1, 0));
        Assert.Equal("", _bench.Lit(1, colour));

        _bench.Write(WriteRegister.RESMP0 + player, 0, ChipBench.At(2, 0));
        Assert.Equal($"{place}", _bench.Lit(2, colour));
    }
}
