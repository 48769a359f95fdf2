using System.Runtime.Intrinsics;
using DqnAspire.Atari2600.Tia;
using FsCheck;
using FsCheck.Fluent;

namespace DqnAspire.Atari2600.Tests.Tia;

/// <summary>The bit patterns against the definition of each object, pixel by pixel.</summary>
public sealed class ObjectLineTests
{
    [Fact]
    public void Player_ShowsItsGraphics_AtAnyPlaceInAnySize() =>
        Prop.ForAll<byte>(
            graphics =>
            {
                for (var mode = 0; mode < 8; mode++)
                {
                    foreach (var hidden in new[] { false, true })
                    {
                        for (var position = 0; position < 160; position++)
                        {
                            AssertLine(ObjectLine.Player(graphics, mode, position, hidden), x => ShowsPlayer(
                                x, graphics, mode, position, hidden));
                        }
                    }
                }
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void Missile_ShowsItsWidth_WithItsPlayersCopies()
    {
        for (var mode = 0; mode < 8; mode++)
        {
            for (var size = 0; size < 4; size++)
            {
                for (var position = 0; position < 160; position++)
                {
                    AssertLine(
                        ObjectLine.Missile(size, mode, position),
                        x => Copies(mode).Any(copy => Distance(x, position + copy) < 1 << size));
                }
            }
        }
    }

    [Fact]
    public void Ball_ShowsItsWidth()
    {
        for (var size = 0; size < 4; size++)
        {
            for (var position = 0; position < 160; position++)
            {
                AssertLine(ObjectLine.Ball(size, position), x => Distance(x, position) < 1 << size);
            }
        }
    }

    [Fact]
    public void Playfield_ShowsFourPixelsABit_ThenTheSameAgainOrMirrored() =>
        Prop.ForAll<DoNotSize<int>, bool>(
            (number, reflected) =>
            {
                var bits = number.Item & 0xF_FFFF;
                AssertLine(
                    ObjectLine.Playfield(bits, reflected),
                    x =>
                    {
                        var cell = x / 4;
                        var bit = cell < 20 ? cell : reflected ? 39 - cell : cell - 20;
                        return ((bits >> bit) & 1) != 0;
                    });
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Span_IsFromStartToBeforeEnd()
    {
        for (var start = 0; start <= 160; start++)
        {
            for (var end = start; end <= 160; end++)
            {
                AssertLine(ObjectLine.Span(start, end), x => x >= start && x < end);
            }
        }
    }

    [Theory]
    [InlineData(0, "10-11 17")]
    [InlineData(1, "10-11 17 26-27 33")]
    [InlineData(2, "10-11 17 42-43 49")]
    [InlineData(3, "10-11 17 26-27 33 42-43 49")]
    [InlineData(4, "10-11 17 74-75 81")]
    [InlineData(5, "11-14 25-26")]
    [InlineData(6, "10-11 17 42-43 49 74-75 81")]
    [InlineData(7, "11-18 39-42")]
    public void NusizShapes_ByHand(int mode, string lit) =>
        Assert.Equal(lit, Lit(ObjectLine.Player(0xC1, mode, 10, firstCopyHidden: false)));

    [Fact]
    public void Reverse_TurnsTheBitsRound() =>
        Assert.Equal([0x00, 0x80, 0x01, 0xB0, 0xFF], new byte[] { 0x00, 0x01, 0x80, 0x0D, 0xFF }.Select(
            value => (int)ObjectLine.Reverse(value)));

    private static bool ShowsPlayer(int x, byte graphics, int mode, int position, bool hidden)
    {
        (var scale, var late) = mode switch
        {
            5 => (2, 1),
            7 => (4, 1),
            _ => (1, 0),
        };
        foreach (var copy in Copies(mode).Skip(hidden ? 1 : 0))
        {
            var pixel = Distance(x, position + copy + late) / scale;
            if (pixel < 8 && (graphics & (0x80 >> pixel)) != 0)
            {
                return true;
            }
        }

        return false;
    }

    private static int[] Copies(int mode) => mode switch
    {
        1 => [0, 16],
        2 => [0, 32],
        3 => [0, 16, 32],
        4 => [0, 64],
        6 => [0, 32, 64],
        _ => [0],
    };

    /// <summary>Pixels from a place to x, going right and around the edge.</summary>
    private static int Distance(int x, int start) => (x - start + 320) % 160;

    private static void AssertLine(Vector256<uint> line, Func<int, bool> shows)
    {
        for (var x = 0; x < 160; x++)
        {
            if (IsSet(line, x) != shows(x))
            {
                Assert.Fail($"Pixel {x} of {Lit(line)}.");
            }
        }

        Assert.Equal((0u, 0u, 0u), (line[5], line[6], line[7]));
    }

    private static bool IsSet(Vector256<uint> line, int x) => ((line[x / 32] >> (x % 32)) & 1) != 0;

    private static string Lit(Vector256<uint> line)
    {
        var ranges = new List<string>();
        for (var x = 0; x < 160; x++)
        {
            var start = x;
            while (x < 160 && IsSet(line, x))
            {
                x++;
            }

            if (x > start)
            {
                ranges.Add(x - start == 1 ? $"{start}" : $"{start}-{x - 1}");
            }
        }

        return string.Join(' ', ranges);
    }
}
