using System.Globalization;
using DqnAspire.Agents.Lanes;
using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Replay;
using DqnAspire.Agents.Runs;
using DqnAspire.Agents.Settings;
using DqnAspire.Environments;
using DqnAspire.Randomness;

namespace DqnAspire.Agents.Dqn;

/// <summary>
/// Deep Q-learning in lockstep on one lane: every step acts, stores its transition, samples a batch and trains once. The
/// replay is filled with a uniformly random policy first. After every episode the target network is copied, epsilon
/// decays, and a greedy episode validates: when it exceeds the goal, further ones are played, and when their mean exceeds
/// it too the run is solved. A run is a function of its seed alone.
/// </summary>
public sealed class DeepQLearning : ITrainer
{
    private static readonly TimeSpan ProgressPeriod = TimeSpan.FromSeconds(0.1);

    private readonly DqnSettings _settings;
    private readonly string _runId;
    private readonly ILaneSource _laneSource;
    private readonly IReplaySource _replaySource;
    private readonly IRunObserver _observer;
    private readonly RunStatistics _statistics;
    private TimeSpan _reported;

    /// <summary>Prepares a run.</summary>
    /// <param name="settings">Every number of the run.</param>
    /// <param name="runId">Names the experience table.</param>
    /// <param name="lanes">Opens the environment.</param>
    /// <param name="replay">Makes the experience table.</param>
    /// <param name="observer">Gets the reports.</param>
    public DeepQLearning(DqnSettings settings, string runId, ILaneSource lanes, IReplaySource replay, IRunObserver observer)
    {
        _settings = settings;
        _runId = runId;
        _laneSource = lanes;
        _replaySource = replay;
        _observer = observer;
        _statistics = new RunStatistics
        {
            MaxSteps = settings.Run.MaxSteps,
            MaxEpisodes = settings.Run.MaxEpisodes,
            GoalReturn = settings.Run.GoalReturn,
            Epsilon = EpsilonDecay.After(settings.Exploration, 0),
        };
    }

    /// <inheritdoc/>
    public async Task<RunState> TrainAsync(CancellationToken cancellationToken)
    {
        var seeds = new RunSeeds(_settings.Run.Seed);
        _observer.OnProgress(_statistics.Snapshot());

        await using var lanes = await OpenLanesAsync(seeds.Environment, autoReset: true, cancellationToken).ConfigureAwait(false);
        await using var validation = await OpenLanesAsync(seeds.ValidationEnvironment, autoReset: false, cancellationToken).ConfigureAwait(false);
        var environment = lanes.Environment;
        if (environment.ObservationSpace.ElementType != ElementType.Float32)
        {
            throw new SettingException(
                $"Environment:Id={environment.Id} does not give float32 vectors; the dense network of preset {_settings.Preset} needs them.");
        }

        await using var replay = await _replaySource
            .CreateAsync($"{_runId}/replay", environment, _settings.Replay.Capacity, _settings.Replay.BatchSize, seeds.Sampling, cancellationToken)
            .ConfigureAwait(false);
        var learner = new DqnLearner(_settings, environment, seeds);
        var random = new Pcg64(seeds.Exploration);
        _statistics.Summary = Describe(environment, learner);

        await WarmUpAsync(lanes, replay, random, cancellationToken).ConfigureAwait(false);

        _statistics.State = RunState.Training;
        await lanes.ResetAsync(0, seed: null, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var epsilon = _statistics.Epsilon;
            var (episodeReturn, length) = await PlayEpisodeAsync(lanes, replay, learner, random, cancellationToken).ConfigureAwait(false);
            var loss = _statistics.AddEpisode(episodeReturn, length);
            learner.CopyToTarget();
            _statistics.Epsilon = EpsilonDecay.After(_settings.Exploration, _statistics.Episodes);

            var (validationReturn, solved) = await ValidateAsync(validation, learner.Policy, cancellationToken).ConfigureAwait(false);
            var best = _statistics.AddValidation(validationReturn);
            _observer.OnRecord(new RunRecord("episode", _statistics.Episodes, _statistics.Steps)
            {
                Return = episodeReturn,
                Length = length,
                Loss = loss,
                ValidationReturn = validationReturn,
                Epsilon = epsilon,
                Elapsed = _statistics.Elapsed,
            });
            _observer.OnParameters(learner.Policy, _statistics.Steps, best);

            if (solved || LimitReached())
            {
                _statistics.State = solved ? RunState.Solved : RunState.Unsolved;
                _observer.OnProgress(_statistics.Snapshot());
                return _statistics.State;
            }

            ReportProgress();
        }
    }

    /// <summary>Fills the replay to its capacity with a uniformly random policy. These steps are not counted as training steps.</summary>
    private async Task WarmUpAsync(ILanes lanes, IReplaySession replay, Pcg64 random, CancellationToken cancellationToken)
    {
        _statistics.State = RunState.WarmingUp;
        _observer.OnProgress(_statistics.Snapshot());
        var action = new int[1];
        await replay.BeginEpisodeAsync(0, lanes.Observations, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < _settings.Replay.Capacity; i++)
        {
            action[0] = (int)random.Integers(0, lanes.Environment.Actions);
            await StepAsync(lanes, replay, action, cancellationToken).ConfigureAwait(false);
            if (lanes.Flags.Span[0] != StepFlags.None)
            {
                await replay.BeginEpisodeAsync(0, lanes.Observations, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<(double Return, int Length)> PlayEpisodeAsync(
        ILanes lanes, IReplaySession replay, DqnLearner learner, Pcg64 random, CancellationToken cancellationToken)
    {
        var episodeReturn = 0.0;
        var length = 0;
        var action = new int[1];
        await replay.BeginEpisodeAsync(0, lanes.Observations, cancellationToken).ConfigureAwait(false);
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (random.NextDouble() < _statistics.Epsilon)
            {
                action[0] = (int)random.Integers(0, lanes.Environment.Actions);
            }
            else
            {
                learner.Policy.ActGreedily(lanes.Observations.Span, action);
            }

            await StepAsync(lanes, replay, action, cancellationToken).ConfigureAwait(false);
            episodeReturn += lanes.Rewards.Span[0];
            length++;
            _statistics.Steps++;

            var batch = await replay.SampleAsync(cancellationToken).ConfigureAwait(false);
            _statistics.AddUpdate(learner.Train(batch));
            ReportProgress();
        }
        while (lanes.Flags.Span[0] == StepFlags.None && !LimitReached());

        return (episodeReturn, length);
    }

    private async Task<(double Return, bool Solved)> ValidateAsync(ILanes lanes, IPolicy policy, CancellationToken cancellationToken)
    {
        var goal = _settings.Run.GoalReturn;
        var first = await PlayGreedilyAsync(lanes, policy, cancellationToken).ConfigureAwait(false);
        if (first <= goal)
        {
            return (first, false);
        }

        var sum = 0.0;
        for (var i = 0; i < _settings.Validation.ConfirmationEpisodes; i++)
        {
            sum += await PlayGreedilyAsync(lanes, policy, cancellationToken).ConfigureAwait(false);
        }

        var mean = sum / _settings.Validation.ConfirmationEpisodes;
        return (mean, mean > goal);
    }

    private static async Task<double> PlayGreedilyAsync(ILanes lanes, IPolicy policy, CancellationToken cancellationToken)
    {
        var episodeReturn = 0.0;
        var action = new int[1];
        await lanes.ResetAsync(0, seed: null, cancellationToken).ConfigureAwait(false);
        do
        {
            policy.ActGreedily(lanes.Observations.Span, action);
            await lanes.StepAsync(action, cancellationToken).ConfigureAwait(false);
            episodeReturn += lanes.Rewards.Span[0];
        }
        while (lanes.Flags.Span[0] == StepFlags.None);

        return episodeReturn;
    }

    private static async ValueTask StepAsync(ILanes lanes, IReplaySession replay, int[] action, CancellationToken cancellationToken)
    {
        await lanes.StepAsync(action, cancellationToken).ConfigureAwait(false);
        await replay
            .AppendAsync(0, action[0], (float)lanes.LearningRewards.Span[0], lanes.Flags.Span[0], lanes.NextObservations, cancellationToken)
            .ConfigureAwait(false);
    }

    private Task<ILanes> OpenLanesAsync(ulong seed, bool autoReset, CancellationToken cancellationToken) =>
        _laneSource.OpenAsync(_settings.Environment.Id, _settings.Environment.Options, 1, seed, autoReset, cancellationToken);

    private bool LimitReached() =>
        (_settings.Run.MaxEpisodes > 0 && _statistics.Episodes >= _settings.Run.MaxEpisodes)
        || (_settings.Run.MaxSteps > 0 && _statistics.Steps >= _settings.Run.MaxSteps);

    private void ReportProgress()
    {
        if (_statistics.Elapsed - _reported >= ProgressPeriod)
        {
            _reported = _statistics.Elapsed;
            _observer.OnProgress(_statistics.Snapshot());
        }
    }

    private static string Describe(EnvironmentInfo environment, DqnLearner learner) => string.Create(
        CultureInfo.InvariantCulture,
        $"{environment.Id}: discrete actions 0..{environment.Actions - 1} ({environment.Actions}), observation shape ({string.Join(", ", environment.ObservationSpace.Shape)})\n{learner.Summary}");
}
