using System.Runtime.Intrinsics;
using DqnAspire.Atari2600.State;
using DqnAspire.Atari2600.Tia;
using FsCheck;
using FsCheck.Fluent;

namespace DqnAspire.Atari2600.Tests.Tia;

/// <summary>Which object is in front, against the definition pixel by pixel.</summary>
public sealed unsafe class LinePainterTests
{
    private const byte Player0Colour = 0x42;
    private const byte Player1Colour = 0x84;
    private const byte PlayfieldColour = 0xC6;
    private const byte BackgroundColour = 0x1E;
    private const byte Untouched = 0xFF;

    [Fact]
    public void EverySetOfObjects_InEveryMode_AtAnyPixels() =>
        Prop.ForAll<DoNotSize<int>>(
            seed =>
            {
                var random = new Random(seed.Item);
                TiaState tia = default;
                tia.COLUP0 = Player0Colour;
                tia.COLUP1 = Player1Colour;
                tia.COLUPF = PlayfieldColour;
                tia.COLUBK = BackgroundColour;
                Vector256<uint>[] lines = [.. Enumerable.Range(0, 6).Select(_ => RandomLine(random))];
                var start = random.Next(160);
                var end = random.Next(start + 1, 161);
                for (var enabled = 0; enabled < 64; enabled++)
                {
                    for (var item = 0; item < lines.Length; item++)
                    {
                        // The chip keeps the line of an object that is switched off empty.
                        tia.Lines[item] = (enabled & (1 << item)) != 0 ? lines[item] : Vector256<uint>.Zero;
                    }

                    for (var control = 0; control < 8; control++)
                    {
                        tia.Enabled = enabled;
                        tia.CTRLPF = (byte)control;
                        AssertRow(&tia, start, end);
                    }
                }
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Theory]
    [InlineData(0, Player0Colour)]
    [InlineData(1, Player0Colour)] // reflection has no say
    [InlineData(2, Player0Colour)]
    [InlineData(4, PlayfieldColour)]
    [InlineData(6, PlayfieldColour)]
    public void AllObjectsAtOnePixel(int control, int colour) => Assert.Equal(colour, ColourAt(0, control, 0b11_1111));

    [Theory]
    [InlineData(0, 0, Player1Colour)]
    [InlineData(0, 2, Player0Colour)] // ALE: left of the middle a score is in front of player 1
    [InlineData(159, 2, Player1Colour)]
    [InlineData(0, 4, PlayfieldColour)]
    [InlineData(0, 6, PlayfieldColour)]
    public void PlayerOneAndPlayfield(int x, int control, int colour) =>
        Assert.Equal(colour, ColourAt(x, control, Bit(TiaObject.Player1) | Bit(TiaObject.Playfield)));

    [Theory]
    [InlineData(0, 0, PlayfieldColour)]
    [InlineData(79, 2, Player0Colour)]
    [InlineData(80, 2, Player1Colour)]
    [InlineData(79, 6, Player0Colour)] // ALE: alone, the playfield keeps the score's colours with priority set
    [InlineData(80, 6, Player1Colour)]
    public void PlayfieldAlone(int x, int control, int colour) =>
        Assert.Equal(colour, ColourAt(x, control, Bit(TiaObject.Playfield)));

    [Fact]
    public void TheBall_HasThePlayfieldsColour_InScoreModeToo() =>
        Assert.Equal(PlayfieldColour, ColourAt(0, 2, Bit(TiaObject.Ball)));

    private static int Bit(TiaObject item) => 1 << (int)item;

    /// <summary>The colour of a pixel where every enabled object shows.</summary>
    private static int ColourAt(int x, int control, int enabled)
    {
        TiaState tia = default;
        tia.COLUP0 = Player0Colour;
        tia.COLUP1 = Player1Colour;
        tia.COLUPF = PlayfieldColour;
        tia.COLUBK = BackgroundColour;
        tia.CTRLPF = (byte)control;
        tia.Enabled = enabled;
        for (var item = 0; item < 6; item++)
        {
            tia.Lines[item] = (enabled & (1 << item)) != 0 ? ObjectLine.Span(0, 160) : Vector256<uint>.Zero;
        }

        var row = stackalloc byte[160];
        LinePainter.Paint(&tia, row, 0, 160);
        return row[x];
    }

    private static void AssertRow(TiaState* tia, int start, int end)
    {
        var row = stackalloc byte[160];
        new Span<byte>(row, 160).Fill(Untouched);
        LinePainter.Paint(tia, row, start, end);
        for (var x = 0; x < 160; x++)
        {
            int expected = x >= start && x < end ? Colour(tia, x) : Untouched;
            if (expected != row[x])
            {
                Assert.Fail(
                    $"Pixel {x} of {start}..{end}, objects {tia->Enabled:b6}, CTRLPF {tia->CTRLPF}: {row[x]:X2}.");
            }
        }
    }

    private static byte Colour(TiaState* tia, int x)
    {
        bool Shows(TiaObject item) =>
            (tia->Enabled & Bit(item)) != 0 && ((tia->Lines[(int)item][x / 32] >> (x % 32)) & 1) != 0;

        var first = Shows(TiaObject.Player0) || Shows(TiaObject.Missile0);
        var second = Shows(TiaObject.Player1) || Shows(TiaObject.Missile1);
        var playfield = Shows(TiaObject.Playfield);
        var ball = Shows(TiaObject.Ball);
        var score = (tia->CTRLPF & 2) != 0;
        var priority = (tia->CTRLPF & 4) != 0;
        if (priority && score && tia->Enabled == Bit(TiaObject.Playfield))
        {
            priority = false;
        }

        if (priority)
        {
            return playfield || ball ? PlayfieldColour
                : first ? Player0Colour
                : second ? Player1Colour
                : BackgroundColour;
        }

        var left = x < 80;
        if (first)
        {
            return Player0Colour;
        }

        if (score && playfield)
        {
            return left ? Player0Colour : Player1Colour;
        }

        return second ? Player1Colour : playfield || ball ? PlayfieldColour : BackgroundColour;
    }

    private static Vector256<uint> RandomLine(Random random)
    {
        uint Word() => (uint)random.NextInt64(1L << 32);
        return Vector256.Create(Word(), Word(), Word(), Word(), Word(), 0, 0, 0);
    }
}
