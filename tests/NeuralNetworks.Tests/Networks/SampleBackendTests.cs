using DqnAspire.Core.Networks;
using DqnAspire.Core.Safetensors;
using DqnAspire.NeuralNetworks.Tests.Reference;
using DqnAspire.Samples.NetworkBackend;

namespace DqnAspire.NeuralNetworks.Tests.Networks;

/// <summary>The sample's backend and the managed one learn the same and read each other's files.</summary>
public sealed class SampleBackendTests
{
    private const int Batch = 16;
    private const double Tolerance = 1e-4;

    private static readonly NetworkDefinition Definition = NetworkPresets.Dense(4, 16, 16, 3);

    public static TheoryData<string> Trainings => [.. Cases.Keys];

    private static Dictionary<string, TrainingDefinition> Cases { get; } = new()
    {
        ["Huber, Adam"] = new(new HuberLoss(), new Adam(1e-3)),
        ["squared error, Keras's Adam"] = new(new SquaredError(), Adam.Keras(1e-3)),
        ["labels, clipped"] = new(new SquaredErrorOverActions(), new Adam(1e-3))
        {
            Clipping = GradientClipping.ByValue(0.1),
        },
    };

    [Theory]
    [MemberData(nameof(Trainings))]
    public void AHundredUpdates_AreThoseOfTheManagedBackend(string name)
    {
        var (managed, scalar) =
            (new Learner(ManagedBackend.Shared, Cases[name]), new Learner(new ScalarBackend(), Cases[name]));

        for (var update = 0; update < 100; update++)
        {
            var (expected, expectedErrors) = managed.Update(update);
            var (actual, actualErrors) = scalar.Update(update);

            Assert.Equal(expected, actual, Tolerance * Math.Max(1, expected));
            Assert.All(expectedErrors.Zip(actualErrors), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
        }

        AssertSameWeights(managed.Online, scalar.Online);
    }

    [Fact]
    public void ARun_ContinuesOnTheOtherBackend()
    {
        var training = Cases["Huber, Adam"];
        var (stays, moves) = (new Learner(ManagedBackend.Shared, training), new Learner(new ScalarBackend(), training));
        for (var update = 0; update < 10; update++)
        {
            stays.Update(update);
        }

        moves.Online.Load(Saved(stays.Online), "", withOptimizer: true);
        moves.Target.Load(Saved(stays.Target, withOptimizer: false), "", withOptimizer: false);
        Assert.Equal(10, moves.Online.Steps);
        Assert.Equal(stays.Online.Generator, moves.Online.Generator);
        for (var update = 10; update < 30; update++)
        {
            stays.Update(update);
            moves.Update(update);
        }

        AssertSameWeights(stays.Online, moves.Online);
        stays.Online.Load(Saved(moves.Online), "", withOptimizer: true);
        AssertSameWeights(moves.Online, stays.Online);
    }

    [Fact]
    public void WhatItDoesNotSupport_IsNamed()
    {
        AssertRefused("ConvolutionDefinition", NetworkPresets.Nature(new HeadDefinition(2)), training: null);
        AssertRefused(
            "c51(5,-1,1)",
            NetworkPresets.Dense([4], new HeadDefinition(2) { Values = new CategoricalValues(5, -1, 1) }),
            training: null);
        AssertRefused("RmsProp", Definition, new TrainingDefinition(new HuberLoss(), RmsProp.DeepMind()));

        static void AssertRefused(string part, NetworkDefinition definition, TrainingDefinition? training)
        {
            var error = Assert.Throws<ArgumentException>(
                () => new ScalarBackend().Create(definition, training, seed: 1));
            Assert.StartsWith("The scalar backend does not support ", error.Message, StringComparison.Ordinal);
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
        }
    }

    private static SafetensorsFile Saved(IQNetwork network, bool withOptimizer = true)
    {
        var file = new SafetensorsFile();
        network.Save(file, "", withOptimizer);
        return file;
    }

    private static void AssertSameWeights(IQNetwork expected, IQNetwork actual)
    {
        var (first, second) = (Saved(expected), Saved(actual));
        Assert.Equal(first.Names.Order(), second.Names.Order());
        foreach (var name in first.Names.Where(n => n is not ("optimizer.steps" or "random")))
        {
            int[] shape = [.. first.ShapeOf(name)!];
            Assert.All(
                first.GetFloat32(name, shape).Zip(second.GetFloat32(name, shape)),
                pair => Assert.Equal(pair.First, pair.Second, Tolerance));
        }
    }

    /// <summary>
    /// An online and a target network from the same seed, and updates on the same random transitions.
    /// </summary>
    private sealed class Learner(INetworkBackend backend, TrainingDefinition training)
    {
        public IQNetwork Online { get; } = backend.Create(Definition, training, seed: 7);

        public IQNetwork Target { get; } = backend.Create(Definition, training: null, seed: 7);

        public (float Loss, float[] Errors) Update(int number)
        {
            var seed = (ulong)number * 10;
            var errors = new float[Batch];
            Online.TrainBootstrapped(
                new BootstrapBatch
                {
                    States = new Observations(Draw.Floats(seed + 1, Batch * 4), Batch),
                    NextStates = new Observations(Draw.Floats(seed + 2, Batch * 4), Batch),
                    Actions = Draw.Actions(seed + 3, Batch, 3),
                    Rewards = Draw.Floats(seed + 4, Batch),
                    Discounts = Draw.Floats(seed + 5, Batch, 0, 1),
                    Weights = Draw.Floats(seed + 6, Batch, 0, 1),
                    DoubleQ = number % 2 == 1,
                },
                Target);
            return (Online.ReadLoss(errors), errors);
        }
    }
}
