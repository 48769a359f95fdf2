using System.Buffers.Binary;
using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Randomness;

namespace DqnAspire.Agents.Tabular;

/// <summary>
/// Tabular Q-learning from uniformly random transitions: an iteration is one transition, the update
/// Q(s,a) &lt;- (1-alpha) Q(s,a) + alpha (r + gamma max Q(s',.)), and greedy test episodes; solved when their mean return
/// exceeds the goal. The next state's value is used even when the episode ended there, as in the published program:
/// terminal states are never left, so their value stays 0.
/// </summary>
/// <remarks>
/// Neither the random transitions nor the test episodes' generator depend on the table, so a block of iterations is
/// taken at once: all its transitions, then all its tests in one exchange, then the tests are read in order. The
/// numbers are those of taking one iteration at a time.
/// </remarks>
public sealed class TabularQLearning : ITrainer
{
    private const int BlockIterations = 128;

    private readonly TabularSettings _settings;
    private readonly ILaneSource _lanes;
    private readonly ITrainingObserver _observer;
    private readonly TrainingStatistics _statistics;

    /// <summary>Prepares a run.</summary>
    /// <param name="settings">Every number of the run.</param>
    /// <param name="context">What it works with.</param>
    public TabularQLearning(TabularSettings settings, TrainingContext context)
    {
        _settings = settings;
        _lanes = context.Lanes;
        _observer = context.Observer;
        _statistics = new TrainingStatistics(settings.Run) { Epsilon = 1 };
    }

    /// <inheritdoc/>
    public async Task<RunState> TrainAsync(CancellationToken cancellationToken)
    {
        var seeds = new SeedStreams(_settings.Run.Seed);
        var environment = _settings.Environment;
        _observer.OnProgress(_statistics.Snapshot());

        await using var training = await _lanes
            .OpenAsync(environment.Id, environment.Options, 1, seeds.Environment, autoReset: true, cancellationToken).ConfigureAwait(false);
        await using var test = await _lanes
            .OpenAsync(environment.Id, environment.Options, 1, seeds.ValidationEnvironment, autoReset: false, cancellationToken).ConfigureAwait(false);

        var (states, actions) = (training.Environment.ObservationSpace.States, training.Environment.Actions);
        if (states == 0)
        {
            throw new SettingException(
                $"Environment:Id={environment.Id} has no finite set of states; preset {_settings.Preset} keeps a table with a row for each.");
        }

        var table = new TablePolicy(states, actions);
        var random = new Pcg64(seeds.Exploration);
        var greedy = new byte[BlockIterations * states];
        var episodeReturn = 0.0;
        var episodeLength = 0;
        var chosen = new int[BlockIterations];
        // Each iteration of a block needs its own table when it is reported; a table is small.
        var tables = new TablePolicy[BlockIterations];

        _statistics.Summary = $"{environment.Id}: {states} states, {actions} actions\nTable of {states} x {actions} action values";
        _statistics.State = RunState.Training;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var iterations = BlockIterations;
            if (_settings.Run.MaxSteps > 0)
            {
                iterations = (int)Math.Min(iterations, _settings.Run.MaxSteps - _statistics.Steps);
            }

            for (var i = 0; i < iterations; i++)
            {
                chosen[i] = (int)random.Integers(0, actions);
            }

            var state = StateOf(training.Observations);
            await training.StepManyAsync(chosen.AsMemory(0, iterations), Learn, cancellationToken).ConfigureAwait(false);

            void Learn(int i)
            {
                Update(table, state, chosen[i], training.LearningRewards.Span[0], StateOf(training.NextObservations));
                state = StateOf(training.Observations);

                episodeReturn += training.Rewards.Span[0];
                episodeLength++;
                if (training.Flags.Span[0] != StepFlags.None)
                {
                    _statistics.AddEpisode(episodeReturn, episodeLength);
                    (episodeReturn, episodeLength) = (0, 0);
                }

                for (var s = 0; s < states; s++)
                {
                    greedy[(i * states) + s] = (byte)table.BestAction(s);
                }

                tables[i] = table.Copy();
            }

            var episodes = _settings.Validation.Episodes;
            var returns = await test.PlayAsync(greedy.AsMemory(0, iterations * states), episodes, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < iterations; i++)
            {
                _statistics.Steps++;
                _statistics.AddUpdate(null);
                var mean = returns.AsSpan(i * episodes, episodes).ToArray().Average();
                var best = _statistics.AddValidation(mean);
                var solved = mean > _settings.Run.GoalReturn;
                _observer.OnRecord(new LogRecord("iteration", _statistics.Steps, _statistics.Steps)
                {
                    ValidationReturn = mean,
                    Elapsed = _statistics.Elapsed,
                });
                if (best)
                {
                    _observer.OnParameters(tables[i], _statistics.Steps, best: true);
                }

                if (solved)
                {
                    return End(RunState.Solved);
                }
            }

            _observer.OnParameters(table, _statistics.Steps, best: false);
            _observer.OnProgress(_statistics.Snapshot());
            if (_statistics.IsLimitReached)
            {
                return End(RunState.Unsolved);
            }
        }
    }

    private static int StateOf(ReadOnlyMemory<byte> observation) => BinaryPrimitives.ReadInt32LittleEndian(observation.Span);

    private RunState End(RunState state)
    {
        _statistics.State = state;
        _observer.OnProgress(_statistics.Snapshot());
        return state;
    }

    private void Update(TablePolicy table, int state, int action, double reward, int next)
    {
        var alpha = _settings.Agent.LearningRate;
        var best = table[next][table.BestAction(next)];
        ref var value = ref table[state][action];
        value = (value * (1 - alpha)) + ((reward + (_settings.Agent.Gamma * best)) * alpha);
    }
}
