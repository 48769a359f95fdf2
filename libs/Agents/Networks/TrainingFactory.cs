using DqnAspire.Agents.Settings;
using DqnAspire.Core.Networks;

namespace DqnAspire.Agents.Networks;

/// <summary>Makes the description of the training that a run's settings ask for.</summary>
public static class TrainingFactory
{
    /// <summary>Describes how a network is trained.</summary>
    public static TrainingDefinition Define(OptimizerSection optimizer, LossDefinition loss)
    {
        var limit = optimizer.ClippingLimit;
        return new TrainingDefinition(loss, DefineOptimizer(optimizer))
        {
            Clipping = optimizer.Clipping switch
            {
                ClippingKind.Value => GradientClipping.ByValue(limit),
                ClippingKind.TensorNorm => GradientClipping.ByTensorNorm(limit),
                ClippingKind.GlobalNorm => GradientClipping.ByGlobalNorm(limit),
                _ => GradientClipping.None,
            },
        };
    }

    /// <summary>
    /// The step size after a number of updates: a straight line from the first rate to the last, where the settings ask
    /// for one.
    /// </summary>
    public static double LearningRateAt(OptimizerSection optimizer, long updates) => optimizer.DecayUpdates == 0
        ? optimizer.LearningRate
        : optimizer.LearningRate
            + ((optimizer.FinalLearningRate - optimizer.LearningRate)
                * Math.Min(1, (double)updates / optimizer.DecayUpdates));

    private static OptimizerDefinition DefineOptimizer(OptimizerSection optimizer) => optimizer.Kind switch
    {
        OptimizerKind.KerasAdam =>
            new Adam(optimizer.LearningRate) { Epsilon = optimizer.Epsilon, EpsilonBeforeCorrection = true },
        OptimizerKind.RmsProp => new RmsProp(optimizer.LearningRate)
        {
            Smoothing = optimizer.Smoothing,
            Epsilon = optimizer.Epsilon,
            Momentum = optimizer.Momentum,
        },
        OptimizerKind.CentredRmsProp => new RmsProp(optimizer.LearningRate)
        {
            Smoothing = optimizer.Smoothing,
            Epsilon = optimizer.Epsilon,
            Momentum = optimizer.Momentum,
            Centred = true,
            EpsilonInsideRoot = true,
        },
        OptimizerKind.RAdam => new RAdam(optimizer.LearningRate) { Epsilon = optimizer.Epsilon },
        _ => new Adam(optimizer.LearningRate) { Epsilon = optimizer.Epsilon },
    };
}
