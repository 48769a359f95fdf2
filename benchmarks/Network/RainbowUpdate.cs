using DqnAspire.NeuralNetworks;
using DqnAspire.NeuralNetworks.Definitions;
using DqnAspire.NeuralNetworks.Inputs;
using DqnAspire.NeuralNetworks.Losses;
using DqnAspire.NeuralNetworks.Optimizers;
using DqnAspire.NeuralNetworks.Presets;
using DqnAspire.NeuralNetworks.Targets;
using DqnAspire.NeuralNetworks.Threading;

namespace DqnAspire.Benchmarks.Network;

/// <summary>
/// A learner's step of Rainbow: new noise in both networks, the online network chooses the next action and the target network
/// gives its distribution, projection, importance weights, gradients clipped to a norm of 10.
/// </summary>
internal sealed class RainbowUpdate
{
    private const int Batch = 32;

    private static readonly CategoricalValues Values = new(51, -10, 10);

    private readonly byte[] _observations;
    private readonly byte[] _next;
    private readonly QNetwork _online;
    private readonly QNetwork _target;
    private readonly int[] _taken;
    private readonly float[] _rewards = new float[Batch];
    private readonly float[] _discounts = [.. Enumerable.Repeat(0.97f, Batch)];
    private readonly float[] _weights = [.. Enumerable.Repeat(1f, Batch)];
    private readonly float[] _targets = new float[Batch * Values.Atoms];
    private readonly float[] _errors = new float[Batch];
    private readonly float[] _selecting;
    private readonly float[] _distributions;

    public RainbowUpdate(int actions, byte[] observations, byte[] next, WorkerPool pool)
    {
        (_observations, _next) = (observations, next);
        var definition = NetworkPresets.Nature(new HeadDefinition(actions) { Dueling = true, NoiseScale = 0.5, Values = Values });
        var training = new TrainingDefinition(new CategoricalCrossEntropy(), new Adam(6.25e-5) { Epsilon = 1.5e-4 })
        {
            Clipping = GradientClipping.ByGlobalNorm(10),
        };
        _online = new QNetwork(definition, training, seed: 1, pool);
        _target = new QNetwork(definition, training: null, seed: 1, pool);
        _taken = [.. Enumerable.Range(0, Batch).Select(i => i % actions)];
        _selecting = new float[Batch * actions];
        _distributions = new float[Batch * actions * Values.Atoms];
    }

    public void Run()
    {
        _online.DrawNoise();
        _target.DrawNoise();
        _online.Forward(new Observations(_next, Batch), _selecting, noisy: true);
        _target.ForwardDistributions(new Observations(_next, Batch), _distributions, noisy: true);
        BellmanTargets.Categorical(Values, _rewards, _discounts, _distributions, _selecting, _targets);
        _online.Train(
            new TrainingBatch(new Observations(_observations, Batch), _targets) { Actions = _taken, Weights = _weights }, _errors);
    }
}
