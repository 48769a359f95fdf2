using DqnAspire.Core.Randomness;

namespace DqnAspire.Core.Networks;

/// <summary>
/// Draws the first values of a network's tensors, the same for every backend: tensors in the order of files, elements
/// in row-major order, each low + (high - low) u with u of 53 bits from PCG64, rounded to float32.
/// </summary>
public static class InitialWeights
{
    /// <summary>Draws one tensor. Constant tensors draw no numbers.</summary>
    /// <param name="definition">The network: its initialiser and the noise scale of its head.</param>
    /// <param name="role">What the tensor is.</param>
    /// <param name="count">Number of elements.</param>
    /// <param name="inputs">Inputs of each output (fan-in).</param>
    /// <param name="outputs">Outputs of each input (fan-out).</param>
    /// <param name="random">The network's generator, which begins at its seed.</param>
    public static float[] Draw(
        NetworkDefinition definition, ParameterRole role, int count, int inputs, int outputs, Pcg64 random)
    {
        var values = new float[count];
        if (UniformLimit(definition.Initializer, role, inputs, outputs) is { } limit)
        {
            for (var i = 0; i < count && limit > 0; i++)
            {
                values[i] = (float)random.Uniform(-limit, limit);
            }
        }
        else if (role == ParameterRole.Gain)
        {
            Array.Fill(values, 1);
        }
        else if (role == ParameterRole.NoisyScale)
        {
            Array.Fill(values, (float)(definition.Head.NoiseScale / Math.Sqrt(inputs)));
        }

        return values;
    }

    private static double? UniformLimit(Initializer initializer, ParameterRole role, int inputs, int outputs) =>
        (role, initializer) switch
        {
            (ParameterRole.Weight, Initializer.GlorotUniform) => Math.Sqrt(6.0 / (inputs + outputs)),
            (ParameterRole.Weight, Initializer.HeUniform) => Math.Sqrt(6.0 / inputs),
            (ParameterRole.Bias, Initializer.GlorotUniform or Initializer.HeUniform) => 0,
            (ParameterRole.Weight or ParameterRole.Bias or ParameterRole.NoisyMean, _) => 1 / Math.Sqrt(inputs),
            _ => null,
        };
}
