using System.Runtime.Intrinsics;
using DqnAspire.Core.Networks;
using DqnAspire.NeuralNetworks.Tests.Reference;
using DqnAspire.NeuralNetworks.Threading;

namespace DqnAspire.NeuralNetworks.Tests.Layers;

/// <summary>
/// The presets at their real size: values against the reference, and some derivatives of each tensor.
/// </summary>
public sealed class RealShapeTests
{
    private const double Step = 1e-6;

    private static readonly HeadDefinition Head = new(6);

    public static TheoryData<string> Names => ["nature", "nips", "single-frame", "impala-small", "rainbow"];

    [Theory]
    [MemberData(nameof(Names))]
    public void ValuesOfAPicture_MatchTheReference(string name)
    {
        var definition = Definition(name);
        using var pool = new WorkerPool(2);
        var network = new QNetwork(definition, training: null, seed: 3, pool);
        var reference = new ReferenceNetwork(definition, network);
        var bytes = Draw.Bytes(4, definition.Observation.Features);
        var values = new float[network.Actions];

        network.Forward(new Observations(bytes, 1), values);

        var outputs = reference.Forward([.. bytes.Select(b => b / 255.0)], 0, training: false);
        var expected = new float[network.Actions];
        ManagedParts.Create(definition.Head.Values).Expect([.. outputs.Select(v => (float)v)], expected);
        for (var action = 0; action < expected.Length; action++)
        {
            Assert.Equal(expected[action], values[action], 2e-5f);
        }
    }

    [Fact]
    public void DerivativesOfNature_MatchFiniteDifferences()
    {
        Assert.SkipUnless(Vector128.IsHardwareAccelerated, "Without vector instructions the small shapes are enough.");
        var definition = NetworkPresets.Nature(Head);
        using var pool = new WorkerPool(2);
        var network = new QNetwork(definition, new TrainingDefinition(new SquaredError(), new Sgd(0)), seed: 3, pool);
        var bytes = Draw.Bytes(5, definition.Observation.Features);
        network.Train(new TrainingBatch(new Observations(bytes, 1), [2f]) { Actions = [4] }, errors: default);

        var reference = new ReferenceNetwork(definition, network);
        var observation = bytes.Select(b => b / 255.0).ToArray();
        foreach (var parameter in network.Store.Parameters)
        {
            var gradients = parameter.Export(network.Store.Gradients.Span);
            // The element with the steepest slope: most have none, their ReLU being shut.
            var index = Array.IndexOf(gradients, gradients.MaxBy(Math.Abs));
            var values = reference.Parameters[parameter.Name];
            var value = values[index];
            values[index] = value + Step;
            var up = Loss();
            values[index] = value - Step;
            var down = Loss();
            values[index] = value;
            var expected = (up - down) / (2 * Step);
            Assert.True(Math.Abs(expected) > 1e-5, $"{parameter.Name} has no slope.");
            Assert.Equal(expected, gradients[index], Math.Abs(expected) * 1e-3);
        }

        double Loss() => Math.Pow(2 - reference.Forward(observation, 0, training: true)[4], 2);
    }

    private static NetworkDefinition Definition(string name) => name switch
    {
        "nature" => NetworkPresets.Nature(Head),
        "nips" => NetworkPresets.Nips(Head),
        "single-frame" => NetworkPresets.SingleFrame(Head),
        "impala-small" => NetworkPresets.ImpalaSmall(Head),
        _ => NetworkPresets.Nature(
            Head with { Dueling = true, NoiseScale = 0.5, Values = new CategoricalValues(51, -10, 10) }),
    };
}
