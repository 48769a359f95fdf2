using DqnAspire.NeuralNetworks.Optimizers;

namespace DqnAspire.NeuralNetworks.Tests;

public sealed class AdamOptimizerTests
{
    [Fact]
    public void FirstSteps_AreThoseComputedByHand()
    {
        // Step 1, g = 0.5: m = 0.05, v = 0.00025, alpha = lr sqrt(0.001) / 0.1; the move is lr (0.0316 0.5) / (0.0158 + 1e-7) ~ lr.
        // Step 2, g = -10 clipped to -2: m = 0.045 - 0.2 = -0.155, v = 0.00024975 + 0.004 = 0.00424975,
        // alpha = lr sqrt(1 - 0.998001) / (1 - 0.81) = lr 0.0447102 / 0.19; the move is lr 0.2353167 (-0.155) / 0.0651901 = -0.5595091 lr.
        var weights = new float[16];
        weights[0] = 1;
        var gradients = new float[16];
        var adam = new AdamOptimizer(16, learningRate: 0.1, clipValue: 2);

        gradients[0] = 0.5f;
        adam.Step(weights, gradients);
        Assert.Equal(1 - 0.1, weights[0], 1e-5);

        gradients[0] = -10;
        adam.Step(weights, gradients);
        Assert.Equal(1 - 0.1 + 0.05595091, weights[0], 1e-5);
        Assert.Equal(2, adam.Steps);
        Assert.All(weights.Skip(1), w => Assert.Equal(0, w));
    }

    [Fact]
    public void WithoutClipping_LargeGradientsCount()
    {
        var (clipped, free) = (new float[16], new float[16]);
        var (first, second) = (new AdamOptimizer(16, 0.1, clipValue: 1), new AdamOptimizer(16, 0.1, clipValue: 0));
        foreach (var g in new[] { 1f, 100f })
        {
            var gradients = new float[16];
            gradients[0] = g;
            first.Step(clipped, gradients);
            second.Step(free, gradients);
        }

        Assert.NotEqual(clipped[0], free[0]);
    }
}
