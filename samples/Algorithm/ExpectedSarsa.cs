using System.Buffers.Binary;
using DqnAspire.Agents.Exploration;
using DqnAspire.Agents.Lanes;
using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Agents.Training.Checkpoints;
using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Randomness;

namespace ExpectedSarsaAlgorithm;

/// <summary>
/// Expected SARSA with a table (van Seijen et al. 2009): Q(s,a) moves towards r + gamma * the mean of Q(s',.) under the
/// epsilon-greedy policy, which is what SARSA's target is on average.
/// </summary>
public sealed class ExpectedSarsa : IAlgorithm
{
    private static readonly TrainingNumber MeanError =
        new("mean_td_error", "reward", "Mean absolute TD error of the last step.") { Chart = "losses/mean_td_error" };

    private readonly ExpectedSarsaSettings _settings;
    private readonly TrainingSession _session;
    private readonly ActingLanes _lanes;
    private readonly TablePolicy _table;
    private readonly int[] _states;
    private readonly int[] _actions;

    private ExpectedSarsa(ExpectedSarsaSettings settings, TrainingSession session, ILanes lanes)
    {
        (_settings, _session) = (settings, session);
        var states = lanes.Environment.ObservationSpace.States;
        if (states == 0)
        {
            throw new SettingException(
                $"Environment:Id={settings.Environment.Id} has no finite set of states for a table.");
        }

        _lanes = new ActingLanes(lanes, stack: 1, StackPadding.Repeat, new Pcg64(session.Seeds.Exploration));
        _table = new TablePolicy(states, lanes.Environment.Actions);
        _states = new int[lanes.Count];
        _actions = new int[lanes.Count];
    }

    /// <inheritdoc/>
    public EnvironmentInfo Environment => _lanes.Lanes.Environment;

    /// <inheritdoc/>
    public IPolicy Policy => _table;

    /// <inheritdoc/>
    public string Summary => $"{Environment.Id}: {_table.Architecture}";

    /// <inheritdoc/>
    public ValidationSection Validation => _settings.Validation;

    /// <summary>Opens a run.</summary>
    public static async Task<IAlgorithm> OpenAsync(
        ExpectedSarsaSettings settings, TrainingSession session, CancellationToken cancellationToken) =>
        new ExpectedSarsa(
            settings, session, await session.OpenTrainingLanesAsync(cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public double EpsilonAt(long steps, long episodes) => EpsilonSchedule.At(_settings.Exploration, steps, episodes);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A step in every lane, and an update for each.</summary>
    public async Task AdvanceAsync(CancellationToken cancellationToken)
    {
        var (lanes, epsilon) = (_lanes.Lanes, _session.Statistics.Epsilon);
        for (var lane = 0; lane < lanes.Count; lane++)
        {
            _states[lane] = StateOf(_lanes.Observation(lane));
            _actions[lane] = _lanes.Random.NextDouble() < epsilon
                ? _lanes.RandomAction()
                : _table.BestAction(_states[lane]);
            _lanes.Counts.Add(_actions[lane]);
        }

        await lanes.StepAsync(_actions, cancellationToken).ConfigureAwait(false);
        var errors = 0.0;
        for (var lane = 0; lane < lanes.Count; lane++)
        {
            var terminated = (lanes.Flags.Span[lane] & StepFlags.Terminated) != 0;
            var next = terminated ? 0 : ExpectedValue(StateOf(_lanes.NextObservation(lane)), epsilon);
            ref var value = ref _table[_states[lane]][_actions[lane]];
            var error = lanes.LearningRewards.Span[lane] + (_settings.Agent.Gamma * next) - value;
            value += _settings.Agent.LearningRate * error;
            errors += Math.Abs(error);
            _lanes.Episodes.Add(lane);
        }

        _session.Statistics.Steps += lanes.Count;
        _session.Statistics.AddUpdate(null);
        _session.Statistics.Report(MeanError, errors / lanes.Count);
        foreach (var episode in _lanes.Episodes.TakeEnded())
        {
            await _session.Log.EndEpisodeAsync(episode, Policy, _lanes.Counts, cancellationToken).ConfigureAwait(false);
            if (_session.Log.IsSolved)
            {
                break;
            }
        }
    }

    /// <inheritdoc/>
    public Task SaveAsync(CheckpointBuilder checkpoint, CancellationToken cancellationToken)
    {
        _table.Save(checkpoint.Tensors);
        return _lanes.SaveAsync(checkpoint, cancellationToken);
    }

    /// <inheritdoc/>
    public Task RestoreAsync(Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        _table.Restore(checkpoint.Tensors);
        return _lanes.RestoreAsync(checkpoint, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The mean of a state's values under the epsilon-greedy policy.</summary>
    private double ExpectedValue(int state, double epsilon)
    {
        var sum = 0.0;
        foreach (var value in _table[state])
        {
            sum += value;
        }

        return (epsilon * sum / _table.Actions) + ((1 - epsilon) * _table[state][_table.BestAction(state)]);
    }

    private static int StateOf(ReadOnlyMemory<byte> observation) =>
        BinaryPrimitives.ReadInt32LittleEndian(observation.Span);
}
