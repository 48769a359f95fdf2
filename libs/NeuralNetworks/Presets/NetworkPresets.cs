using DqnAspire.NeuralNetworks.Definitions;
using DqnAspire.NeuralNetworks.Initializers;
using DqnAspire.NeuralNetworks.Inputs;

namespace DqnAspire.NeuralNetworks.Presets;

/// <summary>Networks of published agents.</summary>
public static class NetworkPresets
{
    /// <summary>Dense layers with ReLU between them on a vector, He-uniform: the lab recipes' network with two hidden layers of 32.</summary>
    /// <param name="sizes">Observation size, units of each hidden layer, number of actions.</param>
    /// <exception cref="ArgumentException">There are fewer than two sizes, or one below 1.</exception>
    public static NetworkDefinition Dense(params ReadOnlySpan<int> sizes)
    {
        if (sizes.Length < 2 || sizes.ContainsAnyInRange(int.MinValue, 0))
        {
            throw new ArgumentException($"Sizes {string.Join('-', sizes.ToArray())}: at least two, each at least 1, are needed.", nameof(sizes));
        }

        return Dense(sizes[..^1], new HeadDefinition(sizes[^1]));
    }

    /// <summary>Dense layers with ReLU between them on a vector, He-uniform, with any head.</summary>
    /// <param name="sizes">Observation size and units of each hidden layer.</param>
    /// <param name="head">What gives the action values.</param>
    public static NetworkDefinition Dense(ReadOnlySpan<int> sizes, HeadDefinition head) => new(
        $"dense {string.Join('-', sizes.ToArray())}-{head}",
        new FeatureShape(sizes[0]),
        [.. sizes[1..].ToArray().Select(units => new DenseDefinition(units))],
        head)
    {
        Initializer = Initializer.HeUniform,
    };

    /// <summary>Three convolutions and a hidden layer of 512 (Mnih et al. 2015).</summary>
    /// <param name="head">What gives the action values; without hidden units it gets 512.</param>
    /// <param name="frames">Frames in an observation.</param>
    /// <param name="scaling">What is made of bytes.</param>
    public static NetworkDefinition Nature(HeadDefinition head, int frames = 4, InputScaling scaling = InputScaling.Unit) => Picture(
        "nature", frames, scaling, head, 512, new ConvolutionDefinition(32, 8, 4), new ConvolutionDefinition(64, 4, 2), new ConvolutionDefinition(64, 3, 1));

    /// <summary>Two convolutions and a hidden layer of 256 (Mnih et al. 2013).</summary>
    /// <param name="head">What gives the action values; without hidden units it gets 256.</param>
    /// <param name="frames">Frames in an observation.</param>
    /// <param name="scaling">What is made of bytes.</param>
    public static NetworkDefinition Nips(HeadDefinition head, int frames = 4, InputScaling scaling = InputScaling.Unit) => Picture(
        "nips", frames, scaling, head, 256, new ConvolutionDefinition(16, 8, 4), new ConvolutionDefinition(32, 4, 2));

    /// <summary>The Nature network on one frame, with dropout of 0.3 after the second convolution and the hidden layer.</summary>
    /// <param name="head">What gives the action values; without hidden units it gets 512.</param>
    public static NetworkDefinition SingleFrame(HeadDefinition head) => Picture(
        "single-frame", 1, InputScaling.Unit, head with { HiddenDropout = 0.3 }, 512,
        new ConvolutionDefinition(32, 8, 4), new ConvolutionDefinition(64, 4, 2), new DropoutDefinition(0.3), new ConvolutionDefinition(64, 3, 1));

    /// <summary>
    /// The residual network of IMPALA at its published width (Espeholt et al. 2018, figure 3, without the recurrent part):
    /// sections of 16, 32 and 32 channels, each a convolution, a max pool and two residual blocks, and a hidden layer of 256.
    /// </summary>
    /// <param name="head">What gives the action values; without hidden units it gets 256.</param>
    /// <param name="frames">Frames in an observation.</param>
    /// <param name="scaling">What is made of bytes.</param>
    public static NetworkDefinition ImpalaSmall(HeadDefinition head, int frames = 4, InputScaling scaling = InputScaling.Unit) => Picture(
        "impala-small", frames, scaling, head, 256, [.. Section(16), .. Section(32), .. Section(32), new ReluDefinition()]);

    private static LayerDefinition[] Section(int channels) =>
        [new ConvolutionDefinition(channels, 3, 1, 1, Relu: false), new MaxPoolDefinition(3, 2, 1), Block(channels), Block(channels)];

    private static ResidualDefinition Block(int channels) => new(
        [new ReluDefinition(), new ConvolutionDefinition(channels, 3, 1, 1), new ConvolutionDefinition(channels, 3, 1, 1, Relu: false)]);

    private static NetworkDefinition Picture(
        string kind, int frames, InputScaling scaling, HeadDefinition head, int hiddenUnits, params LayerDefinition[] layers)
    {
        var observation = new FeatureShape(frames, 84, 84);
        var name = $"{kind} {observation} {scaling.ToString().ToLowerInvariant()} {head}";
        var complete = head.HiddenUnits > 0 ? head : head with { HiddenUnits = hiddenUnits };
        return new NetworkDefinition(name, observation, layers, complete) { Scaling = scaling };
    }
}
