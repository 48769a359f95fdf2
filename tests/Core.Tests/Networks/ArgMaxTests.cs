using DqnAspire.Core.Networks;

namespace DqnAspire.Core.Tests.Networks;

public sealed class ArgMaxTests
{
    [Theory]
    [InlineData(new[] { 1.0, 3.0, 2.0 }, 1)]
    [InlineData(new[] { 2.0, 2.0, 1.0 }, 0)]
    [InlineData(new[] { -3.0, -1.0, -1.0 }, 1)]
    [InlineData(new[] { -0.0, 0.0 }, 0)]
    [InlineData(new[] { 5.0 }, 0)]
    public void TheHighestValueWins_AndTiesGoToTheLowestIndex(double[] values, int expected)
    {
        Assert.Equal(expected, ArgMax.Of<double>(values));
        Assert.Equal(expected, ArgMax.Of<float>([.. values.Select(v => (float)v)]));
    }

    [Fact]
    public void EachRow_HasItsOwn()
    {
        var indices = new int[3];

        ArgMax.OfRows([1, 2, 4, 3, 5, 5], indices);

        Assert.Equal([1, 0, 0], indices);
    }
}
