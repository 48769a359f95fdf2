using DqnAspire.Runs.Records;

namespace DqnAspire.Play.Tests.Recordings;

public sealed class RunLengthsTests
{
    [Fact]
    public void Numbers_AreShort_AndReadAgainExactly()
    {
        double[] values = [0, 0, 0, 1.0 / 3, -1e-300, -1e-300, 5, 1e22];
        var text = RunLengths.Write(values);

        Assert.Equal("0x3 0.3333333333333333 -1E-300x2 5 1E+22", text);
        Assert.Equal(values, RunLengths.Read<double>(text, values.Length));
        Assert.Equal("", RunLengths.Write<int>([]));
        Assert.Empty(RunLengths.Read<int>("", 0));
    }

    [Theory]
    [InlineData("1x")]
    [InlineData("x3")]
    [InlineData("1x0")]
    [InlineData("1x-2")]
    [InlineData("a")]
    [InlineData("1x11")]
    [InlineData("1x2147483647 1x2147483647")]
    [InlineData("1.5")]
    public void AnythingElse_IsRefused(string text) =>
        Assert.Throws<InvalidDataException>(() => RunLengths.Read<int>(text, 10));
}
