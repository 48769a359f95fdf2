using System.Runtime.Intrinsics;
using DqnAspire.Core.Networks;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Safetensors;
using DqnAspire.NeuralNetworks.Checkpoints;
using DqnAspire.NeuralNetworks.Inputs;
using DqnAspire.NeuralNetworks.Layers;
using DqnAspire.NeuralNetworks.Memory;
using DqnAspire.NeuralNetworks.Returns;
using DqnAspire.NeuralNetworks.Threading;

namespace DqnAspire.NeuralNetworks;

/// <summary>
/// A network of <see cref="ManagedBackend"/>. A step allocates nothing once the network has seen its largest batch.
/// </summary>
internal sealed class QNetwork : IQNetwork
{
    private readonly WorkerPool _pool;
    private readonly Pcg64 _random;
    private readonly LayerChain _layers;
    private readonly NoisyDenseLayer[] _noisyLayers;
    private readonly ParameterStore _store = new();
    private readonly InputReader _reader;
    private readonly ReturnModel _returns;
    private readonly Trainer? _trainer;
    private readonly ManagedNetworkFile _file;
    private readonly int _actions;
    private readonly int _outputs;
    private AlignedBuffer _input = AlignedBuffer.Empty;

    /// <summary>Creates a network with fresh weights.</summary>
    /// <param name="definition">The layers.</param>
    /// <param name="training">Loss and optimiser; null for a network that is never trained.</param>
    /// <param name="seed">Seed of the initial weights and then of dropout and noise.</param>
    /// <param name="pool">Threads; null for those of <see cref="WorkerPool.Shared"/>.</param>
    /// <exception cref="ArgumentException">Layers do not fit each other, or the loss does not fit the head.</exception>
    public QNetwork(NetworkDefinition definition, TrainingDefinition? training, ulong seed, WorkerPool? pool = null)
    {
        definition.Validate();
        training?.Loss.Require(definition.Head);
        (Definition, _pool) = (definition, pool ?? WorkerPool.Shared);
        (_actions, _outputs) = (definition.Head.Actions, definition.Head.Values.Outputs);
        _random = new Pcg64(seed);
        _returns = ManagedParts.Create(definition.Head.Values);
        _layers = new NetworkBuilder(_random, _pool).Build(definition);
        var leaves = Leaves(_layers).ToArray();
        _noisyLayers = [.. leaves.OfType<NoisyDenseLayer>()];
        _reader = new InputReader(_layers.Input, definition.Scaling, _pool);
        foreach (var layer in leaves)
        {
            foreach (var parameter in layer.Parameters)
            {
                parameter.Name = $"{layer.Name}.{parameter.Name}";
                _store.Add(parameter);
            }
        }

        _store.Allocate(withGradients: training is not null);
        foreach (var parameter in _store.Parameters)
        {
            parameter.Initialise(definition, _random);
        }

        if (training is not null)
        {
            _trainer = new Trainer(this, training, _returns, _pool);
        }

        _file = new ManagedNetworkFile(definition, _store, _trainer?.Optimizer, _random);
    }

    /// <inheritdoc/>
    public NetworkDefinition Definition { get; }

    /// <inheritdoc/>
    public string Device => (
        Vector512.IsHardwareAccelerated ? "cpu, 512-bit vectors, "
        : Vector256.IsHardwareAccelerated ? "cpu, 256-bit vectors, "
        : Vector128.IsHardwareAccelerated ? "cpu, 128-bit vectors, "
        : "cpu, scalar, ") + (_pool.Threads == 1 ? "1 thread" : $"{_pool.Threads} threads");

    /// <inheritdoc/>
    public long Steps => _trainer?.Optimizer.Steps ?? 0;

    /// <inheritdoc/>
    public double LearningRate
    {
        get => _trainer?.Optimizer.LearningRate ?? 0;
        set => RequireTrainer().Optimizer.LearningRate = value;
    }

    /// <inheritdoc/>
    public Pcg64State Generator
    {
        get => _random.State;
        set => _random.State = value;
    }

    internal ParameterStore Store => _store;

    internal LayerChain Layers => _layers;

    internal AlignedBuffer Input => _input;

    /// <inheritdoc/>
    public string Summary() => NetworkSummary.Of(Definition, _layers);

    /// <inheritdoc/>
    public void Forward(Observations observations, Span<float> actionValues, bool noisy = false)
    {
        BatchChecks.RequireObservations(observations, Definition);
        BatchChecks.RequireLength(actionValues.Length, observations.Count, _actions, nameof(actionValues));
        Forward(observations, actionValues, [], noisy);
    }

    /// <inheritdoc/>
    public void ForwardDistributions(Observations observations, Span<float> distributions, bool noisy = false)
    {
        BatchChecks.RequireObservations(observations, Definition);
        BatchChecks.RequireLength(distributions.Length, observations.Count, _actions * _outputs, nameof(distributions));
        Forward(observations, [], distributions, noisy);
    }

    /// <inheritdoc/>
    public void DrawNoise()
    {
        foreach (var layer in _noisyLayers)
        {
            layer.Draw(_random);
        }
    }

    /// <inheritdoc/>
    public void Train(in TrainingBatch batch) => RequireTrainer().Train(batch);

    /// <inheritdoc/>
    public void TrainBootstrapped(in BootstrapBatch batch, IQNetwork target) => RequireTrainer().Train(batch, target);

    /// <inheritdoc/>
    public float ReadLoss(Span<float> errors) => RequireTrainer().ReadLoss(errors);

    /// <inheritdoc/>
    public void CopyWeightsFrom(IQNetwork other)
    {
        RequireSameArchitecture(other).Store.Weights.Span.CopyTo(_store.Weights.Span);
        _store.Changed();
    }

    /// <inheritdoc/>
    public void Save(SafetensorsFile file, string prefix, bool withOptimizer) =>
        _file.Save(file, prefix, withOptimizer);

    /// <inheritdoc/>
    public void Load(SafetensorsFile file, string prefix, bool withOptimizer) =>
        _file.Load(file, prefix, withOptimizer);

    /// <summary>Nothing to release: buffers are managed memory, and the threads belong to the backend.</summary>
    public void Dispose()
    {
    }

    /// <summary>Computes action values, distributions or both in one pass; an empty buffer is not filled.</summary>
    internal void Forward(Observations observations, Span<float> actionValues, Span<float> distributions, bool noisy)
    {
        Run(observations, noisy ? Pass.Exploration : Pass.Evaluation);
        var width = _actions * _outputs;
        for (var sample = 0; sample < observations.Count; sample++)
        {
            var outputs = Outputs(sample);
            if (!actionValues.IsEmpty)
            {
                _returns.Expect(outputs, actionValues.Slice(sample * _actions, _actions));
            }

            if (!distributions.IsEmpty)
            {
                _returns.Resolve(outputs, distributions.Slice(sample * width, width));
            }
        }
    }

    /// <summary>Runs the layers; their last value is the head's outputs.</summary>
    internal void Run(Observations observations, Pass pass)
    {
        var needed = observations.Count * _layers.Input.SampleStride;
        if (_input.Length < needed)
        {
            _input = new AlignedBuffer(needed);
        }

        _layers.Reserve(observations.Count, training: pass == Pass.Training);
        _reader.Read(observations, _input);
        _layers.Forward(_input, observations.Count, pass);
    }

    /// <summary>The head's outputs for a sample of the last pass, [actions, outputs].</summary>
    internal Span<float> Outputs(int sample) =>
        _layers.Value.Slice(sample * _layers.Output.SampleStride, _actions * _outputs);

    /// <summary>Gives another network of this backend as what it is.</summary>
    /// <exception cref="ArgumentException">It is of another backend or has another architecture.</exception>
    internal QNetwork RequireSameArchitecture(IQNetwork other) =>
        other is QNetwork network && network.Definition.Name == Definition.Name
            && network._store.Length == _store.Length
            ? network
            : throw new ArgumentException(
                $"Weights of {other.Definition.Name} do not fit {Definition.Name}.", nameof(other));

    /// <summary>The layers that are not made of others, in order.</summary>
    internal static IEnumerable<Layer> Leaves(Layer layer) =>
        layer.Children.Any() ? layer.Children.SelectMany(Leaves) : [layer];

    private Trainer RequireTrainer() => _trainer ?? throw new InvalidOperationException(
        $"The network {Definition.Name} was made without a loss and an optimiser: it cannot be trained.");
}
