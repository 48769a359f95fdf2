using DqnAspire.Core.Networks;
using DqnAspire.Core.Safetensors;
using DqnAspire.NeuralNetworks.Tests.Reference;

namespace DqnAspire.NeuralNetworks.Tests.Checkpoints;

public sealed class NetworkFileTests
{
    private static readonly TrainingDefinition Training = new(new HuberLoss(), RmsProp.DeepMind());

    private static readonly NetworkDefinition Definition = new(
        "test", new FeatureShape(2, 12, 12),
        [new ConvolutionDefinition(5, 4, 4), new DropoutDefinition(0.2), new DenseDefinition(7)],
        new HeadDefinition(3) { Dueling = true, NoiseScale = 0.5, HiddenUnits = 6 });

    [Fact]
    public void TrainingGoesOn_AsIfItHadNotStopped()
    {
        var network = new QNetwork(Definition, Training, seed: 1);
        Train(network, 1);
        var file = new SafetensorsFile();
        network.Save(file, "online.", withOptimizer: true);
        Train(network, 2);

        var resumed = new QNetwork(Definition, Training, seed: 99);
        resumed.Load(RoundTrip(file), "online.", withOptimizer: true);
        Train(resumed, 2);

        Assert.Equal(network.Store.Weights.Span.ToArray(), resumed.Store.Weights.Span.ToArray());
        Assert.Equal(network.Steps, resumed.Steps);
    }

    [Fact]
    public void Tensors_HavePyTorchsShapesAndOrder()
    {
        var network = new QNetwork(Definition, training: null, seed: 1);
        var file = new SafetensorsFile();

        network.Save(file, "", withOptimizer: false);

        Assert.Equal("test", file.Metadata["architecture"]);
        Assert.Equal(
            [
                "layers.0.weight", "layers.0.bias", "layers.2.weight", "layers.2.bias",
                .. from branch in new[] { "value", "advantage" }
                   from layer in new[] { "hidden", "output" }
                   from tensor in new[] { "weight_mu", "weight_sigma", "bias_mu", "bias_sigma" }
                   select $"head.{branch}.{layer}.{tensor}",
            ],
            file.Names);
        // The values' order is what the reference, which takes them by PyTorch's indices, is tested with.
        Assert.Equal(5 * 2 * 4 * 4, file.GetFloat32("layers.0.weight", [5, 2, 4, 4]).Length);
        Assert.Equal(7 * 5 * 3 * 3, file.GetFloat32("layers.2.weight", [7, 45]).Length);
    }

    [Fact]
    public void OnlineAndTarget_FitIntoOneFile()
    {
        var (online, target) =
            (new QNetwork(Definition, Training, seed: 1), new QNetwork(Definition, training: null, seed: 2));
        var file = new SafetensorsFile();
        online.Save(file, "online.", withOptimizer: true);
        target.Save(file, "target.", withOptimizer: false);
        var read = new QNetwork(Definition, training: null, seed: 3);

        read.Load(RoundTrip(file), "target.", withOptimizer: false);

        Assert.Equal(target.Store.Weights.Span.ToArray(), read.Store.Weights.Span.ToArray());
    }

    [Fact]
    public void AFileOfAnotherArchitecture_IsRefusedAndChangesNothing()
    {
        var file = new SafetensorsFile();
        new QNetwork(NetworkPresets.Dense(4, 16, 2), training: null, seed: 1).Save(file, "", withOptimizer: false);
        var network = new QNetwork(NetworkPresets.Dense(4, 8, 2), Training, seed: 2);
        var before = network.Store.Weights.Span.ToArray();

        var named = Assert.Throws<InvalidDataException>(() => network.Load(file, "", withOptimizer: false));
        file.Metadata.Clear();
        var shaped = Assert.Throws<InvalidDataException>(() => network.Load(file, "", withOptimizer: false));
        var lacking = Assert.Throws<InvalidDataException>(
            () => network.Load(new SafetensorsFile(), "", withOptimizer: false));

        Assert.Contains("'dense 4-16-2'; it does not fit 'dense 4-8-2'", named.Message, StringComparison.Ordinal);
        Assert.Contains(
            "'layers.0.weight' is F32 [16, 4]; F32 [8, 4] is needed", shaped.Message, StringComparison.Ordinal);
        Assert.Contains("'layers.0.weight' is missing", lacking.Message, StringComparison.Ordinal);
        Assert.Equal(before, network.Store.Weights.Span.ToArray());
    }

    [Fact]
    public void AFileWithoutTheOptimiser_IsRefusedWhereItIsNeeded()
    {
        var network = new QNetwork(NetworkPresets.Dense(4, 8, 2), Training, seed: 2);
        var file = new SafetensorsFile();
        network.Save(file, "", withOptimizer: false);

        Assert.Contains(
            "'optimizer.square.layers.0.weight' is missing",
            Assert.Throws<InvalidDataException>(() => network.Load(file, "", withOptimizer: true)).Message,
            StringComparison.Ordinal);
    }

    private static void Train(QNetwork network, ulong seed)
    {
        for (var step = 0; step < 3; step++)
        {
            network.DrawNoise();
            network.Train(
                new TrainingBatch(
                    new Observations(Draw.Bytes(seed, 4 * network.ObservationSize), 4), Draw.Floats(seed, 4))
                {
                    Actions = [0, 1, 2, 0],
                },
                errors: default);
        }
    }

    private static SafetensorsFile RoundTrip(SafetensorsFile file)
    {
        using var stream = new MemoryStream();
        file.Write(stream);
        stream.Position = 0;
        return SafetensorsFile.Read(stream);
    }
}
