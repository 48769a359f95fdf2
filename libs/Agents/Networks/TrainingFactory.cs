using DqnAspire.Agents.Settings;
using DqnAspire.NeuralNetworks;
using DqnAspire.NeuralNetworks.Losses;
using DqnAspire.NeuralNetworks.Optimizers;

namespace DqnAspire.Agents.Networks;

/// <summary>Makes the optimiser that a run's settings describe.</summary>
internal static class TrainingFactory
{
    /// <summary>How a network is trained.</summary>
    public static TrainingDefinition Define(OptimizerSection optimizer, Loss loss) => new(loss, CreateOptimizer(optimizer))
    {
        Clipping = optimizer.Clipping switch
        {
            ClippingKind.Value => GradientClipping.ByValue(optimizer.ClippingLimit),
            ClippingKind.TensorNorm => GradientClipping.ByTensorNorm(optimizer.ClippingLimit),
            ClippingKind.GlobalNorm => GradientClipping.ByGlobalNorm(optimizer.ClippingLimit),
            _ => GradientClipping.None,
        },
    };

    /// <summary>The loss for what a network says about returns.</summary>
    public static Loss CreateLoss(LossKind loss, ReturnModel returns) => (returns, loss) switch
    {
        (ReturnModel.Categorical, _) => new CategoricalCrossEntropy(),
        (ReturnModel.Quantile, _) => new QuantileHuberLoss(),
        (_, LossKind.SquaredError) => new SquaredError(),
        (_, LossKind.SquaredErrorOverActions) => new SquaredErrorOverActions(),
        _ => new HuberLoss(),
    };

    /// <summary>The step size after a number of updates: it falls in a straight line where the settings say so.</summary>
    public static double LearningRateAt(OptimizerSection optimizer, long updates) => optimizer.DecayUpdates == 0
        ? optimizer.LearningRate
        : optimizer.LearningRate
            + ((optimizer.FinalLearningRate - optimizer.LearningRate) * Math.Min(1, (double)updates / optimizer.DecayUpdates));

    private static OptimizerDefinition CreateOptimizer(OptimizerSection optimizer) => optimizer.Kind switch
    {
        OptimizerKind.KerasAdam => new Adam(optimizer.LearningRate) { Epsilon = optimizer.Epsilon, EpsilonBeforeCorrection = true },
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
