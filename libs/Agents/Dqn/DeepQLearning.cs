using System.Globalization;
using DqnAspire.Agents.Exploration;
using DqnAspire.Agents.Lanes;
using DqnAspire.Agents.Networks;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Randomness;
using DqnAspire.Core.Replay;

namespace DqnAspire.Agents.Dqn;

/// <summary>
/// Deep Q-learning and its family. In lockstep a step acts in every lane with the newest weights, stores, samples and trains
/// as often as is due, one after the other. In concurrent phases acting and training go on side by side: actions are chosen
/// with the weights that the phase began with, at most <see cref="DqnAgentSection.ConcurrentUpdates"/> updates old, batches
/// are drawn from what was stored before it, and its steps are stored at its end (Daley and Amato 2021). So both are a
/// function of the seed alone.
/// </summary>
public sealed class DeepQLearning : ITrainer
{
    /// <summary>Added to absolute TD errors, so that no transition is lost for good (Schaul et al. 2016, section 3.3).</summary>
    private const float LeastPriority = 1e-6f;

    private readonly DqnSettings _settings;
    private readonly TrainingContext _context;
    private readonly ProgressReporter _reporter;
    private readonly TrainingStatistics _statistics;
    private readonly List<(long[] Records, float[] Priorities)> _priorities = [];
    private readonly Queue<string> _marks = [];
    private long _stored;

    /// <summary>Prepares a run.</summary>
    /// <param name="settings">Every number of the run.</param>
    /// <param name="context">What it works with.</param>
    public DeepQLearning(DqnSettings settings, TrainingContext context)
    {
        (_settings, _context) = (settings, context);
        _statistics = new TrainingStatistics(settings.Run) { Epsilon = EpsilonSchedule.At(settings.Exploration, 0, 0) };
        _reporter = new ProgressReporter(context.Observer, _statistics);
    }

    /// <inheritdoc/>
    public async Task<RunState> TrainAsync(CancellationToken cancellationToken)
    {
        var seeds = new SeedStreams(_settings.Run.Seed);
        _reporter.Progress();
        var notice = await StandIn.ApplyAsync(_settings.Environment, _context.Lanes, cancellationToken).ConfigureAwait(false);
        await using var lanes = await OpenAsync(_settings.Environment.Lanes, seeds.Environment, autoReset: true, cancellationToken).ConfigureAwait(false);
        await using var validation = _settings.Validation.EveryEpisodes > 0
            ? await OpenAsync(1, seeds.ValidationEnvironment, autoReset: false, cancellationToken).ConfigureAwait(false)
            : null;
        var environment = lanes.Environment;
        var learner = new DqnLearner(_settings, environment, seeds, _context.Pool);
        _statistics.Summary = notice + Describe(environment, learner);
        var actor = new Actor(lanes, learner.Input, new Pcg64(seeds.Exploration), _settings.Network.NoiseScale > 0);
        var validator = validation is null ? null : new Validator(validation, learner.Policy, _settings);
        var memory = new DqnMemory(lanes, validation, learner, actor, _statistics, _context.Control);
        if (_context.ResumeFrom is { } checkpoint)
        {
            // Before the replay goes back: a checkpoint of something else changes nothing.
            await memory.RestoreAsync(checkpoint, cancellationToken).ConfigureAwait(false);
            _stored = StoredBeforeTraining + _statistics.Steps;
            _statistics.State = RunState.Training;
        }

        await using var replay = await OpenReplayAsync(seeds, environment, cancellationToken).ConfigureAwait(false);
        if (_context.ResumeFrom is null)
        {
            await PrefillAsync(actor, lanes, replay, cancellationToken).ConfigureAwait(false);
            await actor.BeginAsync(replay, cancellationToken).ConfigureAwait(false);
        }

        using var phase = _settings.Agent.Concurrent ? new ConcurrentPhase(learner, environment.ObservationSpace.ByteCount) : null;
        while (true)
        {
            await _context.Control.WhenRunning(cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (_context.Control.IsStopRequested)
            {
                await CheckpointAsync(memory, replay, cancellationToken).ConfigureAwait(false);
                return End(RunState.Stopped, learner);
            }

            var before = _statistics.Steps;
            if (phase is not null && CanTrain)
            {
                await RunPhaseAsync(phase, actor, learner, replay, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await RunStepAsync(actor, learner, replay, cancellationToken).ConfigureAwait(false);
            }

            foreach (var episode in actor.Episodes.TakeEnded())
            {
                if (await EndEpisodeAsync(episode, actor, learner, validator, cancellationToken).ConfigureAwait(false))
                {
                    return End(RunState.Solved, learner);
                }

                if (_statistics.IsLimitReached)
                {
                    break;
                }
            }

            if (_statistics.IsLimitReached)
            {
                return End(RunState.Unsolved, learner);
            }

            _statistics.Epsilon = EpsilonSchedule.At(_settings.Exploration, _statistics.Steps, _statistics.Episodes);
            if (_context.Control.TakeCheckpointRequest() || _statistics.IsCheckpointDue(before))
            {
                await CheckpointAsync(memory, replay, cancellationToken).ConfigureAwait(false);
            }

            _reporter.ProgressWhenDue();
        }
    }

    /// <summary>Transitions that are stored before the first step that counts.</summary>
    private long StoredBeforeTraining
    {
        get
        {
            var (steps, lanes) = (_settings.Replay.PrefillSteps, _settings.Environment.Lanes);
            return (steps + lanes - 1) / lanes * lanes;
        }
    }

    /// <summary>An empty table, or the one of an earlier process as it was at the checkpoint.</summary>
    private async Task<IReplaySession> OpenReplayAsync(SeedStreams seeds, EnvironmentInfo environment, CancellationToken cancellationToken)
    {
        var spec = DescribeReplay(seeds);
        if (_context.ResumeFrom is { } checkpoint)
        {
            foreach (var older in checkpoint.State.OlderReplayMarks.Append(checkpoint.State.ReplayMark))
            {
                _marks.Enqueue(older);
            }

            return await _context.Replay
                .ReopenAsync(spec, environment, checkpoint.State.ReplayMark, checkpoint.Part(DqnMemory.Sampler), cancellationToken).ConfigureAwait(false);
        }

        // An earlier attempt at this run may have ended before its first checkpoint.
        await _context.Replay.DeleteAsync(spec.Name, cancellationToken).ConfigureAwait(false);
        return await _context.Replay.CreateAsync(spec, environment, cancellationToken).ConfigureAwait(false);
    }

    private async Task CheckpointAsync(DqnMemory memory, IReplaySession replay, CancellationToken cancellationToken)
    {
        var mark = string.Create(CultureInfo.InvariantCulture, $"step-{_statistics.Steps}");
        var sampler = await replay.MarkAsync(mark, cancellationToken).ConfigureAwait(false);
        _context.Observer.OnCheckpoint(await memory.SaveAsync(mark, [.. _marks.Where(m => m != mark)], sampler, cancellationToken).ConfigureAwait(false));
        if (!_marks.Contains(mark))
        {
            _marks.Enqueue(mark);
        }

        while (_marks.Count > RunSection.CheckpointsKept)
        {
            await replay.DropMarkAsync(_marks.Dequeue(), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether the replay holds what a batch needs.</summary>
    private bool CanTrain
    {
        get
        {
            // The newest transitions of each lane still miss rewards.
            var incomplete = (_settings.Agent.ReturnSteps - 1) * _settings.Environment.Lanes;
            var batch = _settings.Replay.Sampling == SamplingKind.WithoutReplacement ? _settings.Replay.BatchSize : 1;
            return Math.Min(_stored, _settings.Replay.Capacity) >= Math.Max(_settings.Replay.StartSize, batch + incomplete);
        }
    }

    private int UpdatePeriod => _context.Control.UpdatePeriod ?? _settings.Agent.UpdatePeriod;

    private double ImportanceExponent
    {
        get
        {
            var replay = _settings.Replay;
            return replay.ImportanceSteps == 0
                ? replay.InitialImportance
                : replay.InitialImportance + ((1 - replay.InitialImportance) * Math.Min(1, (double)_statistics.Steps / replay.ImportanceSteps));
        }
    }

    /// <summary>Fills the replay with a uniformly random policy; these steps do not count.</summary>
    private async Task PrefillAsync(Actor actor, ILanes lanes, IReplaySession replay, CancellationToken cancellationToken)
    {
        _statistics.State = RunState.WarmingUp;
        _reporter.Progress();
        if (_settings.Replay.PrefillSteps == 0)
        {
            return;
        }

        await actor.BeginAsync(replay, cancellationToken).ConfigureAwait(false);
        for (; _stored < _settings.Replay.PrefillSteps; _stored += lanes.Count)
        {
            await actor.StepAtRandomAsync(replay, cancellationToken).ConfigureAwait(false);
        }

        actor.Counts.Reset();
        for (var lane = 0; lane < lanes.Count; lane++)
        {
            await lanes.ResetAsync(lane, seed: null, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RunStepAsync(Actor actor, DqnLearner learner, IReplaySession replay, CancellationToken cancellationToken)
    {
        await actor.StepAsync(learner.Acting, _statistics.Epsilon, replay, cancellationToken).ConfigureAwait(false);
        var before = Count(_settings.Environment.Lanes);
        if (CanTrain)
        {
            _statistics.State = RunState.Training;
            var due = (int)((_statistics.Steps / UpdatePeriod) - (before / UpdatePeriod)) * _settings.Agent.UpdatesPerPeriod;
            await TrainAsync(due, learner, replay, cancellationToken).ConfigureAwait(false);
        }

        CopyToTargetAfterSteps(learner, before);
    }

    /// <summary>Training calls one after the other; where priorities change, each is drawn after the one before it.</summary>
    private async Task TrainAsync(int updates, DqnLearner learner, IReplaySession replay, CancellationToken cancellationToken)
    {
        var prioritized = _settings.Replay.Sampling == SamplingKind.Prioritized;
        var together = prioritized ? 1 : updates;
        for (var done = 0; done < updates; done += together)
        {
            await replay.RequestAsync(together, ImportanceExponent, cancellationToken).ConfigureAwait(false);
            await TrainOnRequestedAsync(together, learner, replay, cancellationToken).ConfigureAwait(false);
            await SendPrioritiesAsync(replay, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TrainOnRequestedAsync(int updates, DqnLearner learner, IReplaySession replay, CancellationToken cancellationToken)
    {
        for (var i = 0; i < updates; i++)
        {
            var batch = await replay.TakeAsync(cancellationToken).ConfigureAwait(false);
            var rate = _context.Control.LearningRate ?? TrainingFactory.LearningRateAt(_settings.Optimizer, _statistics.Updates);
            _statistics.AddUpdate(learner.Train(batch, rate));
            if (_settings.Replay.Sampling == SamplingKind.Prioritized)
            {
                _priorities.Add(([.. batch.Records], Priorities(learner.Errors)));
            }

            if (_settings.Target.Unit == TargetUnit.Updates && _statistics.Updates % _settings.Target.Period == 0)
            {
                learner.CopyToTarget();
            }
        }
    }

    private async Task SendPrioritiesAsync(IReplaySession replay, CancellationToken cancellationToken)
    {
        foreach (var (records, priorities) in _priorities)
        {
            await replay.UpdatePrioritiesAsync(records, priorities, cancellationToken).ConfigureAwait(false);
        }

        _priorities.Clear();
    }

    private async Task RunPhaseAsync(
        ConcurrentPhase phase, Actor actor, DqnLearner learner, IReplaySession replay, CancellationToken cancellationToken)
    {
        _statistics.State = RunState.Training;
        var agent = _settings.Agent;
        var periods = Math.Max(1, agent.ConcurrentUpdates / agent.UpdatesPerPeriod);
        var iterations = Math.Max(1, periods * UpdatePeriod / _settings.Environment.Lanes);
        var steps = iterations * _settings.Environment.Lanes;
        var due = (int)(((_statistics.Steps + steps) / UpdatePeriod) - (_statistics.Steps / UpdatePeriod)) * agent.UpdatesPerPeriod;
        var epsilon = _statistics.Epsilon;

        phase.Begin();
        if (due > 0)
        {
            await replay.RequestAsync(due, ImportanceExponent, cancellationToken).ConfigureAwait(false);
        }

        var training = Task.Run(() => TrainOnRequestedAsync(due, learner, replay, cancellationToken), cancellationToken);
        try
        {
            await phase.ActAsync(actor, iterations, epsilon, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await ((Task)training).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await training.ConfigureAwait(false);
        await phase.StoreAsync(replay, cancellationToken).ConfigureAwait(false);
        await SendPrioritiesAsync(replay, cancellationToken).ConfigureAwait(false);
        CopyToTargetAfterSteps(learner, Count(steps));
    }

    private long Count(int steps)
    {
        var before = _statistics.Steps;
        _statistics.Steps += steps;
        _stored += steps;
        return before;
    }

    private void CopyToTargetAfterSteps(DqnLearner learner, long before)
    {
        var target = _settings.Target;
        if (target.Unit == TargetUnit.Steps && _statistics.Steps / target.Period > before / target.Period)
        {
            learner.CopyToTarget();
        }
    }

    /// <summary>What a finished game brings: its numbers, the target network's copy where episodes are counted, validation.</summary>
    /// <returns>Whether the run is solved.</returns>
    private async Task<bool> EndEpisodeAsync(
        EndedEpisode episode, Actor actor, DqnLearner learner, Validator? validator, CancellationToken cancellationToken)
    {
        var loss = _statistics.AddEpisode(episode.Return, episode.Length);
        var target = _settings.Target;
        if (target.Unit == TargetUnit.Episodes && _statistics.Episodes % target.Period == 0)
        {
            learner.CopyToTarget();
        }

        var record = new LogRecord("episode", _statistics.Episodes, _statistics.Steps)
        {
            Return = episode.Return,
            Length = episode.Length,
            Loss = loss,
            Epsilon = _statistics.Epsilon,
            ActionCounts = actor.Counts.Snapshot(),
            Elapsed = _statistics.Elapsed,
        };
        actor.Counts.Reset();
        var (best, solved) = (false, false);
        if (validator is null)
        {
            var mean = _statistics.MeanReturn100!.Value;
            best = _statistics.AddValidation(mean);
            solved = mean > _settings.Run.GoalReturn;
        }
        else if (_statistics.Episodes % _settings.Validation.EveryEpisodes == 0)
        {
            (var validationReturn, solved) = await validator.RunAsync(cancellationToken).ConfigureAwait(false);
            best = _statistics.AddValidation(validationReturn);
            record = record with { ValidationReturn = validationReturn };
        }

        _context.Observer.OnRecord(record with { Elapsed = _statistics.Elapsed });
        _reporter.Parameters(learner.Policy, best, always: validator is not null);
        return solved;
    }

    private RunState End(RunState state, DqnLearner learner)
    {
        _statistics.State = state;
        _reporter.Parameters(learner.Policy, best: false, always: true);
        _reporter.Progress();
        return state;
    }

    private Task<ILanes> OpenAsync(int lanes, ulong seed, bool autoReset, CancellationToken cancellationToken) =>
        _context.Lanes.OpenAsync(_settings.Environment.Id, _settings.Environment.Options, lanes, seed, autoReset, cancellationToken);

    private ReplaySpec DescribeReplay(SeedStreams seeds) =>
        new($"{_context.RunId}/replay", _settings.Replay.Capacity, _settings.Replay.BatchSize, seeds.Sampling)
        {
            Sampling = _settings.Replay.Sampling,
            PriorityExponent = _settings.Replay.PriorityExponent,
            // As far back as the oldest checkpoint that is kept, and the one in the making.
            RewindSteps = (int)Math.Min((RunSection.CheckpointsKept + 1) * _settings.Run.CheckpointPeriod, int.MaxValue / 4),
            Transitions = new TransitionSpec
            {
                Stack = _settings.Network.Stack,
                Padding = _settings.Network.StackPadding,
                Steps = _settings.Agent.ReturnSteps,
                Discount = _settings.Agent.Gamma,
            },
        };

    private static float[] Priorities(ReadOnlySpan<float> errors)
    {
        var priorities = new float[errors.Length];
        for (var i = 0; i < errors.Length; i++)
        {
            priorities[i] = Math.Abs(errors[i]) + LeastPriority;
        }

        return priorities;
    }

    private static string Describe(EnvironmentInfo environment, DqnLearner learner) => string.Create(
        CultureInfo.InvariantCulture,
        $"{environment.Id}: discrete actions 0..{environment.Actions - 1} ({environment.Actions}), observation shape ({string.Join(", ", environment.ObservationSpace.Shape)})\n{learner.Summary}");
}
