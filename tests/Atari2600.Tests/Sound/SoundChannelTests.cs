using DqnAspire.Atari2600.Sound;

namespace DqnAspire.Atari2600.Tests.Sound;

public sealed class SoundChannelTests
{
    [Theory]
    [InlineData(4, 0, 1)]
    [InlineData(4, 5, 6)]
    [InlineData(5, 31, 32)]
    [InlineData(12, 0, 3)]
    [InlineData(13, 7, 24)]
    public void PureTones_AreHighAndLowForEqualTimes(int control, int frequency, int ticks)
    {
        var levels = Play(control, frequency, 10 * ticks);

        // From the first edge on, whole halves of a period.
        var first = Edges(levels)[0];
        Assert.All(Edges(levels), edge => Assert.Equal(0, (edge - first) % ticks));
        Assert.InRange(Edges(levels).Count, 8, 10);
    }

    [Fact]
    public void ATone_ByHand()
    {
        // AUDC 4, AUDF 2: a shift every three ticks, each turns the level over; the first one comes with the third.
        Assert.Equal([0, 0, 9, 9, 9, 0, 0, 0, 9], Play(4, 2, 9, volume: 9));
        // AUDC 12: the same of every third tick.
        Assert.Equal([0, 0, 9, 9, 9, 0, 0, 0, 9], Play(12, 0, 9, volume: 9));
    }

    [Theory]
    [InlineData(1, 0, 15)]
    [InlineData(9, 0, 31)]
    [InlineData(7, 0, 31)]
    [InlineData(8, 0, 511)]
    [InlineData(8, 2, 3 * 511)]
    [InlineData(6, 0, 31)]
    [InlineData(10, 1, 62)]
    [InlineData(14, 0, 93)]
    [InlineData(15, 0, 93)]
    [InlineData(2, 0, 465)]
    [InlineData(3, 0, 465)]
    public void Patterns_RepeatAfterTheirLength(int control, int frequency, int period)
    {
        var levels = Play(control, frequency, 8 * period);
        var settled = levels[(4 * period)..];

        Assert.Equal(settled[..(3 * period)], settled[period..]);
        foreach (var divisor in Enumerable.Range(1, period - 1).Where(d => period % d == 0))
        {
            Assert.NotEqual(settled[..(2 * period)], settled[divisor..(divisor + (2 * period))]);
        }
    }

    [Fact]
    public void TheFourBitCounter_ByHand()
    {
        // 1111 shifts out 1s and takes in 1^1 = 0: 0111, 0011, 0001, then 1^0 = 1: 1000, 0100, 0010, 1001, 1100, 0110,
        // 1011, 0101, 1010, 1101, 1110 and again 1111. The lowest bits:
        Assert.Equal([1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1, 1, 0, 1, 0, 1], Play(1, 0, 16));
    }

    [Theory]
    [InlineData(4, 8)]
    [InlineData(5, 16)]
    [InlineData(9, 256)]
    public void APolynomialCounter_HasOneMore1ThanZeros(int bits, int ones)
    {
        var counter = new ShiftCounter(bits, tap: bits switch { 4 => 1, 5 => 2, _ => 4 });

        Assert.Equal(ones, Enumerable.Range(0, (1 << bits) - 1).Count(_ => counter.Shift()));
    }

    [Fact]
    public void TheDivisionBy31_IsHighFor18AndLowFor13()
    {
        var levels = Play(6, 0, 31 * 4);
        var edges = Edges(levels);
        var lengths = edges.Zip(edges.Skip(1), (a, b) => (Level: levels[a], Length: b - a)).Distinct().Order();

        Assert.Equal([13, 18], lengths.Select(l => l.Length).Order());
        Assert.Equal([0, 1], lengths.Select(l => l.Level));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    public void WithoutATone_TheOutputIsTheVolume(int control)
    {
        var channel = new SoundChannel();

        Assert.Equal([15, 0, 7, 7], new[] { 15, 0, 7, 7 }.Select(volume => channel.Tick(control, 3, volume)));
    }

    [Fact]
    public void AFrequencyLoweredBelowTheDivider_IsMetAfterOneRound()
    {
        var channel = new SoundChannel();
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(0, channel.Tick(4, 31, 1));
        }

        // The divider stands at 20; it comes to 5 after 12 ticks to 0 and five more, and shifts with the next.
        var ticks = Enumerable.Range(1, 40).First(_ => channel.Tick(4, 5, 1) == 1);
        Assert.Equal(12 + 5 + 1, ticks);
    }

    private static int[] Play(int control, int frequency, int ticks, int volume = 1)
    {
        var channel = new SoundChannel();
        return [.. Enumerable.Range(0, ticks).Select(_ => channel.Tick(control, frequency, volume))];
    }

    private static List<int> Edges(int[] levels) =>
        [.. Enumerable.Range(1, levels.Length - 1).Where(i => levels[i] != levels[i - 1])];
}
