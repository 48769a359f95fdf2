using DqnAspire.Agents.Algorithms;
using DqnAspire.Agents.Dqn.Recipes;
using DqnAspire.Agents.Exploration;
using DqnAspire.Agents.Lanes;
using DqnAspire.Agents.Networks;
using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Agents.Training.Checkpoints;
using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Networks;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Replay;

namespace DqnAspire.Agents.Dqn;

/// <summary>
/// Deep Q-learning (Mnih et al. 2015, algorithm 1) and its family: double Q-learning, n-step returns, prioritised
/// replay, dueling and noisy networks, distributions of returns. This file is the whole algorithm. In lockstep a step
/// acts in every lane with the newest weights, stores the transitions, and updates the network as often as is due. In
/// concurrent phases (Daley and Amato 2021) acting and updating run side by side. Both are functions of the seed alone.
/// </summary>
public sealed class DeepQLearning : IAlgorithm
{
    private const string OnlinePrefix = "online.";
    private const string TargetPrefix = "target.";
    private const string TargetNoise = "target_noise";

    private readonly DqnSettings _settings;
    private readonly TrainingSession _session;
    private readonly TrainingStatistics _statistics;
    private readonly ActingLanes _lanes;
    private readonly Actor _actor;
    private readonly Experience _experience;
    private readonly NetworkInput _input;
    private readonly IQNetwork _online;
    private readonly IQNetwork _target;
    private readonly RecipeRule? _rule;
    private readonly ConcurrentPhase? _phase;
    private readonly bool _noisy;
    private readonly float[] _rewards;
    private readonly float[] _discounts;
    private readonly float[] _errors;

    private DeepQLearning(DqnSettings settings, TrainingSession session, ILanes lanes)
    {
        (_settings, _session, _statistics) = (settings, session, session.Statistics);
        _rule = RecipeRules.Create(settings.Agent.Rule);
        _noisy = settings.Network.NoiseScale > 0;
        _input = NetworkFactory.Input(settings.Network, lanes.Environment);
        var definition = NetworkFactory.Define(settings.Network, lanes.Environment);
        TrainingMemory.Require(
            settings, settings.Network, definition, lanes.Environment, settings.Replay.BatchSize, lanes.Count);
        var loss = _rule?.Loss ?? settings.Agent.DefineLoss(definition.Head.Values);
        var (backend, seed) = (session.Context.Backend, session.Seeds.Initialisation);
        _online = backend.Create(definition, TrainingFactory.Define(settings.Optimizer, loss), seed);
        _target = backend.Create(definition, training: null, seed);
        Policy = new NetworkPolicy(_online, _input);

        _lanes = new ActingLanes(lanes, _input.Stack, _input.Padding, new Pcg64(session.Seeds.Exploration));
        _actor = new Actor(_lanes, _input, _noisy);
        _experience = new Experience(settings, session, lanes.Environment);
        _phase = settings.Agent.Concurrent
            ? new ConcurrentPhase(backend.CreateActing(definition), lanes.Environment)
            : null;
        _rule?.Begin(settings, session.Seeds, definition, _input);
        _rewards = new float[settings.Replay.BatchSize];
        _discounts = new float[settings.Replay.BatchSize];
        _errors = new float[settings.Replay.BatchSize];
    }

    /// <summary>The registration.</summary>
    public static AlgorithmDescription Description { get; } = AlgorithmDescription.Of<DqnSettings>(
        "dqn", "Deep Q-learning and its family, up to Rainbow (Mnih et al. 2015, Hessel et al. 2018).", OpenAsync);

    /// <inheritdoc/>
    public EnvironmentInfo Environment => _lanes.Lanes.Environment;

    /// <inheritdoc/>
    public IPolicy Policy { get; }

    /// <inheritdoc/>
    public string Summary => $"{Environment.Id}: {TrainingSession.Describe(Environment)}\n{_online.Summary()}";

    /// <inheritdoc/>
    public ValidationSection Validation => _settings.Validation;

    /// <inheritdoc/>
    public double EpsilonAt(long steps, long episodes) => EpsilonSchedule.At(_settings.Exploration, steps, episodes);

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _experience.CreateAsync(cancellationToken).ConfigureAwait(false);
        // Not before the table is there: a run that only waits for a service has not begun.
        _session.Enter(RunState.WarmingUp);
        await _experience.PrefillAsync(_actor, _lanes, cancellationToken).ConfigureAwait(false);
        await _actor.BeginAsync(_experience.Session, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task AdvanceAsync(CancellationToken cancellationToken)
    {
        await (_phase is not null && _experience.CanTrain
            ? RunPhaseAsync(_phase, cancellationToken)
            : StepAsync(cancellationToken)).ConfigureAwait(false);
        foreach (var episode in _lanes.Episodes.TakeEnded())
        {
            await _session.Log.EndEpisodeAsync(episode, Policy, _lanes.Counts, cancellationToken).ConfigureAwait(false);
            CopyToTargetWhenDue(TargetUnit.Episodes, _statistics.Episodes - 1, _statistics.Episodes);
            if (_session.Log.IsSolved || _statistics.IsLimitReached)
            {
                break;
            }
        }
    }

    /// <summary>A step in every lane, and the updates that are due after it.</summary>
    private async Task StepAsync(CancellationToken cancellationToken)
    {
        var acting = _rule?.ActsWithTarget == true ? _target : _online;
        await _actor.StepAsync(acting, _statistics.Epsilon, _experience.Session, cancellationToken)
            .ConfigureAwait(false);
        var before = Count(_lanes.Count);
        if (_experience.CanTrain)
        {
            _statistics.State = RunState.Training;
            // Where priorities change, each batch is drawn after the update before it.
            var updates = UpdatesDue(before, _statistics.Steps);
            var together = _settings.Replay.Sampling == SamplingKind.Prioritized ? 1 : updates;
            for (var done = 0; done < updates; done += together)
            {
                await _experience.RequestAsync(together, _statistics.Steps, cancellationToken).ConfigureAwait(false);
                await UpdateAsync(together, cancellationToken).ConfigureAwait(false);
                await _experience.SendPrioritiesAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        CopyToTargetWhenDue(TargetUnit.Steps, before, _statistics.Steps);
    }

    /// <summary>
    /// Acts and updates at the same time: actions are chosen with the weights that the phase begins with, batches are
    /// drawn from what was stored before it, and its steps are stored at its end.
    /// </summary>
    private async Task RunPhaseAsync(ConcurrentPhase phase, CancellationToken cancellationToken)
    {
        _statistics.State = RunState.Training;
        var periods = Math.Max(1, _settings.Agent.ConcurrentUpdates / _settings.Agent.UpdatesPerPeriod);
        var iterations = Math.Max(1, periods * UpdatePeriod / _lanes.Count);
        var due = UpdatesDue(_statistics.Steps, _statistics.Steps + (iterations * _lanes.Count));
        await _experience.RequestAsync(due, _statistics.Steps, cancellationToken).ConfigureAwait(false);
        await phase.RunAsync(
            _actor, _rule?.ActsWithTarget == true ? _target : _online, iterations, _statistics.Epsilon,
            () => UpdateAsync(due, cancellationToken), _experience.Session, cancellationToken).ConfigureAwait(false);
        await _experience.SendPrioritiesAsync(cancellationToken).ConfigureAwait(false);
        var before = Count(iterations * _lanes.Count);
        CopyToTargetWhenDue(TargetUnit.Steps, before, _statistics.Steps);
    }

    /// <summary>Takes the batches that were asked for, and a training call on each.</summary>
    private async Task UpdateAsync(int updates, CancellationToken cancellationToken)
    {
        for (var i = 0; i < updates; i++)
        {
            var batch = await _experience.Session.TakeAsync(cancellationToken).ConfigureAwait(false);
            _statistics.AddUpdate(Update(batch));
            _experience.NotePriorities(batch, _errors);
            CopyToTargetWhenDue(TargetUnit.Updates, _statistics.Updates - 1, _statistics.Updates);
        }
    }

    /// <summary>
    /// One update: a gradient step that moves Q(s, a) towards y = r + gamma^n max Q_target(s', .), where y = r after a
    /// terminal step; with double Q-learning towards r + gamma^n Q_target(s', argmax Q(s', .)).
    /// </summary>
    /// <returns>The loss.</returns>
    /// <exception cref="DivergedException">The loss is not a finite number.</exception>
    private double Update(in TransitionBatch batch)
    {
        _online.LearningRate = _session.Context.Control.LearningRate
            ?? TrainingFactory.LearningRateAt(_settings.Optimizer, _statistics.Updates);
        if (_noisy)
        {
            _online.DrawNoise();
            _target.DrawNoise();
        }

        ResolveLabels(_settings.Agent, _rule, batch, _rewards, _discounts);
        var update = new BootstrapBatch
        {
            States = _input.ToObservations(batch.States),
            NextStates = _input.ToObservations(batch.NextStates),
            Actions = batch.Actions.Span,
            Rewards = _rewards,
            Discounts = _discounts,
            Weights = batch.Weights.Span,
            DoubleQ = _settings.Agent.DoubleQ,
            Noisy = _noisy,
        };
        if (_rule?.Train(_online, _target, batch, update) is { } loss)
        {
            return loss;
        }

        _online.TrainBootstrapped(update, _target);
        return _online.ReadLoss(_errors);
    }

    /// <summary>Reward and discount of each transition: label = reward + discount * the next state's value.</summary>
    /// <param name="agent">The update rule.</param>
    /// <param name="rule">A recipe's departure from it; null: none.</param>
    /// <param name="batch">The transitions; a table gives discount 0 after a terminal step.</param>
    /// <param name="rewards">Receives [N].</param>
    /// <param name="discounts">Receives [N].</param>
    internal static void ResolveLabels(
        DqnAgentSection agent, RecipeRule? rule, in TransitionBatch batch, Span<float> rewards, Span<float> discounts)
    {
        batch.Rewards.Span.CopyTo(rewards);
        batch.Discounts.Span.CopyTo(discounts);
        var flags = batch.Flags.Span;
        for (var i = 0; i < batch.Count && !agent.BootstrapOnTruncation; i++)
        {
            discounts[i] = flags[i].EndsEpisode() ? 0 : discounts[i];
        }

        rule?.Relabel(agent, flags, rewards, discounts);
    }

    private int UpdatePeriod => _session.Context.Control.UpdatePeriod ?? _settings.Agent.UpdatePeriod;

    private int UpdatesDue(long before, long after) =>
        (int)((after / UpdatePeriod) - (before / UpdatePeriod)) * _settings.Agent.UpdatesPerPeriod;

    private void CopyToTargetWhenDue(TargetUnit unit, long before, long after)
    {
        var target = _settings.Target;
        if (target.Unit == unit && after / target.Period > before / target.Period)
        {
            _target.CopyWeightsFrom(_online);
        }
    }

    /// <summary>Counts steps that were taken.</summary>
    /// <returns>The steps before them.</returns>
    private long Count(int steps)
    {
        _statistics.Steps += steps;
        _experience.Stored += steps;
        return _statistics.Steps - steps;
    }

    /// <inheritdoc/>
    public async Task SaveAsync(CheckpointBuilder checkpoint, CancellationToken cancellationToken)
    {
        _online.Save(checkpoint.Tensors, OnlinePrefix, withOptimizer: true);
        _target.Save(checkpoint.Tensors, TargetPrefix, withOptimizer: false);
        checkpoint.Generators[TargetNoise] = _target.Generator;
        _rule?.Save(checkpoint);
        await _lanes.SaveAsync(checkpoint, cancellationToken).ConfigureAwait(false);
        await _experience.SaveAsync(checkpoint, _statistics.Steps, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task OnCheckpointKeptAsync(CancellationToken cancellationToken) =>
        _experience.DropOldMarksAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task RestoreAsync(Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        _online.Load(checkpoint.Tensors, OnlinePrefix, withOptimizer: true);
        _target.Load(checkpoint.Tensors, TargetPrefix, withOptimizer: false);
        _target.Generator = checkpoint.State.Generator(TargetNoise);
        _rule?.Restore(checkpoint);
        await _lanes.RestoreAsync(checkpoint, cancellationToken).ConfigureAwait(false);
        // Last, because it rolls the table back: a checkpoint of something else changes nothing.
        await _experience.ReopenAsync(checkpoint, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _phase?.Dispose();
        await _experience.DisposeAsync().ConfigureAwait(false);
        _online.Dispose();
        _target.Dispose();
    }

    private static async Task<IAlgorithm> OpenAsync(
        DqnSettings settings, TrainingSession session, CancellationToken cancellationToken) =>
        new DeepQLearning(
            settings, session, await session.OpenTrainingLanesAsync(cancellationToken).ConfigureAwait(false));
}
