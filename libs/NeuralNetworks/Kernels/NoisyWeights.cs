using System.Numerics;

namespace DqnAspire.NeuralNetworks.Kernels;

/// <summary>A row of a noisy layer's weights. Lengths are multiples of <see cref="Padding.Multiple"/>.</summary>
internal static class NoisyWeights
{
    /// <summary>weights = mean + scale * (input * output).</summary>
    public static void Mix(
        ReadOnlySpan<float> mean, ReadOnlySpan<float> scale, float input, ReadOnlySpan<float> output,
        Span<float> weights)
    {
        for (var i = 0; i < weights.Length; i += Vector<float>.Count)
        {
            var noise = new Vector<float>(output[i..]) * input;
            (new Vector<float>(mean[i..]) + (new Vector<float>(scale[i..]) * noise)).CopyTo(weights[i..]);
        }
    }

    /// <summary>result = gradient * (input * output).</summary>
    public static void Scale(ReadOnlySpan<float> gradient, float input, ReadOnlySpan<float> output, Span<float> result)
    {
        for (var i = 0; i < result.Length; i += Vector<float>.Count)
        {
            (new Vector<float>(gradient[i..]) * (new Vector<float>(output[i..]) * input)).CopyTo(result[i..]);
        }
    }
}
