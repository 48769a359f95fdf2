using DqnAspire.NeuralNetworks.Layers;
using DqnAspire.Core.Randomness;

namespace DqnAspire.NeuralNetworks.Initializers;

/// <summary>
/// How weights start. Numbers are drawn from PCG64 in the order of the tensors in files, each in row-major order; a uniform
/// number is low + (high - low) u with u of 53 bits, rounded to float32.
/// </summary>
public sealed class Initializer
{
    private readonly Func<int, int, double> _weightLimit;
    private readonly Func<int, double> _biasLimit;

    private Initializer(string name, Func<int, int, double> weightLimit, Func<int, double> biasLimit) =>
        (Name, _weightLimit, _biasLimit) = (name, weightLimit, biasLimit);

    /// <summary>PyTorch's default: weights and biases U(-1/sqrt(inputs), 1/sqrt(inputs)).</summary>
    public static Initializer PyTorch { get; } = new("pytorch", (fanIn, _) => 1 / Math.Sqrt(fanIn), fanIn => 1 / Math.Sqrt(fanIn));

    /// <summary>Keras's default: weights U(-r, r) with r = sqrt(6 / (inputs + outputs)) (Glorot and Bengio 2010), biases zero.</summary>
    public static Initializer GlorotUniform { get; } = new("glorot-uniform", (fanIn, fanOut) => Math.Sqrt(6.0 / (fanIn + fanOut)), _ => 0);

    /// <summary>Weights U(-r, r) with r = sqrt(6 / inputs) (He et al. 2015), biases zero.</summary>
    public static Initializer HeUniform { get; } = new("he-uniform", (fanIn, _) => Math.Sqrt(6.0 / fanIn), _ => 0);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal void Fill(Parameter parameter, double noiseScale, Pcg64 random)
    {
        var inputs = Math.Sqrt(parameter.FanIn);
        var values = parameter.Role switch
        {
            ParameterRole.Weight => Uniform(parameter.Count, _weightLimit(parameter.FanIn, parameter.FanOut), random),
            ParameterRole.Bias => Uniform(parameter.Count, _biasLimit(parameter.FanIn), random),
            ParameterRole.NoisyMean => Uniform(parameter.Count, 1 / inputs, random),
            ParameterRole.NoisyScale => Constant(parameter.Count, noiseScale / inputs),
            ParameterRole.Gain => Constant(parameter.Count, 1),
            _ => Constant(parameter.Count, 0),
        };
        parameter.Import(values, parameter.WeightBuffer.Span);
    }

    private static float[] Uniform(int count, double limit, Pcg64 random)
    {
        var values = new float[count];
        for (var i = 0; i < count && limit > 0; i++)
        {
            values[i] = (float)random.Uniform(-limit, limit);
        }

        return values;
    }

    private static float[] Constant(int count, double value)
    {
        var values = new float[count];
        Array.Fill(values, (float)value);
        return values;
    }
}
