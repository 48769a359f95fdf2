using Grpc.Net.Internal;

namespace DqnAspire.Grpc.Tests;

public sealed class FormatTests
{
    [Theory]
    [InlineData(-5, "1n")]
    [InlineData(0, "1n")]
    [InlineData(1, "1m")]
    [InlineData(10_000, "1m")]
    [InlineData(10_001, "2m")]
    [InlineData(15_000_000, "1500m")]
    [InlineData(999_999_990_000, "99999999m")]
    [InlineData(999_999_990_001, "100000S")]
    [InlineData(1_000_000_000_000_000_0, "1000000000S")]
    public void TimeoutIsFormattedInTheFinestUnitRoundedUp(long ticks, string expected)
    {
        // A billion seconds has ten digits: the longest timeout is sent instead.
        Assert.Equal(expected.Length > 9 ? "99999999S" : expected, GrpcTimeout.Format(TimeSpan.FromTicks(ticks)));
    }

    [Theory]
    [InlineData("1H", 36_000_000_000)]
    [InlineData("2M", 1_200_000_000)]
    [InlineData("3S", 30_000_000)]
    [InlineData("4m", 40_000)]
    [InlineData("5u", 50)]
    [InlineData("600n", 6)]
    [InlineData("99999999S", 999_999_990_000_000)]
    [InlineData("99999999H", 999_999_990_000_000)]
    public void TimeoutIsParsedInEveryUnit(string header, long ticks)
    {
        Assert.True(GrpcTimeout.TryParse(header, out var timeout));
        Assert.Equal(ticks, timeout.Ticks);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("1")]
    [InlineData("1x")]
    [InlineData("-1S")]
    [InlineData("1.5S")]
    [InlineData(" 1S")]
    [InlineData("99999999999S")]
    public void MalformedTimeoutIsRefused(string? header) => Assert.False(GrpcTimeout.TryParse(header, out _));

    [Theory]
    [InlineData("", "")]
    [InlineData("plain text ~", "plain text ~")]
    [InlineData("100%", "100%25")]
    [InlineData("a\nb", "a%0Ab")]
    [InlineData("ä", "%C3%A4")]
    [InlineData("€", "%E2%82%AC")]
    [InlineData("\U0001F600", "%F0%9F%98%80")]
    public void MessageIsPercentEncoded(string text, string encoded)
    {
        Assert.Equal(encoded, PercentEncoding.Encode(text));
        Assert.Equal(text, PercentEncoding.Decode(encoded));
    }

    [Theory]
    [InlineData("%", "%")]
    [InlineData("50% off", "50% off")]
    [InlineData("%zz%41", "%zzA")]
    public void InvalidEscapesStay(string encoded, string text) => Assert.Equal(text, PercentEncoding.Decode(encoded));

    [Theory]
    [InlineData("", new byte[0])]
    [InlineData("AA", new byte[] { 0 })]
    [InlineData("AA==", new byte[] { 0 })]
    [InlineData("AAE", new byte[] { 0, 1 })]
    [InlineData("AAE=", new byte[] { 0, 1 })]
    [InlineData("AAEC", new byte[] { 0, 1, 2 })]
    public void BinaryHeaderIsDecodedWithAndWithoutPadding(string text, byte[] value) => Assert.Equal(value, BinaryHeader.Decode(text));

    [Fact]
    public void BinaryHeaderThatIsNotBase64IsRefused() => Assert.Throws<FormatException>(() => BinaryHeader.Decode("A"));
}
