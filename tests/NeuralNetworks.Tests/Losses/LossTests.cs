using DqnAspire.Core.Networks;
using DqnAspire.NeuralNetworks.Returns;

namespace DqnAspire.NeuralNetworks.Tests.Losses;

/// <summary>Losses and targets by hand; their gradients are in the layers' tests.</summary>
public sealed class LossTests
{
    [Fact]
    public void SquaredError_IsOfTheErrorItself() => AssertSample(new SquaredError(), [1], [3], 4, [-4], 2);

    [Fact]
    public void SquaredErrorOverActions_IsTheMeanOverActions() =>
        AssertSample(new SquaredErrorOverActions(), [1, 5, 0, 2], [1, 2, 0, 2], 9.0 / 4, [0, 1.5f, 0, 0], -3);

    [Theory]
    [InlineData(0.5f, 0.125, -0.5f)]
    [InlineData(-0.5f, 0.125, 0.5f)]
    [InlineData(1f, 0.5, -1f)]
    [InlineData(3f, 2.5, -1f)]
    [InlineData(-3f, 2.5, 1f)]
    public void Huber_IsAParabolaWithStraightArms(float target, double loss, float gradient) =>
        AssertSample(new HuberLoss(), [0], [target], loss, [gradient], target);

    [Fact]
    public void HuberWithAnotherThreshold_BendsThere() =>
        AssertSample(new HuberLoss(2), [0], [3], 2 * (3 - 1), [-2], 3);

    [Fact]
    public void CrossEntropy_OfEqualLogits_IsTheLogarithmOfTheirNumber()
    {
        var expected = Math.Log(4);
        AssertSample(
            new CategoricalCrossEntropy(), [7, 7, 7, 7], [0, 1, 0, 0], expected, [0.25f, -0.75f, 0.25f, 0.25f],
            (float)expected);
    }

    [Fact]
    public void QuantileHuber_WeighsErrorsByTheirSide()
    {
        // One quantile at 0 (tau 1/2), targets 0.5 and -2: (0.5 0.125 + 0.5 1.5) / 2; slopes -0.5 0.5 and +0.5 1,
        // halved.
        AssertSample(new QuantileHuberLoss(), [0], [0.5f, -2], (0.0625 + 0.75) / 2, [-0.125f + 0.25f], -0.75f);
        // Two quantiles, tau 1/4 and 3/4, both 1 below the target: 0.25 0.5 + 0.75 0.5.
        AssertSample(new QuantileHuberLoss(), [0, 0], [1], 0.5, [-0.25f, -0.75f], 1);
    }

    [Fact]
    public void PlainTargets_TakeTheBestActionOfWhatSelects()
    {
        float[] next = [1, 5, 2, 7, 3, 4];
        float[] online = [9, 0, 0, 0, 0, 9];
        var targets = new float[2];

        new PlainReturns().ComputeTargets([1, -1], [0.5f, 0], next, next, targets);
        Assert.Equal([1 + 2.5f, -1], targets);

        // Double: the online network's choices are actions 0 and 2.
        new PlainReturns().ComputeTargets([1, -1], [0.5f, 1], next, online, targets);
        Assert.Equal([1 + 0.5f, -1 + 4], targets);
    }

    [Fact]
    public void CategoricalTargets_ShareMassBetweenNeighbouringAtoms()
    {
        var values = new CategoricalValues(3, -1, 1);
        float[] next = [0.5f, 0.25f, 0.25f];
        var targets = new float[3];

        // Atoms -1, 0, 1 move to 0.25 + 0.5 z = -0.25, 0.25, 0.75.
        new CategoricalReturns(values).ComputeTargets([0.25f], [0.5f], next, [0], targets);
        Assert.Equal(
            [0.125f, (0.5f * 0.75f) + (0.25f * 0.75f) + (0.25f * 0.25f), (0.25f * 0.25f) + (0.25f * 0.75f)], targets);

        // A terminal state: all mass at the reward, bounded by the support.
        new CategoricalReturns(values).ComputeTargets([5f], [0f], next, [0], targets);
        Assert.Equal([0, 0, 1], targets);
    }

    [Fact]
    public void CategoricalTargets_KeepTheWholeMass()
    {
        var values = new CategoricalValues(51, -10, 10);
        var next = Reference.Draw.Distributions(1, 40 * 2, 51);
        var targets = new float[40 * 51];

        new CategoricalReturns(values).ComputeTargets(
            Reference.Draw.Floats(2, 40, -12, 12), Reference.Draw.Floats(3, 40, 0), next,
            Reference.Draw.Floats(4, 80), targets);

        Assert.All(targets.Chunk(51), t => Assert.Equal(1f, t.Sum(), 1e-5f));
        Assert.All(targets, p => Assert.True(p >= 0));
    }

    [Fact]
    public void QuantileTargets_MoveEveryQuantile()
    {
        var targets = new float[2];

        new QuantileReturns(new QuantileValues(2)).ComputeTargets([1], [0.5f], [9, 9, 2, 4], [0, 1], targets);

        Assert.Equal([2, 3], targets);
    }

    [Fact]
    public void TargetsOfOtherSizes_AreRefused()
    {
        var error = Assert.Throws<ArgumentException>(
            () => new PlainReturns().ComputeTargets([1, 2], [1], [1, 2], [1, 2], new float[2]));

        Assert.Contains("rewards [2], discounts [1]", error.Message, StringComparison.Ordinal);
    }

    private static void AssertSample(
        LossDefinition loss, float[] outputs, float[] target, double expected, float[] gradient, float error)
    {
        var actual = new float[outputs.Length];
        Assert.Equal(expected, ManagedParts.Create(loss).Compute(outputs, target, actual, out var actualError), 1e-6);
        for (var i = 0; i < gradient.Length; i++)
        {
            Assert.Equal(gradient[i], actual[i], 1e-6f);
        }

        Assert.Equal(error, actualError, 1e-6f);
    }
}
