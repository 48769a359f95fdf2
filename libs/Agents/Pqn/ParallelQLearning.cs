using DqnAspire.Agents.Algorithms;
using DqnAspire.Agents.Exploration;
using DqnAspire.Agents.Lanes;
using DqnAspire.Agents.Networks;
using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Training;
using DqnAspire.Agents.Training.Checkpoints;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Networks;
using DqnAspire.Core.Randomness;

namespace DqnAspire.Agents.Pqn;

/// <summary>
/// Parallelised Q-learning (PQN, Gallici et al. 2024, algorithm 1): many lanes, no replay and no target network. A
/// rollout of every lane is labelled with Q(lambda) returns, and a few passes over it train the network in shuffled
/// parts; layer normalisation keeps it stable. <see cref="Rollout"/> plays, <see cref="LambdaReturns"/> labels, this
/// class trains.
/// </summary>
public sealed class ParallelQLearning : IAlgorithm
{
    private const string OnlinePrefix = "online.";
    private const string Shuffling = "shuffling";

    private readonly PqnSettings _settings;
    private readonly TrainingSession _session;
    private readonly TrainingStatistics _statistics;
    private readonly ActingLanes _lanes;
    private readonly NetworkInput _input;
    private readonly IQNetwork _network;
    private readonly Rollout _rollout;
    private readonly Pcg64 _shuffling;
    private readonly int[] _order;
    private readonly byte[] _states;
    private readonly int[] _actions;
    private readonly float[] _targets;

    private ParallelQLearning(PqnSettings settings, TrainingSession session, ILanes lanes)
    {
        (_settings, _session, _statistics) = (settings, session, session.Statistics);
        _input = NetworkFactory.Input(settings.Network, lanes.Environment);
        var definition = NetworkFactory.Define(settings.Network, lanes.Environment);
        var kept = (long)settings.Agent.RolloutSteps * lanes.Count;
        TrainingMemory.Require(
            settings, settings.Network, definition, lanes.Environment, (int)(kept / settings.Agent.MiniBatches), kept);
        _network = session.Context.Backend.Create(
            definition,
            TrainingFactory.Define(settings.Optimizer, new SquaredError()),
            session.Seeds.Initialisation);
        Policy = new NetworkPolicy(_network, _input);
        _lanes = new ActingLanes(lanes, _input.Stack, _input.Padding, new Pcg64(session.Seeds.Exploration));
        _rollout = new Rollout(settings, _lanes, _input);
        _shuffling = new Pcg64(session.Seeds.Shuffling);
        _order = new int[_rollout.Count];
        var part = _rollout.Count / settings.Agent.MiniBatches;
        _states = new byte[part * (_lanes.History.States.Length / lanes.Count)];
        _actions = new int[part];
        _targets = new float[part];
        // Short episodes end first: the mean says something when there are as many as it is taken over.
        session.Log.MinEpisodes = TrainingStatistics.Window;
    }

    /// <summary>The registration.</summary>
    public static AlgorithmDescription Description { get; } = AlgorithmDescription.Of<PqnSettings>(
        "pqn", "Parallelised Q-learning (PQN, Gallici et al. 2024).", OpenAsync);

    /// <inheritdoc/>
    public EnvironmentInfo Environment => _lanes.Lanes.Environment;

    /// <inheritdoc/>
    public IPolicy Policy { get; }

    /// <inheritdoc/>
    public string Summary =>
        $"{Environment.Id}: {_lanes.Count} lanes, {TrainingSession.Describe(Environment)}\n{_network.Summary()}";

    /// <inheritdoc/>
    public double EpsilonAt(long steps, long episodes) => EpsilonSchedule.At(_settings.Exploration, steps, episodes);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A rollout, and the training on it.</summary>
    public async Task AdvanceAsync(CancellationToken cancellationToken)
    {
        await _rollout.PlayAsync(_network, _statistics.Epsilon, cancellationToken).ConfigureAwait(false);
        _statistics.Steps += _rollout.Count;
        for (var epoch = 0; epoch < _settings.Agent.Epochs; epoch++)
        {
            TrainOnce(cancellationToken);
        }

        foreach (var episode in _lanes.Episodes.TakeEnded())
        {
            await _session.Log.EndEpisodeAsync(episode, Policy, _lanes.Counts, cancellationToken).ConfigureAwait(false);
            if (_session.Log.IsSolved)
            {
                break;
            }
        }
    }

    /// <summary>A pass over the rollout: in each part a gradient step on (Q(s, a) - G)^2.</summary>
    /// <exception cref="DivergedException">The loss is not a finite number.</exception>
    private void TrainOnce(CancellationToken cancellationToken)
    {
        // From the same order every time, so that a checkpoint need not keep it.
        for (var i = 0; i < _order.Length; i++)
        {
            _order[i] = i;
        }

        _shuffling.Shuffle(_order.AsSpan());
        for (var part = 0; part < _settings.Agent.MiniBatches; part++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _rollout.Gather(_order.AsSpan(part * _actions.Length, _actions.Length), _states, _actions, _targets);
            _network.LearningRate = _session.Context.Control.LearningRate
                ?? TrainingFactory.LearningRateAt(_settings.Optimizer, _statistics.Updates);
            var states = _input.ToObservations(_states, _actions.Length);
            var batch = new TrainingBatch(states, _targets) { Actions = _actions };
            _statistics.AddUpdate(_network.Train(batch, errors: default));
        }
    }

    /// <inheritdoc/>
    public Task SaveAsync(CheckpointBuilder checkpoint, CancellationToken cancellationToken)
    {
        _network.Save(checkpoint.Tensors, OnlinePrefix, withOptimizer: true);
        checkpoint.Generators[Shuffling] = _shuffling.State;
        return _lanes.SaveAsync(checkpoint, cancellationToken);
    }

    /// <inheritdoc/>
    public Task RestoreAsync(Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        _network.Load(checkpoint.Tensors, OnlinePrefix, withOptimizer: true);
        _shuffling.State = checkpoint.State.Generator(Shuffling);
        return _lanes.RestoreAsync(checkpoint, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _network.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<IAlgorithm> OpenAsync(
        PqnSettings settings, TrainingSession session, CancellationToken cancellationToken) =>
        new ParallelQLearning(
            settings, session, await session.OpenTrainingLanesAsync(cancellationToken).ConfigureAwait(false));
}
