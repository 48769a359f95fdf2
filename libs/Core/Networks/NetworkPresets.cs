namespace DqnAspire.Core.Networks;

/// <summary>Networks of published agents. Those for pictures take any size that their convolutions allow.</summary>
public static class NetworkPresets
{
    /// <summary>The usual observation of Atari agents: four frames of 84x84 pixels (Mnih et al. 2015).</summary>
    public static FeatureShape AtariFrames { get; } = new(4, 84, 84);

    /// <summary>
    /// Dense layers with ReLU between them, He-uniform: the lab recipes' network has two hidden layers of 32.
    /// </summary>
    /// <param name="sizes">Observation size, units of each hidden layer, number of actions.</param>
    /// <exception cref="ArgumentException">There are fewer than two sizes, or one is below 1.</exception>
    public static NetworkDefinition Dense(params ReadOnlySpan<int> sizes)
    {
        if (sizes.Length < 2 || sizes.ContainsAnyInRange(int.MinValue, 0))
        {
            throw new ArgumentException(
                $"Sizes {string.Join('-', sizes.ToArray())}: at least two, each at least 1, are needed.",
                nameof(sizes));
        }

        return Dense(sizes[..^1], new HeadDefinition(sizes[^1]));
    }

    /// <summary>Dense layers with ReLU between them, He-uniform, with any head.</summary>
    /// <param name="sizes">Observation size and units of each hidden layer.</param>
    /// <param name="head">The head.</param>
    public static NetworkDefinition Dense(ReadOnlySpan<int> sizes, HeadDefinition head) => new(
        $"dense {string.Join('-', sizes.ToArray())}-{head}",
        new FeatureShape(sizes[0]),
        [.. sizes[1..].ToArray().Select(units => new DenseDefinition(units))],
        head)
    {
        Initializer = Initializer.HeUniform,
    };

    /// <summary>Three convolutions and a hidden layer of 512 (Mnih et al. 2015).</summary>
    /// <param name="head">The head; without hidden units it gets 512.</param>
    /// <param name="observation">Frames, height and width; null for <see cref="AtariFrames"/>.</param>
    /// <param name="scaling">How bytes become numbers.</param>
    /// <exception cref="ArgumentException">The pictures are too small for the convolutions.</exception>
    public static NetworkDefinition Nature(
        HeadDefinition head, FeatureShape? observation = null, InputScaling scaling = InputScaling.Unit) => Picture(
        "nature", observation, scaling, head, 512,
        new ConvolutionDefinition(32, 8, 4), new ConvolutionDefinition(64, 4, 2), new ConvolutionDefinition(64, 3, 1));

    /// <summary>Two convolutions and a hidden layer of 256 (Mnih et al. 2013).</summary>
    /// <param name="head">The head; without hidden units it gets 256.</param>
    /// <param name="observation">Frames, height and width; null for <see cref="AtariFrames"/>.</param>
    /// <param name="scaling">How bytes become numbers.</param>
    /// <exception cref="ArgumentException">The pictures are too small for the convolutions.</exception>
    public static NetworkDefinition Nips(
        HeadDefinition head, FeatureShape? observation = null, InputScaling scaling = InputScaling.Unit) => Picture(
        "nips", observation, scaling, head, 256,
        new ConvolutionDefinition(16, 8, 4), new ConvolutionDefinition(32, 4, 2));

    /// <summary>
    /// The Nature network on one frame, with dropout of 0.3 after the second convolution and the hidden layer.
    /// </summary>
    /// <param name="head">The head; without hidden units it gets 512.</param>
    /// <param name="observation">One frame, height and width; null for 84x84 pixels.</param>
    /// <exception cref="ArgumentException">The picture is too small for the convolutions.</exception>
    public static NetworkDefinition SingleFrame(HeadDefinition head, FeatureShape? observation = null) => Picture(
        "single-frame", observation ?? AtariFrames with { Channels = 1 }, InputScaling.Unit,
        head with { HiddenDropout = 0.3 }, 512,
        new ConvolutionDefinition(32, 8, 4), new ConvolutionDefinition(64, 4, 2), new DropoutDefinition(0.3),
        new ConvolutionDefinition(64, 3, 1));

    /// <summary>
    /// The residual network of IMPALA at its published width (Espeholt et al. 2018, figure 3, without the recurrent
    /// part): sections of 16, 32 and 32 channels, each a convolution, a max pool and two residual blocks, and a hidden
    /// layer of 256.
    /// </summary>
    /// <param name="head">The head; without hidden units it gets 256.</param>
    /// <param name="observation">Frames, height and width; null for <see cref="AtariFrames"/>.</param>
    /// <param name="scaling">How bytes become numbers.</param>
    public static NetworkDefinition ImpalaSmall(
        HeadDefinition head, FeatureShape? observation = null, InputScaling scaling = InputScaling.Unit) => Picture(
        "impala-small", observation, scaling, head, 256,
        [.. Section(16), .. Section(32), .. Section(32), new ReluDefinition()]);

    private static LayerDefinition[] Section(int channels) =>
    [
        new ConvolutionDefinition(channels, 3, 1, 1, Relu: false), new MaxPoolDefinition(3, 2, 1), Block(channels),
        Block(channels),
    ];

    private static ResidualDefinition Block(int channels) => new(
    [
        new ReluDefinition(), new ConvolutionDefinition(channels, 3, 1, 1),
        new ConvolutionDefinition(channels, 3, 1, 1, Relu: false),
    ]);

    private static NetworkDefinition Picture(
        string kind, FeatureShape? observation, InputScaling scaling, HeadDefinition head, int hiddenUnits,
        params LayerDefinition[] layers)
    {
        var shape = observation ?? AtariFrames;
        var name = $"{kind} {shape} {scaling.ToString().ToLowerInvariant()} {head}";
        var complete = head.HiddenUnits > 0 ? head : head with { HiddenUnits = hiddenUnits };
        var definition = new NetworkDefinition(name, shape, layers, complete) { Scaling = scaling };
        definition.Validate();
        return definition;
    }
}
