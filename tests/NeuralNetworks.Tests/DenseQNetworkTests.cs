using DqnAspire.NeuralNetworks.Checkpoints;
using DqnAspire.Randomness;

namespace DqnAspire.NeuralNetworks.Tests;

public sealed class DenseQNetworkTests
{
    [Theory]
    [InlineData(new[] { 4, 32, 32, 2 }, 1282)]
    [InlineData(new[] { 8, 32, 32, 4 }, 1476)]
    public void ParameterCount_IsTheRecipes(int[] sizes, int expected)
    {
        var network = Create(sizes);

        Assert.Equal(expected, network.ParameterCount);
        Assert.Contains(expected.ToString("N0", System.Globalization.CultureInfo.InvariantCulture), network.Summary(), StringComparison.Ordinal);
        Assert.Equal($"dense {string.Join('-', sizes)}", network.Architecture);
    }

    [Fact]
    public void InitialWeights_AreHeUniform_AndBiasesZero()
    {
        var tensors = Save(Create([100, 64, 3]));

        var kernel = tensors.GetFloat32("layers.0.kernel", [100, 64]);
        var limit = Math.Sqrt(6.0 / 100);
        Assert.All(kernel, w => Assert.InRange(w, -limit, limit));
        // A uniform distribution's variance is limit^2 / 3; 6,400 draws come within a few per cent of it.
        Assert.Equal(limit * limit / 3, kernel.Average(w => (double)w * w), limit * limit / 3 * 0.05);
        Assert.All(tensors.GetFloat32("layers.0.bias", [64]), b => Assert.Equal(0, b));
    }

    [Fact]
    public void Forward_MatchesAForwardPassInDoublePrecision()
    {
        var network = Create([4, 32, 32, 2]);
        var twin = new DoubleNetwork(network);
        var observations = Random(7, 9 * 4);
        var values = new float[9 * 2];

        network.Forward(observations, 9, values);

        for (var n = 0; n < 9; n++)
        {
            var expected = twin.Forward([.. observations.AsSpan(n * 4, 4).ToArray().Select(x => (double)x)]);
            Assert.Equal(expected[0], values[n * 2], 1e-5);
            Assert.Equal(expected[1], values[(n * 2) + 1], 1e-5);
        }
    }

    [Fact]
    public void Forward_OfOneObservation_IsThatRowOfABatch()
    {
        var network = Create([4, 32, 32, 2]);
        var observations = Random(8, 32 * 4);
        var batch = new float[32 * 2];
        var one = new float[2];
        network.Forward(observations, 32, batch);

        for (var n = 0; n < 32; n++)
        {
            network.Forward(observations.AsSpan(n * 4, 4), 1, one);
            Assert.Equal(batch.AsSpan(n * 2, 2).ToArray(), one);
        }
    }

    [Fact]
    public void Gradients_MatchFiniteDifferences()
    {
        // Adam's first step hides the gradient's size, so the gradients themselves are looked at.
        var network = Create([3, 5, 4, 2]);
        var twin = new DoubleNetwork(network);
        var observations = Random(9, 6 * 3);
        var labels = Random(10, 6 * 2);
        var expected = twin.FiniteDifferences(observations, labels, 6);

        var loss = network.Train(observations, 6, labels);

        Assert.Equal(twin.Loss(observations, labels, 6), loss, 1e-5);
        var actual = twin.Flatten(network.Gradients);
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-4);
        }
    }

    [Fact]
    public void Loss_IsTheMeanOverAllEntries()
    {
        var network = Create([2, 3, 4]);
        float[] observations = [1, -1];
        var values = new float[4];
        network.Forward(observations, 1, values);
        var labels = values.ToArray();
        labels[2] += 3;

        // One entry of four is off by three.
        Assert.Equal(9f / 4, network.Train(observations, 1, labels), 1e-5f);
    }

    [Fact]
    public void Train_LearnsAFunction()
    {
        var network = new DenseQNetwork([2, 32, 32, 1], seed: 1, learningRate: 1e-2, clipValue: 2);
        var observations = Random(11, 64 * 2);
        var labels = new float[64];
        for (var i = 0; i < 64; i++)
        {
            labels[i] = (observations[i * 2] * observations[(i * 2) + 1]) + 1;
        }

        var first = network.Train(observations, 64, labels);
        var last = first;
        for (var i = 0; i < 500; i++)
        {
            last = network.Train(observations, 64, labels);
        }

        Assert.True(last < first / 100, $"loss went from {first} to {last}");
    }

    [Fact]
    public void SavedAndLoaded_TrainingGoesOnBitForBit()
    {
        var network = Create([4, 32, 32, 2]);
        var (observations, labels) = (Random(12, 32 * 4), Random(13, 32 * 2));
        for (var i = 0; i < 10; i++)
        {
            network.Train(observations, 32, labels);
        }

        using var file = new MemoryStream();
        var saved = new SafetensorsFile();
        network.Save(saved, "online.", withOptimizer: true);
        saved.Write(file);
        file.Position = 0;
        var restored = new DenseQNetwork([4, 32, 32, 2], seed: 99, learningRate: 1e-3, clipValue: 2);
        restored.Load(SafetensorsFile.Read(file), "online.", withOptimizer: true);

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(network.Train(observations, 32, labels), restored.Train(observations, 32, labels));
        }

        Assert.Equal(Bytes(network), Bytes(restored));
    }

    [Fact]
    public void CopyWeightsFrom_CopiesTheFunction()
    {
        var (source, target) = (Create([4, 8, 2], seed: 1), Create([4, 8, 2], seed: 2));
        Assert.NotEqual(Bytes(source), Bytes(target));

        target.CopyWeightsFrom(source);

        Assert.Equal(Bytes(source), Bytes(target));
    }

    [Fact]
    public void AnotherArchitecture_IsRefused_NamingBoth()
    {
        var error = Assert.Throws<ArgumentException>(() => Create([4, 8, 2]).CopyWeightsFrom(Create([4, 9, 2])));
        Assert.Contains("dense 4-9-2", error.Message, StringComparison.Ordinal);
        Assert.Contains("dense 4-8-2", error.Message, StringComparison.Ordinal);

        var load = Assert.Throws<InvalidDataException>(() => Create([4, 8, 2]).Load(Save(Create([4, 9, 2])), "", withOptimizer: false));
        Assert.Contains("[4, 9]", load.Message, StringComparison.Ordinal);
        Assert.Contains("[4, 8]", load.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void InfiniteLoss_StopsBeforeAnyWeightChanges()
    {
        var network = Create([2, 3, 1]);
        var before = Bytes(network);

        var error = Assert.Throws<DivergedException>(() => network.Train([1, 1], 1, [float.PositiveInfinity]));

        Assert.Contains("step 1", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Bytes(network));
    }

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 4 })]
    [InlineData(new[] { 4, 0, 2 })]
    public void ImpossibleSizes_AreRefused(int[] sizes) => Assert.Throws<ArgumentException>(() => Create(sizes));

    [Fact]
    public void WrongBuffers_AreRefused()
    {
        var network = Create([4, 8, 2]);

        Assert.Throws<ArgumentException>(() => network.Forward(new float[7], 2, new float[4]));
        Assert.Throws<ArgumentException>(() => network.Forward(new float[8], 2, new float[3]));
        Assert.Throws<ArgumentException>(() => network.Train(new float[8], 2, new float[5]));
        Assert.Throws<ArgumentException>(() => network.Forward([], 0, []));
    }

    [Fact]
    public void ActingAndTraining_AllocateNothing()
    {
        var network = Create([4, 32, 32, 2]);
        var (observations, labels, values) = (Random(14, 32 * 4), Random(15, 32 * 2), new float[64]);
        network.Train(observations, 32, labels);
        network.Forward(observations, 32, values);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            network.Forward(observations.AsSpan(0, 4), 1, values.AsSpan(0, 2));
            network.Train(observations, 32, labels);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static DenseQNetwork Create(int[] sizes, ulong seed = 5) => new(sizes, seed, learningRate: 1e-3, clipValue: 2);

    private static SafetensorsFile Save(DenseQNetwork network)
    {
        var file = new SafetensorsFile();
        network.Save(file, "", withOptimizer: false);
        return file;
    }

    private static byte[] Bytes(DenseQNetwork network)
    {
        using var stream = new MemoryStream();
        Save(network).Write(stream);
        return stream.ToArray();
    }

    private static float[] Random(ulong seed, int length)
    {
        var random = new Pcg64(seed);
        var values = new float[length];
        foreach (ref var value in values.AsSpan())
        {
            value = (float)random.Uniform(-1, 1);
        }

        return values;
    }
}
