using DqnAspire.NeuralNetworks.Kernels;

namespace DqnAspire.NeuralNetworks.Optimizers;

/// <summary>
/// Adam (Kingma and Ba, 2015) as Keras computes it: alpha = lr sqrt(1 - beta2^t) / (1 - beta1^t), and epsilon is added to
/// sqrt(v) without bias correction.
/// </summary>
public sealed class AdamOptimizer
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.999f;
    private const float Epsilon = 1e-7f;

    private readonly float _learningRate;
    private readonly float _clip;

    /// <summary>An optimiser with Keras's defaults for everything that is not given.</summary>
    /// <param name="parameters">Number of parameters, padding included.</param>
    /// <param name="learningRate">Step size.</param>
    /// <param name="clipValue">Bound on the absolute value of each gradient element; 0: none.</param>
    public AdamOptimizer(int parameters, double learningRate, double clipValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(clipValue);
        _learningRate = (float)learningRate;
        _clip = clipValue > 0 ? (float)clipValue : float.PositiveInfinity;
        FirstMoment = new float[parameters];
        SecondMoment = new float[parameters];
    }

    /// <summary>Gradient steps taken.</summary>
    public long Steps { get; internal set; }

    internal float[] FirstMoment { get; }

    internal float[] SecondMoment { get; }

    /// <summary>Takes one step.</summary>
    /// <param name="weights">Flat weights.</param>
    /// <param name="gradients">Their gradients.</param>
    public void Step(Span<float> weights, ReadOnlySpan<float> gradients)
    {
        Steps++;
        var alpha = _learningRate * Math.Sqrt(1 - Math.Pow(Beta2, Steps)) / (1 - Math.Pow(Beta1, Steps));
        AdamStep.Execute(weights, gradients, FirstMoment, SecondMoment, _clip, 1 - Beta1, 1 - Beta2, (float)alpha, Epsilon);
    }
}
