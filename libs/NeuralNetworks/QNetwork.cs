using System.Runtime.Intrinsics;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Safetensors;
using DqnAspire.NeuralNetworks.Checkpoints;
using DqnAspire.NeuralNetworks.Definitions;
using DqnAspire.NeuralNetworks.Inputs;
using DqnAspire.NeuralNetworks.Layers;
using DqnAspire.NeuralNetworks.Losses;
using DqnAspire.NeuralNetworks.Memory;
using DqnAspire.NeuralNetworks.Optimizers;
using DqnAspire.NeuralNetworks.Threading;

namespace DqnAspire.NeuralNetworks;

/// <summary>
/// The managed backend: float32 on the processor's vector registers and on several threads. Sums run in a fixed order
/// whatever the number of threads, so that the same seed gives the same weights, bit for bit, on machines with the same
/// registers. A step allocates nothing once the largest batch has been seen.
/// </summary>
public sealed class QNetwork : IQNetwork
{
    private readonly NetworkDefinition _definition;
    private readonly TrainingDefinition? _training;
    private readonly WorkerPool _pool;
    private readonly Pcg64 _random;
    private readonly LayerChain _layers;
    private readonly NoisyDenseLayer[] _noisyLayers;
    private readonly ParameterStore _store = new();
    private readonly InputReader _reader;
    private readonly Optimizer? _optimizer;
    private readonly GradientStep? _step;
    private readonly NetworkFile _file;
    private AlignedBuffer _input = AlignedBuffer.Empty;

    /// <summary>A network with fresh weights.</summary>
    /// <param name="definition">Its layers.</param>
    /// <param name="training">How it is trained; null for one that is only asked.</param>
    /// <param name="seed">Seed of the initial weights, and after them of dropout and noise.</param>
    /// <param name="pool">Threads; null: one for each processor, shared by the process's networks.</param>
    /// <exception cref="ArgumentException">Layers do not fit each other, or the loss does not fit the head.</exception>
    public QNetwork(NetworkDefinition definition, TrainingDefinition? training, ulong seed, WorkerPool? pool = null)
    {
        (_definition, _training, _pool) = (definition, training, pool ?? WorkerPool.Shared);
        training?.Loss.Require(definition.Head);
        _random = new Pcg64(seed);
        _layers = new NetworkBuilder(_random, _pool).Build(definition);
        _noisyLayers = [.. Leaves(_layers).OfType<NoisyDenseLayer>()];
        _reader = new InputReader(_layers.Input, definition.Scaling, _pool);
        foreach (var layer in Leaves(_layers))
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
            definition.Initializer.Fill(parameter, definition.Head.NoiseScale, _random);
        }

        if (training is not null)
        {
            _optimizer = training.Optimizer.Create();
            _optimizer.Attach(_store);
            _step = new GradientStep(_store, _optimizer, training.Clipping, _pool);
        }

        _file = new NetworkFile(definition.Name, _store, _optimizer, _random);
    }

    /// <inheritdoc/>
    public int ObservationSize => _definition.Observation.Features;

    /// <inheritdoc/>
    public int Actions => _definition.Head.Actions;

    /// <inheritdoc/>
    public int OutputsPerAction => _definition.Head.Values.Outputs;

    /// <inheritdoc/>
    public string Architecture => _definition.Name;

    /// <inheritdoc/>
    public string Device => (
        Vector512.IsHardwareAccelerated ? "cpu, 512-bit vectors, "
        : Vector256.IsHardwareAccelerated ? "cpu, 256-bit vectors, "
        : Vector128.IsHardwareAccelerated ? "cpu, 128-bit vectors, "
        : "cpu, scalar, ") + (_pool.Threads == 1 ? "1 thread" : $"{_pool.Threads} threads");

    /// <inheritdoc/>
    public long Steps => _optimizer?.Steps ?? 0;

    /// <inheritdoc/>
    public double LearningRate
    {
        get => _optimizer?.LearningRate ?? 0;
        set => (_optimizer ?? throw new InvalidOperationException($"The network {Architecture} was made without an optimiser.")).LearningRate = value;
    }

    /// <summary>State of the generator behind dropout and noise.</summary>
    public Pcg64State Generator
    {
        get => _random.State;
        set => _random.State = value;
    }

    /// <summary>Trainable parameters.</summary>
    public int ParameterCount => _store.Parameters.Sum(p => p.Count);

    internal ParameterStore Store => _store;

    internal LayerChain Layers => _layers;

    /// <inheritdoc/>
    public string Summary() => NetworkSummary.Of(_definition, _layers);

    /// <inheritdoc/>
    public void Forward(Observations observations, Span<float> actionValues, bool noisy = false)
    {
        RequireObservations(observations);
        RequireLength(actionValues.Length, observations.Count, Actions, nameof(actionValues));
        Forward(observations, noisy ? Pass.Exploration : Pass.Evaluation);
        for (var sample = 0; sample < observations.Count; sample++)
        {
            _definition.Head.Values.Expect(Outputs(sample), actionValues.Slice(sample * Actions, Actions));
        }
    }

    /// <inheritdoc/>
    public void ForwardDistributions(Observations observations, Span<float> distributions, bool noisy = false)
    {
        var width = Actions * OutputsPerAction;
        RequireObservations(observations);
        RequireLength(distributions.Length, observations.Count, width, nameof(distributions));
        Forward(observations, noisy ? Pass.Exploration : Pass.Evaluation);
        for (var sample = 0; sample < observations.Count; sample++)
        {
            _definition.Head.Values.Resolve(Outputs(sample), distributions.Slice(sample * width, width));
        }
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
    public float Train(in TrainingBatch batch, Span<float> errors)
    {
        var (training, optimizer) = (Training, _optimizer!);
        RequireBatch(batch, errors, training.Loss);
        _layers.Reserve(batch.Count, training: true);
        Forward(batch.Observations, Pass.Training);
        var loss = ComputeLoss(batch, errors, training.Loss);
        if (!float.IsFinite(loss))
        {
            throw new DivergedException(loss, optimizer.Steps + 1, FirstNotFinite(batch));
        }

        _layers.Backward(_input, batch.Count, InputGradient.None);
        _step!.Run();
        return loss;
    }

    /// <inheritdoc/>
    public void CopyWeightsFrom(IQNetwork other)
    {
        if (other is not QNetwork network || network.Architecture != Architecture)
        {
            throw new ArgumentException($"Weights of {other.Architecture} do not fit {Architecture}.", nameof(other));
        }

        network._store.Weights.Span.CopyTo(_store.Weights.Span);
        _store.Changed();
    }

    /// <inheritdoc/>
    public void Save(SafetensorsFile file, string prefix, bool withOptimizer) => _file.Save(file, prefix, withOptimizer);

    /// <inheritdoc/>
    public void Load(SafetensorsFile file, string prefix, bool withOptimizer) => _file.Load(file, prefix, withOptimizer);

    private TrainingDefinition Training =>
        _training ?? throw new InvalidOperationException($"The network {Architecture} was made without a loss and an optimiser: it cannot be trained.");

    private static IEnumerable<Layer> Leaves(Layer layer) =>
        layer.Children.Any() ? layer.Children.SelectMany(Leaves) : [layer];

    private void Forward(Observations observations, Pass pass)
    {
        var needed = observations.Count * _layers.Input.SampleStride;
        if (_input.Length < needed)
        {
            _input = new AlignedBuffer(needed);
        }

        _layers.Reserve(observations.Count, training: false);
        _reader.Read(observations, _input);
        _layers.Forward(_input, observations.Count, pass);
    }

    private Span<float> Outputs(int sample) =>
        _layers.Value.Slice(sample * _layers.Output.SampleStride, Actions * OutputsPerAction);

    private float ComputeLoss(in TrainingBatch batch, Span<float> errors, Loss loss)
    {
        var targetSize = loss.TargetSize(_definition.Head);
        _layers.Delta.Slice(0, batch.Count * _layers.Output.SampleStride).Clear();
        var sum = 0.0;
        for (var sample = 0; sample < batch.Count; sample++)
        {
            var delta = _layers.Delta.Slice(sample * _layers.Output.SampleStride, Actions * OutputsPerAction);
            ReadOnlySpan<float> outputs = Outputs(sample);
            if (!loss.CoversAllActions)
            {
                var taken = batch.Actions[sample] * OutputsPerAction;
                delta = delta.Slice(taken, OutputsPerAction);
                outputs = outputs.Slice(taken, OutputsPerAction);
            }

            var weight = batch.WeightOf(sample);
            sum += weight * loss.Sample(outputs, batch.Targets.Slice(sample * targetSize, targetSize), delta, out var error);
            var scale = weight / batch.Count;
            foreach (ref var element in delta)
            {
                element *= scale;
            }

            if (!errors.IsEmpty)
            {
                errors[sample] = error;
            }
        }

        return (float)(sum / batch.Count);
    }

    private string FirstNotFinite(in TrainingBatch batch)
    {
        if (!IsFinite(_input.Slice(0, batch.Count * _layers.Input.SampleStride)))
        {
            return "the observations";
        }

        foreach (var layer in Leaves(_layers).Append(_layers))
        {
            if (!IsFinite(layer.Value.Slice(0, batch.Count * layer.Output.SampleStride)))
            {
                return $"layer {layer.Name} ({layer.Description})";
            }
        }

        return IsFinite(batch.Targets) ? "the loss" : "the targets";
    }

    private static bool IsFinite(ReadOnlySpan<float> values)
    {
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }

    private void RequireObservations(Observations observations)
    {
        var (count, stride) = (observations.Count, observations.Stride);
        if (count < 1 || stride < ObservationSize || observations.Length != ((count - 1L) * stride) + ObservationSize)
        {
            throw new ArgumentException(
                $"observations has shape [{observations.Length}]; [{count}, {ObservationSize}] is needed.", nameof(observations));
        }
    }

    private void RequireBatch(in TrainingBatch batch, Span<float> errors, Loss loss)
    {
        RequireObservations(batch.Observations);
        RequireLength(batch.Targets.Length, batch.Count, loss.TargetSize(_definition.Head), nameof(batch.Targets));
        if (!batch.Weights.IsEmpty)
        {
            RequireLength(batch.Weights.Length, batch.Count, 1, nameof(batch.Weights));
        }

        if (!errors.IsEmpty)
        {
            RequireLength(errors.Length, batch.Count, 1, nameof(errors));
        }

        if (loss.CoversAllActions)
        {
            return;
        }

        RequireLength(batch.Actions.Length, batch.Count, 1, nameof(batch.Actions));
        foreach (var action in batch.Actions)
        {
            if ((uint)action >= (uint)Actions)
            {
                throw new ArgumentException($"{action} is no action; there are 0..{Actions - 1}.", nameof(batch));
            }
        }
    }

    private static void RequireLength(int length, int count, int width, string name)
    {
        if (count < 1 || length != (long)count * width)
        {
            throw new ArgumentException($"{name} has shape [{length}]; [{count}, {width}] is needed.", name);
        }
    }
}
