using DqnAspire.Core.Networks;

namespace DqnAspire.Benchmarks.Network;

/// <summary>
/// A learner's step of Rainbow: new noise in both networks, the online network chooses the next action and the target
/// network gives its distribution, projection, importance weights, gradients clipped to a norm of 10.
/// </summary>
internal sealed class RainbowUpdate
{
    private const int Batch = 32;

    private static readonly CategoricalValues Values = new(51, -10, 10);

    private readonly byte[] _observations;
    private readonly byte[] _next;
    private readonly IQNetwork _online;
    private readonly IQNetwork _target;
    private readonly int[] _taken;
    private readonly float[] _rewards = new float[Batch];
    private readonly float[] _discounts = [.. Enumerable.Repeat(0.97f, Batch)];
    private readonly float[] _weights = [.. Enumerable.Repeat(1f, Batch)];
    private readonly float[] _errors = new float[Batch];

    public RainbowUpdate(int actions, byte[] observations, byte[] next, INetworkBackend backend)
    {
        (_observations, _next) = (observations, next);
        var definition = NetworkPresets.Nature(
            new HeadDefinition(actions) { Dueling = true, NoiseScale = 0.5, Values = Values });
        var training = new TrainingDefinition(new CategoricalCrossEntropy(), new Adam(6.25e-5) { Epsilon = 1.5e-4 })
        {
            Clipping = GradientClipping.ByGlobalNorm(10),
        };
        _online = backend.Create(definition, training, seed: 1);
        _target = backend.Create(definition, training: null, seed: 1);
        _taken = [.. Enumerable.Range(0, Batch).Select(i => i % actions)];
    }

    public void Run()
    {
        _online.DrawNoise();
        _target.DrawNoise();
        _online.TrainBootstrapped(
            new BootstrapBatch
            {
                States = new Observations(_observations, Batch),
                NextStates = new Observations(_next, Batch),
                Actions = _taken,
                Rewards = _rewards,
                Discounts = _discounts,
                Weights = _weights,
                DoubleQ = true,
                Noisy = true,
            },
            _target);
        _online.ReadLoss(_errors);
    }
}
