using System.Globalization;
using DqnAspire.Agents.Exploration;
using DqnAspire.Agents.Networks;
using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Training;
using DqnAspire.Agents.Settings;
using DqnAspire.NeuralNetworks;
using DqnAspire.NeuralNetworks.Losses;
using DqnAspire.Core.Randomness;

namespace DqnAspire.Agents.Pqn;

/// <summary>
/// Parallelised Q-learning (PQN, Gallici et al. 2024): many lanes, no replay and no target network. A rollout of every lane is
/// labelled with Q(lambda) returns and gone through a few times in shuffled parts; layer normalisation keeps it stable.
/// </summary>
public sealed class ParallelQLearning : ITrainer
{
    private readonly PqnSettings _settings;
    private readonly TrainingContext _context;
    private readonly ProgressReporter _reporter;
    private readonly TrainingStatistics _statistics;

    /// <summary>Prepares a run.</summary>
    /// <param name="settings">Every number of the run.</param>
    /// <param name="context">What it works with.</param>
    public ParallelQLearning(PqnSettings settings, TrainingContext context)
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
        var environment = _settings.Environment;
        var notice = await StandIn.ApplyAsync(environment, _context.Lanes, cancellationToken).ConfigureAwait(false);
        await using var lanes = await _context.Lanes
            .OpenAsync(environment.Id, environment.Options, environment.Lanes, seeds.Environment, autoReset: true, cancellationToken).ConfigureAwait(false);
        var input = NetworkFactory.Input(_settings.Network, lanes.Environment);
        var network = new QNetwork(
            NetworkFactory.Define(_settings.Network, lanes.Environment),
            TrainingFactory.Define(_settings.Optimizer, new SquaredError()),
            seeds.Initialisation,
            _context.Pool);
        var policy = new NetworkPolicy(network, input);
        var rollout = new Rollout(_settings, lanes, input, new Pcg64(seeds.Exploration));
        var epochs = new RolloutTraining(_settings, _context.Control, rollout, network, input, new Pcg64(seeds.Shuffling));
        _statistics.Summary = notice + string.Create(
            CultureInfo.InvariantCulture,
            $"{lanes.Environment.Id}: {lanes.Count} lanes, discrete actions 0..{lanes.Environment.Actions - 1} ({lanes.Environment.Actions}), observation shape ({string.Join(", ", lanes.Environment.ObservationSpace.Shape)})\n{network.Summary()}");
        _statistics.State = RunState.Training;
        var memory = new PqnMemory(lanes, network, rollout, epochs, _statistics, _context.Control);
        if (_context.ResumeFrom is { } checkpoint)
        {
            await memory.RestoreAsync(checkpoint, cancellationToken).ConfigureAwait(false);
        }

        while (true)
        {
            await _context.Control.WhenRunning(cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (_context.Control.IsStopRequested)
            {
                _context.Observer.OnCheckpoint(await memory.SaveAsync(cancellationToken).ConfigureAwait(false));
                return End(RunState.Stopped, policy);
            }

            var before = _statistics.Steps;
            await rollout.PlayAsync(network, _statistics.Epsilon, cancellationToken).ConfigureAwait(false);
            _statistics.Steps += rollout.Count;
            epochs.Train(_statistics, cancellationToken);
            foreach (var episode in rollout.Episodes.TakeEnded())
            {
                if (EndEpisode(episode, rollout, policy))
                {
                    return End(RunState.Solved, policy);
                }
            }

            if (_statistics.IsLimitReached)
            {
                return End(RunState.Unsolved, policy);
            }

            _statistics.Epsilon = EpsilonSchedule.At(_settings.Exploration, _statistics.Steps, _statistics.Episodes);
            if (_context.Control.TakeCheckpointRequest() || _statistics.IsCheckpointDue(before))
            {
                _context.Observer.OnCheckpoint(await memory.SaveAsync(cancellationToken).ConfigureAwait(false));
            }

            _reporter.ProgressWhenDue();
        }
    }

    private bool EndEpisode(Lanes.EndedEpisode episode, Rollout rollout, NetworkPolicy policy)
    {
        var loss = _statistics.AddEpisode(episode.Return, episode.Length);
        var mean = _statistics.MeanReturn100!.Value;
        var best = _statistics.AddValidation(mean);
        _context.Observer.OnRecord(new LogRecord("episode", _statistics.Episodes, _statistics.Steps)
        {
            Return = episode.Return,
            Length = episode.Length,
            Loss = loss,
            Epsilon = _statistics.Epsilon,
            ActionCounts = rollout.Counts.Snapshot(),
            Elapsed = _statistics.Elapsed,
        });
        rollout.Counts.Reset();
        _reporter.Parameters(policy, best, always: false);
        // Short episodes end first: the mean says something when there are as many as it is taken over.
        return _statistics.Episodes >= TrainingStatistics.Window && mean > _settings.Run.GoalReturn;
    }

    private RunState End(RunState state, NetworkPolicy policy)
    {
        _statistics.State = state;
        _reporter.Parameters(policy, best: false, always: true);
        _reporter.Progress();
        return state;
    }
}
