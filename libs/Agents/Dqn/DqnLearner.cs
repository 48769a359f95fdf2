using DqnAspire.Agents.Networks;
using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Replay;
using DqnAspire.Core.Safetensors;
using DqnAspire.NeuralNetworks;
using DqnAspire.NeuralNetworks.Definitions;
using DqnAspire.NeuralNetworks.Losses;
using DqnAspire.NeuralNetworks.Targets;
using DqnAspire.NeuralNetworks.Threading;

namespace DqnAspire.Agents.Dqn;

/// <summary>The online and the target network, and what one training call does with a batch.</summary>
internal sealed class DqnLearner
{
    private const string OnlinePrefix = "online.";
    private const string TargetPrefix = "target.";
    private const string OrderName = "batch.order";

    private readonly DqnSettings _settings;
    private readonly NetworkDefinition _definition;
    private readonly Loss _loss;
    private readonly QNetwork _online;
    private readonly QNetwork _target;
    private readonly Pcg64 _shuffling;
    private readonly int _actions;
    private readonly float[] _rewards;
    private readonly float[] _discounts;
    private readonly float[] _nextValues;
    private readonly float[] _selecting;
    private readonly float[] _nextDistributions;
    private readonly float[] _targets;
    private readonly float[] _errors;
    private readonly int[] _order;
    private readonly byte[] _partStates;
    private readonly float[] _partLabels;

    /// <summary>Makes both networks with the same fresh weights.</summary>
    /// <param name="settings">Every number of the run.</param>
    /// <param name="environment">What is played.</param>
    /// <param name="seeds">Where generators begin.</param>
    /// <param name="pool">Threads that both compute on; null: the process's.</param>
    /// <exception cref="SettingException">The network does not suit the environment.</exception>
    public DqnLearner(DqnSettings settings, EnvironmentInfo environment, SeedStreams seeds, WorkerPool? pool)
    {
        _settings = settings;
        _definition = NetworkFactory.Define(settings.Network, environment);
        Input = NetworkFactory.Input(settings.Network, environment);
        _loss = TrainingFactory.CreateLoss(settings.Agent.Loss, settings.Network.Returns);
        _online = new QNetwork(_definition, TrainingFactory.Define(settings.Optimizer, _loss), seeds.Initialisation, pool);
        _target = new QNetwork(_definition, training: null, seeds.Initialisation, pool);
        _shuffling = new Pcg64(seeds.Shuffling);
        Policy = new NetworkPolicy(_online, Input);

        var batch = settings.Replay.BatchSize;
        var head = _definition.Head;
        _actions = head.Actions;
        _rewards = new float[batch];
        _discounts = new float[batch];
        _nextValues = new float[batch * _actions];
        _selecting = settings.Agent.DoubleQ ? new float[batch * _actions] : _nextValues;
        _nextDistributions = settings.Network.Returns == ReturnModel.Mean ? [] : new float[batch * _actions * head.Values.Outputs];
        _targets = new float[batch * Math.Max(head.Values.Outputs, _loss.TargetSize(head))];
        _errors = new float[batch];
        _order = [.. Enumerable.Range(0, batch)];
        var part = settings.Agent.MiniBatchSize;
        _partStates = new byte[part * environment.ObservationSpace.ByteCount * settings.Network.Stack];
        _partLabels = new float[part * _actions];
    }

    /// <summary>How observations become the networks' input.</summary>
    public NetworkInput Input { get; }

    /// <summary>The online network as a policy.</summary>
    public NetworkPolicy Policy { get; }

    /// <summary>The network that chooses actions in lockstep.</summary>
    public IQNetwork Acting => _settings.Agent.ActWithTarget ? _target : _online;

    /// <summary>The network's table of layers.</summary>
    public string Summary => _online.Summary();

    /// <summary>Absolute TD errors of the last training call, [N]: what priorities are made of.</summary>
    public ReadOnlySpan<float> Errors => _errors;

    /// <summary>Copies the online network to the target network.</summary>
    public void CopyToTarget() => _target.CopyWeightsFrom(_online);

    /// <summary>A network of the same kind that only acts, beside training.</summary>
    public QNetwork CreateActing(WorkerPool pool) => new(_definition, training: null, seed: 0, pool);

    /// <summary>One training call.</summary>
    /// <param name="batch">The transitions.</param>
    /// <param name="learningRate">Step size.</param>
    /// <returns>The loss; the mean over the parts, where the batch is taken in parts.</returns>
    /// <exception cref="DivergedException">The loss is not a finite number.</exception>
    public double Train(in TransitionBatch batch, double learningRate)
    {
        _online.LearningRate = learningRate;
        if (_settings.Network.NoiseScale > 0)
        {
            _online.DrawNoise();
            _target.DrawNoise();
        }

        BellmanLabels.Resolve(_settings.Agent, batch, _rewards, _discounts);
        return _loss.CoversAllActions ? TrainOnLabels(batch) : TrainOnTargets(batch);
    }

    /// <summary>Kind and sizes of the networks.</summary>
    public string Architecture => _definition.Name;

    /// <summary>Adds both networks and all that training goes on from.</summary>
    public void Save(SafetensorsFile file)
    {
        file.Add(OrderName, [_order.Length], Array.ConvertAll(_order, i => (long)i));
        _online.Save(file, OnlinePrefix, withOptimizer: true);
        _target.Save(file, TargetPrefix, withOptimizer: false);
    }

    /// <summary>Goes on from what was saved.</summary>
    /// <exception cref="InvalidDataException">It is of another network.</exception>
    public void Load(SafetensorsFile file)
    {
        var order = file.GetInt64(OrderName, [_order.Length]);
        if (!order.Order().SequenceEqual(Enumerable.Range(0, order.Length).Select(i => (long)i)))
        {
            throw new InvalidDataException($"{OrderName} is no order of {order.Length} samples.");
        }

        Array.ConvertAll(order, i => (int)i).CopyTo(_order, 0);
        _online.Load(file, OnlinePrefix, withOptimizer: true);
        _target.Load(file, TargetPrefix, withOptimizer: false);
    }

    /// <summary>States of the generators behind mini-batches and the target network's noise.</summary>
    public (Pcg64State Shuffling, Pcg64State TargetNoise) Generators
    {
        get => (_shuffling.State, _target.Generator);
        set => (_shuffling.State, _target.Generator) = value;
    }

    private double TrainOnTargets(in TransitionBatch batch)
    {
        var noisy = _settings.Network.NoiseScale > 0;
        var next = Input.ToObservations(batch.NextStates.Span, batch.Count);
        if (_nextDistributions.Length > 0)
        {
            _target.ForwardDistributions(next, _nextDistributions, noisy);
        }

        if (_settings.Agent.DoubleQ)
        {
            _online.Forward(next, _selecting, noisy);
        }

        if (_nextDistributions.Length == 0 || !_settings.Agent.DoubleQ)
        {
            _target.Forward(next, _nextValues, noisy);
        }

        var width = _definition.Head.Values.Outputs;
        var targets = _targets.AsSpan(0, batch.Count * width);
        switch (_definition.Head.Values)
        {
            case CategoricalValues categorical:
                BellmanTargets.Categorical(categorical, _rewards, _discounts, _nextDistributions, _selecting, targets);
                break;
            case QuantileValues:
                BellmanTargets.Quantile(width, _rewards, _discounts, _nextDistributions, _selecting, targets);
                break;
            default:
                BellmanTargets.Plain(_rewards, _discounts, _nextValues, _selecting, targets);
                break;
        }

        var training = new TrainingBatch(Input.ToObservations(batch.States.Span, batch.Count), targets)
        {
            Actions = batch.Actions,
            Weights = batch.Weights,
        };
        return _online.Train(training, _errors);
    }

    /// <summary>
    /// The label of a transition is the online network's Q vector with the taken action's entry replaced; labels are computed
    /// once for the batch, which is then taken in shuffled parts.
    /// </summary>
    private double TrainOnLabels(in TransitionBatch batch)
    {
        var labels = _targets.AsSpan(0, batch.Count * _actions);
        _online.Forward(Input.ToObservations(batch.States.Span, batch.Count), labels);
        var next = Input.ToObservations(batch.NextStates.Span, batch.Count);
        _target.Forward(next, _nextValues);
        if (_settings.Agent.DoubleQ)
        {
            _online.Forward(next, _selecting);
        }

        Span<float> values = stackalloc float[batch.Count];
        BellmanTargets.Plain(_rewards, _discounts, _nextValues, _selecting, values);
        for (var i = 0; i < batch.Count; i++)
        {
            labels[(i * _actions) + batch.Actions[i]] = values[i];
        }

        return _settings.Agent.MiniBatchSize > 0
            ? TrainInParts(batch, labels)
            : _online.Train(new TrainingBatch(Input.ToObservations(batch.States.Span, batch.Count), labels), errors: default);
    }

    private double TrainInParts(in TransitionBatch batch, ReadOnlySpan<float> labels)
    {
        var stateBytes = batch.States.Length / batch.Count;
        var states = batch.States.Span;
        _shuffling.Shuffle(_order.AsSpan());
        var (sum, parts) = (0.0, 0);
        for (var start = 0; start < batch.Count; start += _settings.Agent.MiniBatchSize)
        {
            // The last part is smaller when the batch does not divide: it is trained on all the same, as Keras does.
            var part = _order.AsSpan(start, Math.Min(_settings.Agent.MiniBatchSize, batch.Count - start));
            for (var i = 0; i < part.Length; i++)
            {
                states.Slice(part[i] * stateBytes, stateBytes).CopyTo(_partStates.AsSpan(i * stateBytes));
                labels.Slice(part[i] * _actions, _actions).CopyTo(_partLabels.AsSpan(i * _actions));
            }

            var partStates = Input.ToObservations(_partStates.AsSpan(0, part.Length * stateBytes), part.Length);
            sum += _online.Train(new TrainingBatch(partStates, _partLabels.AsSpan(0, part.Length * _actions)), errors: default);
            parts++;
        }

        return sum / parts;
    }
}
