using DqnAspire.Core.Networks;
using DqnAspire.Core.Randomness;
using DqnAspire.NeuralNetworks.Threading;

namespace DqnAspire.NeuralNetworks.Tests.Golden;

/// <summary>The same training as make_golden.py: same draws, same batches, our networks.</summary>
internal sealed class GoldenRun(string name, WorkerPool pool)
{
    private const int Batches = 100;
    private const int Frames = 40;
    private const int FrameSize = 84 * 84;
    private const int Batch = 8;
    private const int DenseBatch = 128;
    private const int Atoms = 51;

    private static readonly TrainingDefinition AdamHuber = new(new HuberLoss(), new Adam(1e-5) { Epsilon = 1e-3 });

    private static readonly TrainingDefinition CentredRmsProp =
        new(new HuberLoss(), new RmsProp(1e-5) { Smoothing = 0.95, Epsilon = 0.01, Momentum = 0.95, Centred = true });

    private static readonly TrainingDefinition DenseAdam =
        new(new SquaredErrorOverActions(), new Adam(2e-3) { Epsilon = 1e-7 })
        {
            Clipping = GradientClipping.ByValue(0.5),
        };

    private static readonly TrainingDefinition Categorical = new(
        new CategoricalCrossEntropy(), new Adam(1e-5) { Epsilon = 1e-3 });

    private static readonly HeadDefinition CategoricalHead = new(4) { Values = new CategoricalValues(Atoms, -10, 10) };

    private readonly Pcg64 _random = new(3);
    private byte[] _film = [];

    /// <summary>Trains; gives each batch's loss and the trained tensors in PyTorch's order.</summary>
    public (double[] Losses, float[][] Tensors) Train()
    {
        _film = [.. Enumerable.Range(0, Frames * FrameSize).Select(_ => (byte)_random.Integers(0, 256))];
        var (network, step) = name switch
        {
            "nature-adam-huber" =>
                (Create(NetworkPresets.Nature(new HeadDefinition(6)), AdamHuber), (Func<QNetwork, float>)ValueStep),
            "nature-rmsprop-centred" =>
                (Create(NetworkPresets.Nature(new HeadDefinition(6)), CentredRmsProp), ValueStep),
            "dense-adam-clipvalue" => (Create(NetworkPresets.Dense(4, 32, 32, 2), DenseAdam), DenseStep),
            "nature-c51" => (Create(NetworkPresets.Nature(CategoricalHead), Categorical), CategoricalStep),
            _ => throw new ArgumentException($"There is no golden case '{name}'.", nameof(name)),
        };
        var losses = new double[Batches];
        for (var i = 0; i < Batches; i++)
        {
            losses[i] = step(network);
        }

        return (losses, [.. network.Store.Parameters.Select(p => p.Export(network.Store.Weights.Span))]);
    }

    private QNetwork Create(NetworkDefinition definition, TrainingDefinition training) =>
        new(definition with { Initializer = Initializer.PyTorch }, training, seed: 1, pool);

    private float ValueStep(QNetwork network)
    {
        var observations = Pictures();
        var actions = Actions(network.Actions);
        var targets = Uniform(Batch, -1.5, 1.5);
        return network.Train(
            new TrainingBatch(new Observations(observations, Batch), targets) { Actions = actions }, errors: default);
    }

    private float DenseStep(QNetwork network)
    {
        var observations = Uniform(DenseBatch * 4, -1, 1);
        var targets = Uniform(DenseBatch * 2, -20, 20);
        return network.Train(new TrainingBatch(new Observations(observations, DenseBatch), targets), errors: default);
    }

    private float CategoricalStep(QNetwork network)
    {
        var observations = Pictures();
        var actions = Actions(network.Actions);
        var targets = new float[Batch * Atoms];
        for (var sample = 0; sample < Batch; sample++)
        {
            var draws = Enumerable.Range(0, Atoms)
                .Select(_ => _random.Uniform(0.1, 1))
                .Select(u => u * u * (u * u))
                .ToArray();
            for (var atom = 0; atom < Atoms; atom++)
            {
                targets[(sample * Atoms) + atom] = (float)(draws[atom] / draws.Sum());
            }
        }

        return network.Train(
            new TrainingBatch(new Observations(observations, Batch), targets) { Actions = actions }, errors: default);
    }

    private byte[] Pictures()
    {
        var observations = new byte[Batch * 4 * FrameSize];
        for (var sample = 0; sample < Batch; sample++)
        {
            var start = (int)_random.Integers(0, Frames - 3);
            _film.AsSpan(start * FrameSize, 4 * FrameSize).CopyTo(observations.AsSpan(sample * 4 * FrameSize));
        }

        return observations;
    }

    private int[] Actions(int actions) =>
        [.. Enumerable.Range(0, Batch).Select(_ => (int)_random.Integers(0, actions))];

    private float[] Uniform(int count, double low, double high) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)_random.Uniform(low, high))];
}
