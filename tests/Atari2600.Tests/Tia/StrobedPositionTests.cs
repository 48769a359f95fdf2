using DqnAspire.Atari2600.Tia;

namespace DqnAspire.Atari2600.Tests.Tia;

public sealed class StrobedPositionTests
{
    [Theory]
    [InlineData(0, 3, 2)]
    [InlineData(66, 3, 2)]
    [InlineData(67, 3, 2)]
    [InlineData(68, 5, 4)]
    [InlineData(69, 6, 5)]
    [InlineData(147, 84, 83)]
    [InlineData(222, 159, 158)]
    [InlineData(223, 0, 159)]
    [InlineData(225, 2, 1)]
    public void ByTheClockOfTheLine(int clock, int player, int others)
    {
        const int LongAgo = 10_000;
        Assert.Equal(player, StrobedPosition.Player(clock));
        Assert.Equal(
            (others, others, others),
            (StrobedPosition.Missile0(
                clock, LongAgo), StrobedPosition.Missile1(clock, LongAgo), StrobedPosition.Ball(clock, LongAgo)));
    }

    [Fact]
    public void OnlyTheKnownStrobesAfterAnHmove_AreExceptions()
    {
        var missile0 = new Dictionary<(int Clock, int Since), int> { [(69, 60)] = 8 };
        var missile1 = new Dictionary<(int Clock, int Since), int> { [(18, 9)] = 3 };
        var ball = new Dictionary<(int Clock, int Since), int>
        {
            [(60, 54)] = 10,
            [(69, 54)] = 10,
            [(18, 9)] = 3,
            [(30, 21)] = 6,
            [(27, 18)] = 5,
        };
        for (var clock = 0; clock < 228; clock++)
        {
            var usual = clock < 68 ? 2 : (clock - 64) % 160;
            for (var since = 0; since < 228; since += 3)
            {
                Assert.Equal(missile0.GetValueOrDefault((clock, since), usual), StrobedPosition.Missile0(clock, since));
                Assert.Equal(missile1.GetValueOrDefault((clock, since), usual), StrobedPosition.Missile1(clock, since));
                Assert.Equal(ball.GetValueOrDefault((clock, since), usual), StrobedPosition.Ball(clock, since));
            }
        }
    }

    [Theory]
    [InlineData(0, 100, 104)]
    [InlineData(3, 158, 2)]
    [InlineData(5, 100, 108)]
    [InlineData(7, 100, 116)]
    [InlineData(0x37, 150, 6)]
    public void PlayerMiddle_DependsOnThePlayersWidth(byte nusiz, int player, int middle) =>
        Assert.Equal(middle, StrobedPosition.PlayerMiddle(nusiz, player));

    [Fact]
    public void Classify_LooksAtEveryCopy()
    {
        int[][] copies = [[0], [0, 16], [0, 32], [0, 16, 32], [0, 64], [0], [0, 32, 64], [0]];
        for (var nusiz = 0; nusiz < 8; nusiz++)
        {
            var width = nusiz == 5 ? 16 : nusiz == 7 ? 32 : 8;
            for (var old = 0; old < 160; old++)
            {
                for (var position = 0; position < 160; position++)
                {
                    int[] distances = [.. copies[nusiz].Select(copy => (position - old - copy + 320) % 160)];
                    var expected = distances.Any(distance => distance < 4) ? PlayerStrobe.DuringDelay
                        : distances.Any(distance => distance < 4 + width) ? PlayerStrobe.DuringCopy
                        : PlayerStrobe.Elsewhere;
                    Assert.Equal(
                        (nusiz, old, position, expected),
                        (nusiz, old, position, StrobedPosition.Classify((byte)nusiz, old, position)));
                }
            }
        }
    }
}
