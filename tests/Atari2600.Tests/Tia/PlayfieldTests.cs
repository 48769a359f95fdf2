using DqnAspire.Atari2600.Tests.Machines;
using DqnAspire.Atari2600.Tia;

namespace DqnAspire.Atari2600.Tests.Tia;

public sealed class PlayfieldTests : IDisposable
{
    private readonly ChipBench _bench = new();

    public PlayfieldTests() => _bench.Write(WriteRegister.COLUPF, 0xC6, 0);

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(0x10, 0x00, 0x00, "0-3 80-83")] // PF0: bit 4 is leftmost
    [InlineData(0x80, 0x00, 0x00, "12-15 92-95")]
    [InlineData(0x0F, 0x00, 0x00, "")] // its low nibble is not there
    [InlineData(0x00, 0x80, 0x00, "16-19 96-99")] // PF1: bit 7 is leftmost
    [InlineData(0x00, 0x01, 0x00, "44-47 124-127")]
    [InlineData(0x00, 0x00, 0x01, "48-51 128-131")] // PF2: bit 0 is leftmost
    [InlineData(0x00, 0x00, 0x80, "76-79 156-159")]
    [InlineData(0xA0, 0xC3, 0x81, "4-7 12-23 40-51 76-79 84-87 92-103 120-131 156-159")]
    public void Repeated(int pf0, int pf1, int pf2, string lit) => Assert.Equal(lit, Show(pf0, pf1, pf2, control: 0));

    [Theory]
    [InlineData(0x10, 0x00, 0x00, "0-3 156-159")]
    [InlineData(0x80, 0x00, 0x00, "12-15 144-147")]
    [InlineData(0x00, 0x80, 0x00, "16-19 140-143")]
    [InlineData(0x00, 0x01, 0x00, "44-47 112-115")]
    [InlineData(0x00, 0x00, 0x01, "48-51 108-111")]
    [InlineData(0x00, 0x00, 0x80, "76-83")]
    public void Mirrored(int pf0, int pf1, int pf2, string lit) => Assert.Equal(lit, Show(pf0, pf1, pf2, control: 1));

    [Fact]
    public void ALE_AScoreWithPriority_IsInThePlayersColours_WhileNoOtherObjectIsEnabled()
    {
        _bench.Write(WriteRegister.COLUP0, 0x44, 0);
        _bench.Write(WriteRegister.COLUP1, 0x84, 0);
        _bench.Write(WriteRegister.CTRLPF, 6, 0);
        _bench.Write(WriteRegister.PF0, 0x10, 0);
        Assert.Equal(("0-3", "80-83", ""), (_bench.Lit(0, 0x44), _bench.Lit(0, 0x84), _bench.Lit(0, 0xC6)));

        // A player is enabled while its graphics are not 0, wherever it is.
        _bench.Place(TiaObject.Player1, 40);
        _bench.Write(WriteRegister.GRP1, 0x80, ChipBench.At(1, 0));
        Assert.Equal(("", "40", "0-3 80-83"), (_bench.Lit(1, 0x44), _bench.Lit(1, 0x84), _bench.Lit(1, 0xC6)));

        _bench.Write(WriteRegister.GRP1, 0, ChipBench.At(2, 0));
        Assert.Equal(("0-3", "80-83", ""), (_bench.Lit(2, 0x44), _bench.Lit(2, 0x84), _bench.Lit(2, 0xC6)));
    }

    [Fact]
    public void VsyncDoesNotBlank()
    {
        _bench.Write(WriteRegister.PF0, 0x10, 0);
        _bench.Write(WriteRegister.VSYNC, 2, 0);
        Assert.Equal("0-3 80-83", _bench.Lit(0, 0xC6));
    }

    private string Show(int pf0, int pf1, int pf2, int control)
    {
        _bench.Write(WriteRegister.CTRLPF, control, 0);
        _bench.Write(WriteRegister.PF0, pf0, 0);
        _bench.Write(WriteRegister.PF1, pf1, 0);
        _bench.Write(WriteRegister.PF2, pf2, 0);
        Assert.Equal(_bench.Lit(0, 0xC6), _bench.Lit(1, 0xC6));
        return _bench.Lit(1, 0xC6);
    }
}
