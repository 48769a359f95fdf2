using DqnAspire.Core.Networks;
using DqnAspire.Core.Safetensors;

namespace DqnAspire.NeuralNetworks.Tests.Networks;

public sealed class BadInputTests
{
    private static readonly TrainingDefinition Training = new(new SquaredError(), new Adam(1e-3));

    [Fact]
    public void ShapesThatDoNotFit_AreNamedBoth()
    {
        var network = new QNetwork(NetworkPresets.Dense(4, 8, 2), Training, seed: 1);

        AssertRefused(
            "observations has shape [7]; [2, 4] is needed",
            () => network.Forward(new Observations(new float[7], 2), new float[4]));
        AssertRefused(
            "actionValues has shape [3]; [2, 2] is needed",
            () => network.Forward(new Observations(new float[8], 2), new float[3]));
        AssertRefused(
            "observations has shape [0]; [0, 4] is needed",
            () => network.Forward(new Observations(Array.Empty<float>(), 0), []));
        AssertRefused("Targets has shape [3]; [2, 1] is needed", () => Train(new float[3], [0, 0]));
        AssertRefused("Actions has shape [1]; [2, 1] is needed", () => Train(new float[2], [0]));
        AssertRefused("2 is no action; there are 0..1", () => Train(new float[2], [0, 2]));
        AssertRefused("Weights has shape [1]; [2, 1] is needed", () => Train(new float[2], [0, 0], [1f]));

        void Train(float[] targets, int[] actions, float[]? weights = null) =>
            network.Train(
                new TrainingBatch(new Observations(new float[8], 2), targets) { Actions = actions, Weights = weights },
                errors: default);
    }

    [Fact]
    public void LayersThatDoNotFit_AreRefused()
    {
        AssertRefused(
            "A convolution of 9x9 does not fit into 1x8x8", () => Picture(new ConvolutionDefinition(4, 9, 1)));
        AssertRefused("a size is 0", () => Picture(new DenseDefinition(0)));
        AssertRefused("padding is -1", () => Picture(new ConvolutionDefinition(4, 3, 1, -1)));
        AssertRefused("the rate is 1", () => Picture(new DropoutDefinition(1)));
        AssertRefused("above zero", () => GradientClipping.ByValue(0));
        AssertRefused(
            "takes 1x8x8 and would give 4x8x8",
            () => Picture(new ResidualDefinition([new ConvolutionDefinition(4, 3, 1, 1, Relu: false)])));
        AssertRefused("needs a categorical head; the network's gives plain", () =>
            new QNetwork(
                NetworkPresets.Dense(4, 2), new TrainingDefinition(new CategoricalCrossEntropy(), new Adam(1)),
                seed: 1));
        AssertRefused("needs plain action values; the network's head gives quantile(5)", () =>
            new QNetwork(
                NetworkPresets.Dense([4], new HeadDefinition(2) { Values = new QuantileValues(5) }), Training,
                seed: 1));
        AssertRefused("at least two", () => NetworkPresets.Dense(4));

        static void Picture(LayerDefinition layer) =>
            _ = new QNetwork(
                new NetworkDefinition("x", new FeatureShape(1, 8, 8), [layer], new HeadDefinition(2)), training: null,
                seed: 1);
    }

    [Theory]
    [InlineData(float.NaN, 0f, "the observations")]
    [InlineData(0f, float.PositiveInfinity, "the targets")]
    public void ALossThatIsNotFinite_StopsWithTheWeightsIntact(float observation, float target, string where)
    {
        var network = new QNetwork(NetworkPresets.Dense(4, 8, 2), Training, seed: 1);
        Train(0.5f, 1);
        var before = network.Store.Weights.Span.ToArray();

        var error = Assert.Throws<DivergedException>(() => Train(observation, target));

        Assert.Equal((2L, where), (error.Step, error.Layer));
        Assert.Contains($"at gradient step 2, first in {where}", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, network.Store.Weights.Span.ToArray());

        void Train(float x, float y) =>
            network.Train(
                new TrainingBatch(new Observations(new[] { x, 0, 0, 0 }, 1), [y]) { Actions = [1] }, errors: default);
    }

    [Fact]
    public void TheFirstLayerThatOverflows_IsNamed()
    {
        var network = new QNetwork(NetworkPresets.Dense(4, 8, 2), Training, seed: 1);
        network.Store.Parameters.Single(p => p.Name == "head.output.weight").Weights.Fill(float.MaxValue);

        var error = Assert.Throws<DivergedException>(() =>
            network.Train(
                new TrainingBatch(new Observations(new float[] { 9, 9, 9, 9 }, 1), [0f]) { Actions = [1] },
                errors: default));

        Assert.Equal("layer head.output (dense 2)", error.Layer);
    }

    [Fact]
    public void ANetworkWithoutTraining_SaysSo()
    {
        var network = new QNetwork(NetworkPresets.Dense(4, 2), training: null, seed: 1);

        Assert.Contains("cannot be trained", Assert.Throws<InvalidOperationException>(() =>
            network.Train(
                new TrainingBatch(new Observations(new float[4], 1), [0f]),
                errors: default)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => network.Save(new SafetensorsFile(), "", withOptimizer: true));
    }

    [Fact]
    public void WeightsOfAnotherArchitecture_AreNotCopied()
    {
        var (small, large) = (new QNetwork(NetworkPresets.Dense(4, 2), training: null, seed: 1),
            new QNetwork(NetworkPresets.Dense(4, 8, 2), training: null, seed: 1));

        AssertRefused("Weights of dense 4-8-2 do not fit dense 4-2", () => small.CopyWeightsFrom(large));
    }

    private static void AssertRefused(string message, Action action) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
}
