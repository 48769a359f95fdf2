using System.Buffers.Binary;
using DqnAspire.Agents.Algorithms;
using DqnAspire.Agents.Lanes;
using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Agents.Training.Checkpoints;
using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Randomness;

namespace DqnAspire.Agents.Tabular;

/// <summary>
/// Tabular Q-learning from uniformly random transitions: an iteration is one transition, the update
/// Q(s,a) &lt;- (1-alpha) Q(s,a) + alpha (r + gamma max Q(s',.)), and greedy test episodes; solved when their mean
/// return exceeds the goal. The next state's value is used even when the episode ended there, as in the published
/// program: terminal states are never left, so their value stays 0.
/// </summary>
/// <remarks>
/// Neither the random transitions nor the test episodes' generator depend on the table, so a block of iterations is
/// taken at once: all its transitions, then all its tests in one exchange, then the tests are read in order. The
/// numbers are those of taking one iteration at a time.
/// </remarks>
public sealed class TabularQLearning : IAlgorithm
{
    private const int BlockIterations = 128;
    private const string TestPart = "validation";

    private readonly TabularSettings _settings;
    private readonly TrainingSession _session;
    private readonly TrainingStatistics _statistics;
    private readonly ActingLanes _lanes;
    private readonly ILanes _test;
    private readonly int _states;
    private readonly TablePolicy _table;
    private readonly int[] _chosen = new int[BlockIterations];
    private readonly byte[] _greedy;
    // Each iteration of a block needs its own table when it is reported; a table is small.
    private readonly TablePolicy[] _tables = new TablePolicy[BlockIterations];
    private TablePolicy _reported;

    private TabularQLearning(TabularSettings settings, TrainingSession session, ILanes lanes, ILanes test)
    {
        (_settings, _session, _statistics, _test) = (settings, session, session.Statistics, test);
        _states = lanes.Environment.ObservationSpace.States;
        if (_states == 0)
        {
            throw new SettingException(
                $"Environment:Id={settings.Environment.Id} has no finite set of states; "
                + $"preset {settings.Preset} keeps a table with a row for each.");
        }

        _lanes = new ActingLanes(lanes, stack: 1, StackPadding.Repeat, new Pcg64(session.Seeds.Exploration));
        _table = new TablePolicy(_states, lanes.Environment.Actions);
        _reported = _table;
        _greedy = new byte[BlockIterations * _states];
    }

    /// <summary>The registration.</summary>
    public static AlgorithmDescription Description { get; } = AlgorithmDescription.Of<TabularSettings>(
        "tabular", "Tabular Q-learning from random transitions (Watkins 1989).", OpenAsync);

    /// <inheritdoc/>
    public EnvironmentInfo Environment => _lanes.Lanes.Environment;

    /// <summary>The table after the last iteration that was reported.</summary>
    public IPolicy Policy => _reported;

    /// <inheritdoc/>
    public string Summary => $"{Environment.Id}: {_states} states, {_lanes.Actions} actions\n"
        + $"Table of {_states} x {_lanes.Actions} action values";

    /// <inheritdoc/>
    public double EpsilonAt(long steps, long episodes) => 1;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A block of iterations.</summary>
    public async Task AdvanceAsync(CancellationToken cancellationToken)
    {
        var left = _settings.Run.MaxSteps > 0 ? _settings.Run.MaxSteps - _statistics.Steps : BlockIterations;
        var iterations = (int)Math.Min(BlockIterations, left);
        for (var i = 0; i < iterations; i++)
        {
            _chosen[i] = _lanes.RandomAction();
        }

        var state = StateOf(_lanes.Observation(0));
        await _lanes.Lanes
            .StepManyAsync(_chosen.AsMemory(0, iterations), i => state = Learn(i, state), cancellationToken)
                .ConfigureAwait(false);

        var episodes = _settings.Validation.Episodes;
        var returns = await _test
            .PlayAsync(_greedy.AsMemory(0, iterations * _states), episodes, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < iterations && !_session.Log.IsSolved; i++)
        {
            _statistics.Steps++;
            _statistics.AddUpdate(null);
            _reported = _tables[i];
            _session.Log.EndIteration(_reported, returns.AsSpan(i * episodes, episodes).ToArray().Average());
        }
    }

    /// <summary>Learns from a block's step, and keeps the table as it is then.</summary>
    /// <returns>The state of the next step.</returns>
    private int Learn(int step, int state)
    {
        Update(state, _chosen[step], _lanes.Lanes.LearningRewards.Span[0], StateOf(_lanes.NextObservation(0)));
        _lanes.Episodes.Add(0);
        foreach (var episode in _lanes.Episodes.TakeEnded())
        {
            _statistics.AddEpisode(episode.Return, episode.Length);
        }

        for (var s = 0; s < _states; s++)
        {
            _greedy[(step * _states) + s] = (byte)_table.BestAction(s);
        }

        _tables[step] = _table.Copy();
        return StateOf(_lanes.Observation(0));
    }

    private void Update(int state, int action, double reward, int next)
    {
        var alpha = _settings.Agent.LearningRate;
        var best = _table[next][_table.BestAction(next)];
        ref var value = ref _table[state][action];
        value = (value * (1 - alpha)) + ((reward + (_settings.Agent.Gamma * best)) * alpha);
    }

    /// <inheritdoc/>
    public async Task SaveAsync(CheckpointBuilder checkpoint, CancellationToken cancellationToken)
    {
        _table.Save(checkpoint.Tensors);
        checkpoint.Parts[TestPart] = await _test.SaveStateAsync(cancellationToken).ConfigureAwait(false);
        await _lanes.SaveAsync(checkpoint, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task RestoreAsync(Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        _table.Restore(checkpoint.Tensors);
        await _test.RestoreStateAsync(checkpoint.Part(TestPart), cancellationToken).ConfigureAwait(false);
        await _lanes.RestoreAsync(checkpoint, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static int StateOf(ReadOnlyMemory<byte> observation) =>
        BinaryPrimitives.ReadInt32LittleEndian(observation.Span);

    private static async Task<IAlgorithm> OpenAsync(
        TabularSettings settings, TrainingSession session, CancellationToken cancellationToken)
    {
        var lanes = await session
            .OpenLanesAsync(1, session.Seeds.Environment, autoReset: true, cancellationToken).ConfigureAwait(false);
        var test = await session.OpenEvaluationLaneAsync(cancellationToken).ConfigureAwait(false);
        return new TabularQLearning(settings, session, lanes, test);
    }
}
