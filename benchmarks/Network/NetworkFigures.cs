using DqnAspire.Core.Networks;
using DqnAspire.Core.Randomness;

namespace DqnAspire.Benchmarks.Network;

/// <summary>
/// What is timed. An update is what a learner does with a batch: the target network's values of the next observations,
/// the targets, a forward and a backward pass, the optimiser's step; the dense one is a gradient step on given labels.
/// Observations of pictures are bytes.
/// </summary>
internal static class NetworkFigures
{
    private const int PictureSize = 4 * 84 * 84;
    private const int Actions = 6;

    private static readonly ProductSizes Nature = new(
        400 * 256 * 32, (81 * 512 * 64) + (49 * 576 * 64) + (3136 * 512) + (512 * Actions));
    private static readonly ProductSizes Nips = new(400 * 256 * 16, (81 * 256 * 32) + (2592 * 256) + (256 * Actions));
    private static readonly ProductSizes Rainbow = new(
        400 * 256 * 32, (81 * 512 * 64) + (49 * 576 * 64) + (2 * 3136 * 512) + (512 * 51 * (Actions + 1)));
    private static readonly ProductSizes Dense = new(4 * 32, (32 * 32) + (32 * 2));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<NetworkFigure> All { get; } =
    [
        new(
            "nature-update-b32", 200, 32 * Nature.Update(forwards: 1),
            backend => ValueUpdate(NetworkPresets.Nature(new HeadDefinition(Actions)), backend)),
        new("nature-act-b1", 4_000, Nature.Forward, backend => Act(1, backend)),
        new("nature-act-b8", 1_000, 8 * Nature.Forward, backend => Act(8, backend)),
        new("dense32x2-update-b128", 20_000, 128 * Dense.Update(forwards: 0), DenseUpdate),
        new(
            "nips-update-b32", 400, 32 * Nips.Update(forwards: 1),
            backend => ValueUpdate(NetworkPresets.Nips(new HeadDefinition(Actions)), backend)),
        new("rainbow-update-b32", 100, 32 * Rainbow.Update(forwards: 2), backend =>
        {
            var update = new RainbowUpdate(Actions, Pictures(1, 32), Pictures(2, 32), backend);
            return update.Run;
        }),
    ];

    private static Action ValueUpdate(NetworkDefinition definition, INetworkBackend backend)
    {
        var online = backend.Create(definition, new TrainingDefinition(new HuberLoss(), new Adam(1e-4)), seed: 1);
        var target = backend.Create(definition, training: null, seed: 1);
        var (observations, next) = (Pictures(1, 32), Pictures(2, 32));
        var taken = Enumerable.Range(0, 32).Select(i => i % Actions).ToArray();
        var (rewards, discounts) = (new float[32], Enumerable.Repeat(0.99f, 32).ToArray());
        var errors = new float[32];
        return () =>
        {
            online.TrainBootstrapped(
                new BootstrapBatch
                {
                    States = new Observations(observations, 32),
                    NextStates = new Observations(next, 32),
                    Actions = taken,
                    Rewards = rewards,
                    Discounts = discounts,
                },
                target);
            online.ReadLoss(errors);
        };
    }

    private static Action Act(int count, INetworkBackend backend)
    {
        var network = backend.Create(NetworkPresets.Nature(new HeadDefinition(Actions)), training: null, seed: 1);
        var (observations, values) = (Pictures(1, count), new float[count * Actions]);
        return () => network.Forward(new Observations(observations, count), values);
    }

    private static Action DenseUpdate(INetworkBackend backend)
    {
        var training = new TrainingDefinition(new SquaredErrorOverActions(), Adam.Keras(2e-4))
        {
            Clipping = GradientClipping.ByValue(2),
        };
        var network = backend.Create(NetworkPresets.Dense(4, 32, 32, 2), training, seed: 1);
        var random = new Pcg64(1);
        var observations = Enumerable.Range(0, 128 * 4).Select(_ => (float)random.Uniform(-1, 1)).ToArray();
        var labels = Enumerable.Range(0, 128 * 2).Select(_ => (float)random.Uniform(-1, 1)).ToArray();
        return () => network.Train(new TrainingBatch(new Observations(observations, 128), labels), errors: default);
    }

    private static byte[] Pictures(ulong seed, int count)
    {
        var random = new Pcg64(seed);
        return [.. Enumerable.Range(0, count * PictureSize).Select(_ => (byte)random.Integers(0, 256))];
    }

    /// <summary>Multiply-adds of one sample.</summary>
    /// <param name="First">Of the first layer, whose input needs no gradient.</param>
    /// <param name="Rest">Of the others.</param>
    private readonly record struct ProductSizes(double First, double Rest)
    {
        public double Forward => First + Rest;

        /// <summary>Forward passes for targets, one for the gradient, then weights' and inputs' gradients.</summary>
        public double Update(int forwards) => ((forwards + 2) * Forward) + Rest;
    }
}
