using DqnAspire.Core.Networks;
using DqnAspire.NeuralNetworks.Tests.Reference;
using DqnAspire.NeuralNetworks.Threading;

namespace DqnAspire.NeuralNetworks.Tests.Networks;

public sealed class QNetworkTests
{
    private static readonly TrainingDefinition Training = new(new HuberLoss(), new Adam(1e-3));

    [Theory]
    [InlineData("dense 4-32-32-2", "1,282")]
    [InlineData("dense 8-32-32-4", "1,476")]
    [InlineData("nature 4x84x84 unit 6", "1,687,206")]
    [InlineData("nips 4x84x84 unit 6", "677,686")]
    [InlineData("single-frame 1x84x84 unit 4", "1,680,036")]
    public void Summary_ListsLayersAndTheRecipesCounts(string architecture, string count)
    {
        NetworkDefinition[] known =
        [
            NetworkPresets.Dense(4, 32, 32, 2), NetworkPresets.Dense(8, 32, 32, 4),
            NetworkPresets.Nature(new HeadDefinition(6)),
            NetworkPresets.Nips(new HeadDefinition(6)), NetworkPresets.SingleFrame(new HeadDefinition(4)),
        ];
        var network = new QNetwork(known.Single(d => d.Name == architecture), training: null, seed: 1);

        var lines = network.Summary().Split('\n');

        Assert.Equal(architecture, network.Architecture);
        Assert.EndsWith($" {count}", lines[^1], StringComparison.Ordinal);
        Assert.StartsWith("total", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Summary_OfNature_IsThis() => Assert.Equal(
        """
        layer                             output shape          parameters
        observation                       (batch, 4, 84, 84)
        convolution 32 8x8 stride 4, ReLU (batch, 32, 20, 20)        8,224
        convolution 64 4x4 stride 2, ReLU (batch, 64, 9, 9)         32,832
        convolution 64 3x3 stride 1, ReLU (batch, 64, 7, 7)         36,928
        dense 512, ReLU                   (batch, 512)           1,606,144
        dense 6                           (batch, 6)                 3,078
        total                                                    1,687,206
        """.ReplaceLineEndings("\n"),
        string.Join('\n', Nature().Summary().Split('\n').Select(l => l.TrimEnd())));

    [Theory]
    [InlineData(Initializer.HeUniform, 0.2449, 0)]
    [InlineData(Initializer.GlorotUniform, 0.1913, 0)]
    [InlineData(Initializer.PyTorch, 0.1, 0.1)]
    public void InitialWeights_AreUniformWithinTheirLimit(Initializer initializer, double weightLimit, double biasLimit)
    {
        var network = new QNetwork(
            NetworkPresets.Dense(100, 64, 3) with { Initializer = initializer }, training: null, seed: 1);

        var parameters = network.Store.Parameters.ToDictionary(p => p.Name, p => p.Export(network.Store.Weights.Span));

        var weights = parameters["layers.0.weight"];
        Assert.All(weights, w => Assert.InRange(w, -weightLimit - 1e-4, weightLimit + 1e-4));
        // A uniform distribution's variance is limit^2 / 3; 6,400 draws come within a few per cent of it.
        Assert.Equal(
            weightLimit * weightLimit / 3, weights.Average(w => (double)w * w), weightLimit * weightLimit / 3 * 0.05);
        Assert.All(parameters["layers.0.bias"], b => Assert.InRange(b, -biasLimit, biasLimit));
        Assert.Equal(biasLimit > 0, parameters["layers.0.bias"].Any(b => b != 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(13)]
    public void OneObservation_HasTheValuesThatItHasInABatch(int count)
    {
        var network = new QNetwork(NetworkPresets.Nips(new HeadDefinition(4)), training: null, seed: 1);
        var bytes = Draw.Bytes(8, count * network.ObservationSize);
        var (batch, one) = (new float[count * 4], new float[4]);
        network.Forward(new Observations(bytes, count), batch);

        for (var n = 0; n < count; n++)
        {
            network.Forward(
                new Observations(bytes.AsSpan(n * network.ObservationSize, network.ObservationSize), 1), one);
            Assert.Equal(batch.AsSpan(n * 4, 4).ToArray(), one);
        }
    }

    [Fact]
    public void FloatsAndBytes_OfTheSamePicture_HaveTheSameValues()
    {
        var network = new QNetwork(NetworkPresets.Nips(new HeadDefinition(4)), training: null, seed: 1);
        var bytes = Draw.Bytes(8, network.ObservationSize);
        var (fromBytes, fromFloats) = (new float[4], new float[4]);

        network.Forward(new Observations(bytes, 1), fromBytes);
        network.Forward(new Observations(bytes.Select(b => b * (1f / 255)).ToArray(), 1), fromFloats);

        Assert.Equal(fromBytes, fromFloats);
    }

    [Fact]
    public void Train_LearnsAFunction()
    {
        var network = new QNetwork(
            NetworkPresets.Dense(2, 32, 32, 1),
            new TrainingDefinition(new SquaredErrorOverActions(), Adam.Keras(1e-2)), seed: 1);
        var observations = Draw.Floats(11, 64 * 2);
        var labels = Enumerable.Range(0, 64)
            .Select(i => (observations[i * 2] * observations[(i * 2) + 1]) + 1)
            .ToArray();

        var first = Train();
        var last = first;
        for (var i = 0; i < 300; i++)
        {
            last = Train();
        }

        Assert.True(last < first / 100, $"{first} to {last}");
        Assert.Equal(301, network.Steps);

        float Train() => network.Train(new TrainingBatch(new Observations(observations, 64), labels), errors: default);
    }

    [Fact]
    public void Train_GivesTdErrorsBeforeTheStepAndBeforeWeights()
    {
        var network = new QNetwork(NetworkPresets.Dense(3, 8, 2), Training, seed: 1);
        var observations = Draw.Floats(1, 4 * 3);
        var values = new float[8];
        network.Forward(new Observations(observations, 4), values);
        float[] targets = [5, -1, 0.5f, 2];
        int[] actions = [0, 1, 1, 0];
        var errors = new float[4];

        network.Train(
            new TrainingBatch(new Observations(observations, 4), targets)
            {
                Actions = actions,
                Weights = [0.1f, 1, 0, 2],
            },
            errors);

        Assert.Equal(Enumerable.Range(0, 4).Select(i => targets[i] - values[(i * 2) + actions[i]]), errors);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ThreadCounts_ChangeNoBit(bool rainbow)
    {
        var results = new[] { 1, 2, 8 }.Select(threads =>
        {
            using var pool = new WorkerPool(threads);
            var head = rainbow
                ? new HeadDefinition(3)
                {
                    Dueling = true,
                    NoiseScale = 0.5,
                    HiddenUnits = 128,
                    Values = new CategoricalValues(11, -1, 1),
                }
                : new HeadDefinition(3) { HiddenUnits = 128, HiddenDropout = 0.2 };
            var network = new QNetwork(
                NetworkPresets.Nature(head),
                new TrainingDefinition(rainbow ? new CategoricalCrossEntropy() : new HuberLoss(), new Adam(1e-3))
                {
                    Clipping = GradientClipping.ByGlobalNorm(0.5),
                },
                seed: 5,
                pool);
            var targets = rainbow ? Draw.Distributions(3, 9, 11) : Draw.Floats(3, 9);
            for (var step = 0; step < 3; step++)
            {
                network.DrawNoise();
                network.Train(
                    new TrainingBatch(
                        new Observations(Draw.Bytes((ulong)step, 9 * network.ObservationSize), 9), targets)
                    {
                        Actions = Draw.Actions(2, 9, 3),
                    },
                    errors: default);
            }

            return network.Store.Weights.Span.ToArray();
        }).ToArray();

        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    [Fact]
    public void SameSeed_GivesTheSameWeights_AndAnotherSeedOthers()
    {
        Assert.Equal(Weights(1), Weights(1));
        Assert.NotEqual(Weights(1), Weights(2));

        static float[] Weights(ulong seed) =>
            new QNetwork(NetworkPresets.Dense(4, 8, 2), training: null, seed).Store.Weights.Span.ToArray();
    }

    [Fact]
    public void AStep_AllocatesNothing()
    {
        // One thread: all that is allocated is allocated here.
        using var pool = new WorkerPool(1);
        var network = new QNetwork(NetworkPresets.Nips(new HeadDefinition(4)), Training, seed: 1, pool);
        var (bytes, targets, actions) = (Draw.Bytes(1, 8 * network.ObservationSize), new float[8], new int[8]);
        var (errors, values) = (new float[8], new float[32]);
        for (var i = 0; i < 5; i++)
        {
            Step();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();

        Step();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Step()
        {
            network.Train(new TrainingBatch(new Observations(bytes, 8), targets) { Actions = actions }, errors);
            network.Forward(new Observations(bytes, 8), values);
        }
    }

    [Fact]
    public void Noise_ChangesValuesOnlyWhereItIsAskedFor()
    {
        var network = new QNetwork(
            NetworkPresets.Dense([4, 8], new HeadDefinition(2) { NoiseScale = 0.5 }), training: null, seed: 1);
        var observations = Draw.Floats(1, 4);
        float[] quiet = Values(noisy: false);

        network.DrawNoise();
        var first = Values(noisy: true);
        network.DrawNoise();
        var second = Values(noisy: true);

        Assert.Equal(quiet, Values(noisy: false));
        Assert.NotEqual(quiet, first);
        Assert.NotEqual(first, second);
        Assert.Equal(second, Values(noisy: true));

        float[] Values(bool noisy)
        {
            var values = new float[2];
            network.Forward(new Observations(observations, 1), values, noisy);
            return values;
        }
    }

    [Fact]
    public void NoisyValues_FollowEveryChangeOfTheWeights()
    {
        var definition = NetworkPresets.Dense([4, 8], new HeadDefinition(2) { NoiseScale = 0.5 });
        var (network, other) =
            (new QNetwork(definition, Training, seed: 1), new QNetwork(definition, training: null, seed: 2));
        var observations = Draw.Floats(1, 4);
        network.DrawNoise();
        var first = Values();

        network.Train(new TrainingBatch(new Observations(observations, 1), [5f]) { Actions = [0] }, errors: default);
        var trained = Values();
        network.CopyWeightsFrom(other);
        var copied = Values();

        Assert.NotEqual(first, trained);
        Assert.NotEqual(trained, copied);

        float[] Values()
        {
            var values = new float[2];
            network.Forward(new Observations(observations, 1), values, noisy: true);
            return values;
        }
    }

    private static QNetwork Nature() => new(NetworkPresets.Nature(new HeadDefinition(6)), training: null, seed: 1);
}
