using DqnAspire.Core.Networks;

namespace DqnAspire.NeuralNetworks.Optimizers;

/// <summary><see cref="Adam"/>.</summary>
internal sealed class AdamOptimizer(Adam definition) : Optimizer(definition.LearningRate, "m", "v")
{
    private AdamStep _step;

    public override void Begin()
    {
        var correction1 = 1 - Math.Pow(definition.Beta1, Steps);
        var correction2 = Math.Sqrt(1 - Math.Pow(definition.Beta2, Steps));
        var (rate, rootFactor) = definition.EpsilonBeforeCorrection
            ? (LearningRate * correction2 / correction1, 1.0)
            : (LearningRate / correction1, 1 / correction2);
        _step = new AdamStep(
            (float)(1 - definition.Beta1), (float)(1 - definition.Beta2), (float)rate, (float)rootFactor,
            (float)definition.Epsilon);
    }

    public override void Update(int start, int length, float scale, float bound) =>
        Run(_step, start, length, scale, bound);
}
