namespace DqnAspire.NeuralNetworks.Optimizers;

/// <summary>How gradients become steps: the rule and its numbers. Every network keeps its own state of it.</summary>
public abstract record OptimizerDefinition
{
    internal abstract Optimizer Create();
}

/// <summary>Stochastic gradient descent: b = momentum b + g, w -= lr b.</summary>
/// <param name="LearningRate">Step size.</param>
/// <param name="Momentum">Share of the last step that is kept; 0: none.</param>
public sealed record Sgd(double LearningRate, double Momentum = 0) : OptimizerDefinition
{
    internal override Optimizer Create() => new SgdOptimizer(this);
}

/// <summary>
/// RMSprop (Tieleman and Hinton 2012): s = smoothing s + (1 - smoothing) g^2, b = momentum b + g / root, w -= lr b with
/// root = sqrt(s) + epsilon. Centred (Graves 2013), the variance s - m^2 with a mean m of g kept as s is stands for s.
/// </summary>
/// <param name="LearningRate">Step size.</param>
public sealed record RmsProp(double LearningRate) : OptimizerDefinition
{
    /// <summary>Decay of the averages; PyTorch's default is 0.99.</summary>
    public double Smoothing { get; init; } = 0.99;

    /// <summary>Guards the denominator; PyTorch's default is 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Share of the last step that is kept.</summary>
    public double Momentum { get; init; }

    /// <summary>Divide by the deviation instead of the root mean square.</summary>
    public bool Centred { get; init; }

    /// <summary>root = sqrt(s + epsilon), as TensorFlow and DeepMind's DQN have it, instead of sqrt(s) + epsilon, as PyTorch has it.</summary>
    public bool EpsilonInsideRoot { get; init; }

    /// <summary>As DQN used it (Mnih et al. 2015, extended data table 1): centred, smoothing 0.95, epsilon 0.01 inside the root.</summary>
    /// <param name="learningRate">Step size.</param>
    /// <param name="momentum">The paper's table says 0.95.</param>
    public static RmsProp DeepMind(double learningRate = 2.5e-4, double momentum = 0.95) =>
        new(learningRate) { Smoothing = 0.95, Epsilon = 0.01, Momentum = momentum, Centred = true, EpsilonInsideRoot = true };

    internal override Optimizer Create() => new RmsPropOptimizer(this);
}

/// <summary>
/// Adam (Kingma and Ba 2015): m and v are averages of g and g^2, corrected for their start at zero by c1 = 1 - beta1^t and
/// c2 = 1 - beta2^t. As PyTorch has it, w -= lr / c1 m / (sqrt(v / c2) + epsilon).
/// </summary>
/// <param name="LearningRate">Step size.</param>
public sealed record Adam(double LearningRate) : OptimizerDefinition
{
    /// <summary>Decay of the mean.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the mean square.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Guards the denominator.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>w -= lr sqrt(c2) / c1 m / (sqrt(v) + epsilon), as Keras and the paper's section 2 have it: epsilon weighs more early on.</summary>
    public bool EpsilonBeforeCorrection { get; init; }

    /// <summary>As Keras has it, with its epsilon of 1e-7.</summary>
    /// <param name="learningRate">Step size.</param>
    public static Adam Keras(double learningRate) => new(learningRate) { Epsilon = 1e-7, EpsilonBeforeCorrection = true };

    internal override Optimizer Create() => new AdamOptimizer(this);
}

/// <summary>
/// Rectified Adam (Liu et al. 2020) as PyTorch has it: plain momentum until the mean square has seen enough steps to be
/// trusted (rho above 5), Adam with the rectification term from then on.
/// </summary>
/// <param name="LearningRate">Step size.</param>
public sealed record RAdam(double LearningRate) : OptimizerDefinition
{
    /// <summary>Decay of the mean.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the mean square.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Guards the denominator.</summary>
    public double Epsilon { get; init; } = 1e-8;

    internal override Optimizer Create() => new RAdamOptimizer(this);
}
