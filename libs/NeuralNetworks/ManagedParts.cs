using DqnAspire.Core.Networks;
using DqnAspire.NeuralNetworks.Optimizers;
using DqnAspire.NeuralNetworks.Returns;

namespace DqnAspire.NeuralNetworks;

/// <summary>
/// Which class of this backend computes each description of <see cref="Core.Networks"/>: a new return model, loss or
/// optimiser is one file and one line here. <see cref="NetworkBuilder"/> does the same for layers.
/// </summary>
internal static class ManagedParts
{
    public static ReturnModel Create(ValueDistribution values) => values switch
    {
        PlainValues => new PlainReturns(),
        CategoricalValues categorical => new CategoricalReturns(categorical),
        QuantileValues quantile => new QuantileReturns(quantile),
        _ => throw Unknown(values),
    };

    public static SampleLoss Create(LossDefinition loss) => loss switch
    {
        SquaredError => new SquaredErrorLoss(),
        SquaredErrorOverActions => new SquaredErrorOverActionsLoss(),
        HuberLoss huber => new HuberSampleLoss(huber.Threshold),
        CategoricalCrossEntropy => new CrossEntropyLoss(),
        QuantileHuberLoss quantile => new QuantileHuberSampleLoss(quantile.Kappa),
        _ => throw Unknown(loss),
    };

    public static Optimizer Create(OptimizerDefinition optimizer) => optimizer switch
    {
        Sgd sgd => new SgdOptimizer(sgd),
        RmsProp rmsProp => new RmsPropOptimizer(rmsProp),
        Adam adam => new AdamOptimizer(adam),
        RAdam rAdam => new RAdamOptimizer(rAdam),
        _ => throw Unknown(optimizer),
    };

    public static ArgumentException Unknown(object definition) =>
        new($"The managed backend does not support {definition.GetType().Name}.", nameof(definition));
}
