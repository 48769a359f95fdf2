namespace DqnAspire.Core.Networks;

/// <summary>Describes an update rule. Each network keeps its own state of the rule.</summary>
/// <param name="LearningRate">Step size of the first step.</param>
public abstract record OptimizerDefinition(double LearningRate);

/// <summary>Stochastic gradient descent: b = momentum b + g, w -= lr b.</summary>
/// <param name="LearningRate">Step size.</param>
/// <param name="Momentum">Share of the previous step that is kept; 0 for none.</param>
public sealed record Sgd(double LearningRate, double Momentum = 0) : OptimizerDefinition(LearningRate);

/// <summary>
/// RMSprop (Tieleman and Hinton 2012): s = smoothing s + (1 - smoothing) g^2, b = momentum b + g / root, w -= lr b with
/// root = sqrt(s) + epsilon. When centred (Graves 2013), s - m^2 replaces s, where m is the running mean of g.
/// </summary>
/// <param name="LearningRate">Step size.</param>
public sealed record RmsProp(double LearningRate) : OptimizerDefinition(LearningRate)
{
    /// <summary>Decay of the averages; PyTorch's default is 0.99.</summary>
    public double Smoothing { get; init; } = 0.99;

    /// <summary>Keeps the denominator above zero; PyTorch's default is 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Share of the previous step that is kept; 0 for none.</summary>
    public double Momentum { get; init; }

    /// <summary>True to divide by the standard deviation, false to divide by the root mean square.</summary>
    public bool Centred { get; init; }

    /// <summary>
    /// True for root = sqrt(s + epsilon), as in TensorFlow and DeepMind's DQN; false for sqrt(s) + epsilon, as in
    /// PyTorch.
    /// </summary>
    public bool EpsilonInsideRoot { get; init; }

    /// <summary>
    /// The rule of DQN (Mnih et al. 2015, extended data table 1): centred, smoothing 0.95, epsilon 0.01 inside the
    /// root.
    /// </summary>
    /// <param name="learningRate">Step size.</param>
    /// <param name="momentum">The table says 0.95.</param>
    public static RmsProp DeepMind(double learningRate = 2.5e-4, double momentum = 0.95) => new(learningRate)
    {
        Smoothing = 0.95,
        Epsilon = 0.01,
        Momentum = momentum,
        Centred = true,
        EpsilonInsideRoot = true,
    };
}

/// <summary>
/// Adam (Kingma and Ba 2015): m and v are averages of g and g^2, corrected for their start at zero by c1 = 1 - beta1^t
/// and c2 = 1 - beta2^t. As in PyTorch, w -= lr / c1 m / (sqrt(v / c2) + epsilon).
/// </summary>
/// <param name="LearningRate">Step size.</param>
public sealed record Adam(double LearningRate) : OptimizerDefinition(LearningRate)
{
    /// <summary>Decay of m.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of v.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Keeps the denominator above zero.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>
    /// True for w -= lr sqrt(c2) / c1 m / (sqrt(v) + epsilon), as in Keras and in section 2 of the paper: epsilon has a
    /// larger effect in the first steps.
    /// </summary>
    public bool EpsilonBeforeCorrection { get; init; }

    /// <summary>Adam as in Keras, with its epsilon of 1e-7.</summary>
    /// <param name="learningRate">Step size.</param>
    public static Adam Keras(double learningRate) =>
        new(learningRate) { Epsilon = 1e-7, EpsilonBeforeCorrection = true };
}

/// <summary>
/// Rectified Adam (Liu et al. 2020) as in PyTorch: plain momentum while the average of g^2 is short (rho at most 5),
/// then Adam times the rectification term.
/// </summary>
/// <param name="LearningRate">Step size.</param>
public sealed record RAdam(double LearningRate) : OptimizerDefinition(LearningRate)
{
    /// <summary>Decay of the average of g.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the average of g^2.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Keeps the denominator above zero.</summary>
    public double Epsilon { get; init; } = 1e-8;
}
