using DqnAspire.Agents.Pqn;

namespace DqnAspire.Agents.Tests;

public sealed class LambdaReturnsTests
{
    /// <summary>
    /// gamma 0.5, lambda 0.5, three steps of one lane, from the last: 4 + 0.5 * 8 = 8; 2 + 0.5 * (0.5 * 6 + 0.5 * 8) =
    /// 5.5; 1 + 0.5 * (0.5 * 2 + 0.5 * 5.5) = 2.875.
    /// </summary>
    [Fact]
    public void AnEpisodeThatGoesOn_MixesWhatFollows() =>
        AssertReturns([2.875f, 5.5f, 8], [1, 2, 4], [2, 6, 8], [false, false, false], [false, false, false]);

    [Fact]
    public void NothingFollowsATermination() =>
        AssertReturns(
            [1 + (0.5f * ((0.5f * 2) + (0.5f * 2))), 2, 8], [1, 2, 4], [2, 6, 8], [false, true, false],
            [false, true, false]);

    [Fact]
    public void ATruncation_IsBootstrappedFromItsOwnLastState() =>
        AssertReturns(
            [1 + (0.5f * ((0.5f * 2) + (0.5f * 5))), 2 + (0.5f * 6), 8], [1, 2, 4], [2, 6, 8], [false, false, false],
            [false, true, false]);

    [Fact]
    public void Lanes_AreApart()
    {
        var returns = new float[4];

        LambdaReturns.Compute([1, 10, 4, 40], [2, 20, 8, 80], new bool[4], new bool[4], 0.5f, 0.5f, lanes: 2, returns);

        Assert.Equal([1 + (0.5f * (1 + 4)), 10 + (0.5f * (10 + 40)), 8, 80], returns);
    }

    private static void AssertReturns(
        float[] expected, float[] rewards, float[] nextValues, bool[] terminated, bool[] cut)
    {
        var returns = new float[rewards.Length];
        LambdaReturns.Compute(rewards, nextValues, terminated, cut, 0.5f, 0.5f, lanes: 1, returns);
        Assert.Equal(expected, returns);
    }
}
