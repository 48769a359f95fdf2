using DqnAspire.Core.Randomness;

namespace DqnAspire.Core.Tests.Randomness;

public sealed class Mt19937Tests
{
    /// <summary>
    /// The C++ standard ([rand.predef]) states the 10000th number of a generator with the default seed.
    /// </summary>
    [Fact]
    public void TheTenThousandthNumber_IsThatOfTheStandard()
    {
        var random = new Mt19937(5489);
        var number = random.NextUInt32();
        Assert.Equal(3_499_211_612u, number);

        for (var i = 1; i < 10_000; i++)
        {
            number = random.NextUInt32();
        }

        Assert.Equal(4_123_659_995u, number);
    }

    [Fact]
    public void Seeds_GiveDifferentNumbers() =>
        Assert.NotEqual(new Mt19937(1).NextUInt32(), new Mt19937(2).NextUInt32());

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(623)]
    [InlineData(624)]
    [InlineData(1000)]
    public void AState_GoesOnInAnotherGenerator(int numbersBefore)
    {
        var random = new Mt19937(3);
        for (var i = 0; i < numbersBefore; i++)
        {
            random.NextUInt32();
        }

        var state = new uint[Mt19937.StateLength];
        random.CopyStateTo(state);
        var other = new Mt19937(4);

        Assert.True(other.TrySetState(state));
        for (var i = 0; i < 2000; i++)
        {
            Assert.Equal(random.NextUInt32(), other.NextUInt32());
        }
    }

    [Fact]
    public void AnImpossibleState_ChangesNothing()
    {
        var state = new uint[Mt19937.StateLength];
        state[^1] = 625;
        var random = new Mt19937(3);

        Assert.False(random.TrySetState(state));
        Assert.Throws<ArgumentException>(() => random.TrySetState(state.AsSpan(1)));
        Assert.Equal(new Mt19937(3).NextUInt32(), random.NextUInt32());
    }
}
