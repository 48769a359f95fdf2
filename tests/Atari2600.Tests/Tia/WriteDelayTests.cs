using DqnAspire.Atari2600.Tests.Machines;
using DqnAspire.Atari2600.Tia;

namespace DqnAspire.Atari2600.Tests.Tia;

/// <summary>
/// From which pixel on a write shows. A write at CPU cycle c of a line is at clock 3c, pixel 3c - 68: cycle 30 is
/// pixel 22.
/// </summary>
public sealed class WriteDelayTests : IDisposable
{
    private const int Row = 10;
    private const int Player = 0x44;
    private const int Field = 0xC6;
    private const int Background = 0x1E;

    private static readonly int Cycle = ChipBench.At(Row, 30);

    private readonly ChipBench _bench = new();

    public WriteDelayTests()
    {
        _bench.Write(WriteRegister.COLUP0, Player, 0);
        _bench.Write(WriteRegister.COLUP1, Player, 0);
        _bench.Write(WriteRegister.COLUPF, Field, 0);
        _bench.Write(WriteRegister.COLUBK, Background, 0);
    }

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(nameof(WriteRegister.GRP0), nameof(WriteRegister.NUSIZ0), 0)]
    [InlineData(nameof(WriteRegister.GRP1), nameof(WriteRegister.NUSIZ1), 2)]
    public void PlayerGraphics_OneClockLater(string graphics, string nusiz, int item)
    {
        _bench.Write(Enum.Parse<WriteRegister>(nusiz), 7, 0);
        _bench.Write(Enum.Parse<WriteRegister>(graphics), 0xFF, 0);
        _bench.Place((TiaObject)item, 0);
        _bench.Write(Enum.Parse<WriteRegister>(graphics), 0, Cycle);
        Assert.Equal("1-22", _bench.Lit(Row, Player));
    }

    [Theory]
    [InlineData(nameof(WriteRegister.REFP0), nameof(WriteRegister.GRP0), nameof(WriteRegister.NUSIZ0), 0)]
    [InlineData(nameof(WriteRegister.REFP1), nameof(WriteRegister.GRP1), nameof(WriteRegister.NUSIZ1), 2)]
    public void Reflection_OneClockLater(string reflection, string graphics, string nusiz, int item)
    {
        _bench.Write(Enum.Parse<WriteRegister>(nusiz), 7, 0);
        _bench.Write(Enum.Parse<WriteRegister>(graphics), 0xF0, 0);
        _bench.Place((TiaObject)item, 14);
        _bench.Write(Enum.Parse<WriteRegister>(reflection), 8, Cycle);
        Assert.Equal("15-22 31-46", _bench.Lit(Row, Player));
        Assert.Equal("31-46", _bench.Lit(Row + 1, Player));
    }

    [Theory]
    [InlineData(nameof(WriteRegister.NUSIZ0), nameof(WriteRegister.GRP0), 0)]
    [InlineData(nameof(WriteRegister.NUSIZ1), nameof(WriteRegister.GRP1), 2)]
    public void SizeAndNumber_EightClocksLater(string nusiz, string graphics, int item)
    {
        // The fourfold player's first bit is at 25..28, the single one's at 24.
        _bench.Write(Enum.Parse<WriteRegister>(nusiz), 7, 0);
        _bench.Write(Enum.Parse<WriteRegister>(graphics), 0xFF, 0);
        _bench.Place((TiaObject)item, 18);
        _bench.Write(Enum.Parse<WriteRegister>(nusiz), 0, Cycle);
        Assert.Equal("19-29", _bench.Lit(Row, Player));
        Assert.Equal("18-25", _bench.Lit(Row + 1, Player));
    }

    [Theory]
    [InlineData(nameof(WriteRegister.COLUBK))]
    [InlineData(nameof(WriteRegister.COLUPF))]
    [InlineData(nameof(WriteRegister.COLUP0))]
    [InlineData(nameof(WriteRegister.COLUP1))]
    public void Colours_AtOnce(string colour)
    {
        // Everything but the background lies in front of it, over the whole line.
        switch (Enum.Parse<WriteRegister>(colour))
        {
            case WriteRegister.COLUPF:
                WritePlayfield(0xFF, 0);
                break;
            case WriteRegister.COLUP0:
                _bench.Write(WriteRegister.CTRLPF, 2, 0);
                WritePlayfield(0xFF, 0);
                break;
            case WriteRegister.COLUP1:
                _bench.Write(WriteRegister.NUSIZ1, 7, 0);
                _bench.Write(WriteRegister.GRP1, 0xFF, 0);
                _bench.Place(TiaObject.Player1, 10);
                break;
        }

        _bench.Write(Enum.Parse<WriteRegister>(colour), 0x71, Cycle);
        Assert.StartsWith("22-", _bench.Lit(Row, 0x70), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(WriteRegister.ENAM0), nameof(WriteRegister.NUSIZ0), 1, Player)]
    [InlineData(nameof(WriteRegister.ENAM1), nameof(WriteRegister.NUSIZ1), 3, Player)]
    [InlineData(nameof(WriteRegister.ENABL), nameof(WriteRegister.CTRLPF), 4, Field)]
    public void MissilesAndBall_AtOnce(string enable, string size, int item, int colour)
    {
        _bench.Write(Enum.Parse<WriteRegister>(size), 0x30, 0);
        _bench.Write(Enum.Parse<WriteRegister>(enable), 0xFF, 0);
        _bench.Place((TiaObject)item, 18);
        _bench.Write(Enum.Parse<WriteRegister>(enable), 0xFD, Cycle);
        Assert.Equal("18-21", _bench.Lit(Row, colour));
    }

    [Fact]
    public void MissileSize_EightClocksLater_BallSizeAtOnce()
    {
        _bench.Write(WriteRegister.ENAM0, 2, 0);
        _bench.Write(WriteRegister.NUSIZ0, 0x30, 0);
        _bench.Place(TiaObject.Missile0, 26);
        _bench.Write(WriteRegister.NUSIZ0, 0x00, Cycle);
        Assert.Equal("26-29", _bench.Lit(Row, Player));

        _bench.Write(WriteRegister.ENABL, 2, ChipBench.At(Row + 1, 0));
        _bench.Write(WriteRegister.CTRLPF, 0x30, ChipBench.At(Row + 1, 0));
        _bench.Place(TiaObject.Ball, 18);
        _bench.Write(WriteRegister.CTRLPF, 0x00, ChipBench.At(Row + 1, 30));
        Assert.Equal("18-21", _bench.Lit(Row + 1, Field));
    }

    [Fact]
    public void VerticalBlank_OneClockLater()
    {
        _bench.Write(WriteRegister.VBLANK, 2, Cycle);
        Assert.Equal("0-22", _bench.Lit(Row, Background));
        Assert.Equal("0-159", _bench.Lit(Row + 1, 0));

        _bench.Write(WriteRegister.VBLANK, 0, ChipBench.At(Row + 2, 30));
        Assert.Equal("23-159", _bench.Lit(Row + 2, Background));
    }

    [Theory]
    [InlineData(nameof(WriteRegister.PF0), 0)]
    [InlineData(nameof(WriteRegister.PF1), 4)]
    [InlineData(nameof(WriteRegister.PF2), 12)]
    public void Playfield_ByTheCycleOfTheLine(string register, int firstCell)
    {
        var cells = firstCell == 0 ? 4 : 8;
        for (var cycle = 0; cycle < 76; cycle++)
        {
            using var bench = new ChipBench();
            bench.Write(WriteRegister.COLUPF, Field, 0);
            bench.Write(Enum.Parse<WriteRegister>(register), 0xFF, 0);
            bench.Write(Enum.Parse<WriteRegister>(register), 0x00, ChipBench.At(Row, cycle));

            var changes = (3 * cycle) - 68 + new[] { 4, 5, 2, 3 }[cycle % 4];
            var row = bench.Row(Row);
            for (var x = 0; x < 160; x++)
            {
                var cell = x / 4 % 20;
                var shows = cell >= firstCell && cell < firstCell + cells && x < changes;
                Assert.Equal((cycle, x, shows ? Field : 0), (cycle, x, row[x]));
            }
        }
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(48, true)] // clock 144
    [InlineData(49, false)] // clock 147
    [InlineData(75, false)]
    public void PlayfieldReflection_OnThisLineUpToTheMiddle_ElseOnTheNext(int cycle, bool thisLine)
    {
        _bench.Write(WriteRegister.PF0, 0x10, 0);
        _bench.Write(WriteRegister.CTRLPF, 1, ChipBench.At(Row, cycle));
        Assert.Equal(thisLine ? "0-3 156-159" : "0-3 80-83", _bench.Lit(Row, Field));
        Assert.Equal("0-3 156-159", _bench.Lit(Row + 1, Field));
    }

    [Fact]
    public void Priority_AtOnce()
    {
        _bench.Write(WriteRegister.GRP0, 0xFF, 0);
        _bench.Place(TiaObject.Player0, 18);
        WritePlayfield(0xFF, 0);
        _bench.Write(WriteRegister.CTRLPF, 4, Cycle);
        Assert.Equal("18-21", _bench.Lit(Row, Player));
    }

    private void WritePlayfield(int value, int cycle)
    {
        _bench.Write(WriteRegister.PF0, value, cycle);
        _bench.Write(WriteRegister.PF1, value, cycle);
        _bench.Write(WriteRegister.PF2, value, cycle);
    }
}
