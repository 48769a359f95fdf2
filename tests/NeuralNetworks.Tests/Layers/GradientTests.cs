using DqnAspire.Core.Networks;
using DqnAspire.NeuralNetworks.Tests.Reference;
using DqnAspire.NeuralNetworks.Threading;

namespace DqnAspire.NeuralNetworks.Tests.Layers;

/// <summary>
/// Every layer, head and loss: outputs, losses and gradients against finite differences of the reference in float64.
/// </summary>
[Trait("Category", "Slow")]
public sealed class GradientTests
{
    private const int Batch = 5;
    private const double Step = 1e-6;
    private const double Tolerance = 2e-5;

    private static readonly FeatureShape Vector = new(5);
    private static readonly FeatureShape Picture = new(3, 9, 8);
    private static readonly HeadDefinition Plain = new(3);

    private static readonly Dictionary<string, Case> Cases = new()
    {
        ["linear"] = new(Vector, [], Plain, new SquaredError()),
        ["dense"] = new(
            Vector, [new DenseDefinition(7), new DenseDefinition(18)], Plain, new SquaredErrorOverActions()),
        ["wide dense"] = new(
            Vector, [new DenseDefinition(50), new DenseDefinition(33, Relu: false)], Plain, new HuberLoss()),
        ["convolution"] = new(Picture, [new ConvolutionDefinition(5, 3, 2)], Plain, new SquaredError()),
        ["convolutions"] = new(
            Picture,
            [
                new ConvolutionDefinition(17, 3, 1), new ConvolutionDefinition(4, 4, 2),
                new ConvolutionDefinition(3, 2, 1, Relu: false),
            ],
            Plain, new HuberLoss()),
        ["padded convolutions"] = new(
            Picture, [new ConvolutionDefinition(4, 3, 1, 1), new ConvolutionDefinition(6, 5, 3, 2)],
            Plain, new SquaredError()),
        ["cells of four"] = new(
            new FeatureShape(2, 12, 16), [new ConvolutionDefinition(6, 8, 4), new ConvolutionDefinition(5, 2, 1)],
            Plain, new SquaredError()),
        ["cells of two"] = new(
            new FeatureShape(3, 8, 6), [new ConvolutionDefinition(4, 4, 2), new DenseDefinition(6)],
            Plain, new SquaredError()),
        ["dropout"] = new(
            Picture,
            [new ConvolutionDefinition(4, 3, 2), new DropoutDefinition(0.3), new ConvolutionDefinition(3, 2, 1)],
            Plain with { HiddenUnits = 6, HiddenDropout = 0.5 }, new HuberLoss()),
        ["layer norm"] = new(
            Vector,
            [
                new DenseDefinition(9, Relu: false), new LayerNormDefinition(), new DenseDefinition(40, Relu: false),
                new LayerNormDefinition(Relu: false), new ReluDefinition(), new DenseDefinition(4),
            ],
            Plain, new SquaredError()),
        ["layer norm on pictures"] = new(
            Picture,
            [
                new ConvolutionDefinition(3, 3, 2, Relu: false), new LayerNormDefinition(),
                new ConvolutionDefinition(3, 2, 1), new LayerNormDefinition(Relu: false),
            ],
            Plain, new SquaredError()),
        ["max pool"] = new(
            Picture,
            [new ConvolutionDefinition(4, 2, 1), new MaxPoolDefinition(3, 2, 1), new ConvolutionDefinition(3, 2, 1)],
            Plain, new SquaredError()),
        ["residual"] = new(
            Picture,
            [
                new ConvolutionDefinition(4, 3, 2, 1, Relu: false),
                new ResidualDefinition(
                [
                    new ReluDefinition(), new ConvolutionDefinition(4, 3, 1, 1),
                    new ConvolutionDefinition(4, 3, 1, 1, Relu: false),
                ]),
                new ReluDefinition(),
            ],
            Plain, new SquaredError()),
        ["dueling"] = new(
            Vector, [new DenseDefinition(6)], new HeadDefinition(4) { Dueling = true, HiddenUnits = 5 },
            new HuberLoss()),
        ["noisy"] = new(
            Vector, [new DenseDefinition(6)], new HeadDefinition(3) { NoiseScale = 0.5, HiddenUnits = 20 },
            new SquaredError()),
        ["categorical"] = new(
            Vector, [new DenseDefinition(6)], new HeadDefinition(3) { Values = new CategoricalValues(7, -2, 2) },
            new CategoricalCrossEntropy()),
        ["quantile"] = new(
            Vector, [new DenseDefinition(6)], new HeadDefinition(3) { Values = new QuantileValues(5) },
            new QuantileHuberLoss()),
        ["rainbow"] = new(
            Picture, [new ConvolutionDefinition(4, 3, 2)],
            new HeadDefinition(3)
            {
                Dueling = true,
                NoiseScale = 0.5,
                HiddenUnits = 6,
                Values = new CategoricalValues(5, -1, 1),
            },
            new CategoricalCrossEntropy()),
        ["dueling on the observation's own features"] = new(
            Vector, [new DropoutDefinition(0.2), new DenseDefinition(6), new DropoutDefinition(0.2)],
            new HeadDefinition(2) { Dueling = true }, new SquaredError()),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    /// <summary>What fills up whole registers has to stay zero, or it would come into sums.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void WhatFillsUp_StaysZeroInTraining(string name)
    {
        var (observation, layers, head, loss) = Cases[name];
        using var pool = new WorkerPool(2);
        var network = new QNetwork(
            new NetworkDefinition(name, observation, layers, head), new TrainingDefinition(loss, new Sgd(0.01)),
            seed: 13, pool);
        var targetSize = loss.TargetSize(head);
        var targets = loss is CategoricalCrossEntropy
            ? Draw.Distributions(4, Batch, targetSize)
            : Draw.Floats(4, Batch * targetSize, -2, 2);
        for (var step = 0; step < 3; step++)
        {
            network.Train(
                new TrainingBatch(new Observations(Draw.Floats(1, Batch * observation.Features), Batch), targets)
                {
                    Actions = Draw.Actions(2, Batch, head.Actions),
                },
                new float[Batch]);
        }

        var weights = network.Store.Weights.Span;
        var counted = new float[weights.Length];
        foreach (var parameter in network.Store.Parameters)
        {
            parameter.Import(parameter.Export(weights), counted);
        }

        Assert.Equal(counted, weights.ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void OutputsLossAndGradients_MatchTheReference(string name)
    {
        var (observation, layers, head, loss) = Cases[name];
        var definition = new NetworkDefinition(name, observation, layers, head);
        using var pool = new WorkerPool(2);
        // With this seed no ReLU's input is so near to zero that float32 and float64 could see it on different sides.
        var network = new QNetwork(definition, new TrainingDefinition(loss, new Sgd(0)), seed: 13, pool);
        network.DrawNoise();
        var observations = Draw.Floats(1, Batch * observation.Features);
        var actions = Draw.Actions(2, Batch, head.Actions);
        var weights = Draw.Floats(3, Batch, 0.5, 1.5);
        var targetSize = loss.TargetSize(head);
        var targets = loss is CategoricalCrossEntropy
            ? Draw.Distributions(4, Batch, targetSize)
            : Draw.Floats(4, Batch * targetSize, -2, 2);

        var errors = new float[Batch];
        var actual = network.Train(
            new TrainingBatch(new Observations(observations, Batch), targets) { Actions = actions, Weights = weights },
            errors);

        var reference = new ReferenceNetwork(definition, network);
        Assert.Equal(Loss(), actual, Tolerance);
        foreach (var parameter in network.Store.Parameters)
        {
            var gradients = parameter.Export(network.Store.Gradients.Span);
            var values = reference.Parameters[parameter.Name];
            for (var i = 0; i < values.Length; i++)
            {
                var value = values[i];
                values[i] = value + Step;
                var up = Loss();
                values[i] = value - Step;
                var down = Loss();
                values[i] = value;
                var expected = (up - down) / (2 * Step);
                Assert.True(
                    Math.Abs(expected - gradients[i]) < Tolerance,
                    $"{parameter.Name}[{i}]: {gradients[i]}, not {expected}.");
            }
        }

        double Loss() => Enumerable.Range(0, Batch).Average(n => weights[n] * ReferenceLoss.Of(
            loss, head, reference.Forward(Sample(n), n, training: true), actions[n],
            [.. targets.Skip(n * targetSize).Take(targetSize).Select(t => (double)t)]));

        double[] Sample(int n) =>
            [.. observations.Skip(n * observation.Features).Take(observation.Features).Select(x => (double)x)];
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ValuesForPlay_MatchTheReferenceWithoutDropoutAndNoise(string name)
    {
        var (observation, layers, head, _) = Cases[name];
        var definition = new NetworkDefinition(name, observation, layers, head);
        using var pool = new WorkerPool(1);
        var network = new QNetwork(definition, training: null, seed: 12, pool);
        network.DrawNoise();
        var reference = new ReferenceNetwork(definition, network);
        var observations = Draw.Floats(5, Batch * observation.Features);
        var values = new float[Batch * head.Actions];

        network.Forward(new Observations(observations, Batch), values);

        for (var n = 0; n < Batch; n++)
        {
            var outputs = reference.Forward(
                [.. observations.Skip(n * observation.Features).Take(observation.Features).Select(x => (double)x)], n,
                training: false);
            for (var action = 0; action < head.Actions; action++)
            {
                var own = outputs.Skip(action * head.Values.Outputs).Take(head.Values.Outputs).ToArray();
                Assert.Equal(Expect(head.Values, own), values[(n * head.Actions) + action], Tolerance);
            }
        }
    }

    private static double Expect(ValueDistribution distribution, double[] outputs) =>
        distribution is CategoricalValues c
        ? outputs.Select(
            (x, i) => Math.Exp(x) / outputs.Sum(
            Math.Exp) * (c.Minimum + (i * (c.Maximum - c.Minimum) / (c.Atoms - 1)))).Sum()
        : outputs.Average();

    /// <summary>A network and its loss.</summary>
    private sealed record Case(
        FeatureShape Observation, LayerDefinition[] Layers, HeadDefinition Head, LossDefinition Loss);
}
