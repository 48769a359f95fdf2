using DqnAspire.Atari2600.Tests.Machines;
using DqnAspire.Atari2600.Tia;

namespace DqnAspire.Atari2600.Tests.Tia;

/// <summary>
/// What RESP0 and RESP1 do to the line that is being drawn. A strobe at cycle 40, clock 120, is at pixel 52 and puts
/// the player at 57.
/// </summary>
public sealed class PlayerStrobeTests : IDisposable
{
    private const int Row = 10;
    private const int Colour = 0x44;
    private const int Strobe = 40;

    private readonly ChipBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Elsewhere_TheFirstCopyWaitsForTheNextLine(int player)
    {
        Show(player, position: 0, nusiz: 1);
        StrobePlayer(player, ChipBench.At(Row, Strobe));
        Assert.Equal("0-7 16-23 73-80", _bench.Lit(Row, Colour));
        Assert.Equal("57-64 73-80", _bench.Lit(Row + 1, Colour));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void JustBeforeACopy_AllCopiesAreDrawn(int player)
    {
        Show(player, position: 54, nusiz: 1);
        StrobePlayer(player, ChipBench.At(Row, Strobe));
        Assert.Equal("57-64 73-80", _bench.Lit(Row, Colour));
        Assert.Equal("57-64 73-80", _bench.Lit(Row + 1, Colour));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void WhileACopyIsDrawn_ElevenMoreClocksAreDrawnAsBefore(int player)
    {
        Show(player, position: 50, nusiz: 1);
        StrobePlayer(player, ChipBench.At(Row, Strobe));
        Assert.Equal("50-57 73-80", _bench.Lit(Row, Colour));
        Assert.Equal("57-64 73-80", _bench.Lit(Row + 1, Colour));
    }

    [Theory]
    [InlineData(5, "51-62", "58-73")]
    [InlineData(7, "51-62", "58-89")]
    public void WhileAWideCopyIsDrawn_ItIsCutOffAfterElevenClocks(int nusiz, string thisLine, string nextLine)
    {
        Show(0, position: 50, nusiz);
        StrobePlayer(0, ChipBench.At(Row, Strobe));
        Assert.Equal(thisLine, _bench.Lit(Row, Colour));
        Assert.Equal(nextLine, _bench.Lit(Row + 1, Colour));
    }

    [Theory]
    [InlineData(nameof(WriteRegister.NUSIZ0))]
    [InlineData(nameof(WriteRegister.HMOVE))]
    public void AWriteOfSizeOrMotion_ShowsTheFirstCopyAtOnce(string register)
    {
        // Cycle 41 is pixel 55; NUSIZ counts eight pixels later, in the middle of the first copy.
        Show(0, position: 0, nusiz: 0);
        StrobePlayer(0, ChipBench.At(Row, Strobe));
        _bench.Write(Enum.Parse<WriteRegister>(register), 0, ChipBench.At(Row, Strobe + 1));
        Assert.Equal(register == nameof(WriteRegister.HMOVE) ? "0-7 57-64" : "0-7 63-64", _bench.Lit(Row, Colour));
    }

    [Theory]
    [InlineData(nameof(WriteRegister.RESP0), 0)]
    [InlineData(nameof(WriteRegister.RESP1), 2)]
    [InlineData(nameof(WriteRegister.RESM0), 1)]
    [InlineData(nameof(WriteRegister.RESM1), 3)]
    [InlineData(nameof(WriteRegister.RESBL), 4)]
    public void AnyStrobe_PutsItsObjectWhereTheBeamIs(string register, int item)
    {
        var late = item is 0 or 2 ? 5 : 4;
        _bench.Write(Enum.Parse<WriteRegister>(register), 0, ChipBench.At(Row, Strobe));
        Assert.Equal(52 + late, _bench.PositionOf((TiaObject)item));

        _bench.Write(Enum.Parse<WriteRegister>(register), 0, ChipBench.At(Row + 1, 20));
        Assert.Equal(late - 2, _bench.PositionOf((TiaObject)item));
    }

    [Theory]
    [InlineData(nameof(WriteRegister.RESM0), nameof(WriteRegister.ENAM0), 1)]
    [InlineData(nameof(WriteRegister.RESM1), nameof(WriteRegister.ENAM1), 3)]
    public void AMissileIsDrawnAsBefore_ForEightClocks(string strobe, string enable, int item)
    {
        _bench.Write(WriteRegister.COLUP0, Colour, 0);
        _bench.Write(WriteRegister.COLUP1, Colour, 0);
        _bench.Write(Enum.Parse<WriteRegister>(enable), 2, 0);

        // Pixels 52..59 still show the old place.
        foreach ((var old, var lit) in new[] { (51, "51"), (55, "55"), (59, "59"), (60, "") })
        {
            _bench.Place((TiaObject)item, old);
            var row = 2 * old;
            _bench.Row(row - 1);
            _bench.Write(Enum.Parse<WriteRegister>(strobe), 0, ChipBench.At(row, Strobe));
            Assert.Equal(lit, _bench.Lit(row, Colour));
            Assert.Equal("56", _bench.Lit(row + 1, Colour));
        }
    }

    private void Show(int player, int position, int nusiz)
    {
        _bench.Write(WriteRegister.COLUP0 + player, Colour, 0);
        _bench.Write(WriteRegister.NUSIZ0 + player, nusiz, 0);
        _bench.Write(WriteRegister.GRP0 + player, 0xFF, 0);
        _bench.Place(player == 0 ? TiaObject.Player0 : TiaObject.Player1, position);
        _bench.Row(Row - 1);
    }

    private void StrobePlayer(int player, int cycle) => _bench.Write(WriteRegister.RESP0 + player, 0, cycle);
}
