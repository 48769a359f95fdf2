namespace DqnAspire.Randomness.Tests;

public sealed class Mt19937Tests
{
    /// <summary>The C++ standard ([rand.predef]) states the 10000th number of a generator with the default seed.</summary>
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
    public void Seeds_GiveDifferentNumbers() => Assert.NotEqual(new Mt19937(1).NextUInt32(), new Mt19937(2).NextUInt32());
}
