using DqnAspire.Agents.Evaluation;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training.Checkpoints;
using DqnAspire.Core;
using DqnAspire.Core.Lanes;

namespace DqnAspire.Agents.Training;

/// <summary>
/// The loop around every algorithm: it opens the run or resumes it from a checkpoint, lets the algorithm advance, and
/// between two advances sees to pausing, stopping, limits, checkpoints and reports.
/// </summary>
public sealed class TrainingLoop
{
    private readonly TrainingContext _context;
    private readonly TrainingSession _session;
    private readonly TrainingStatistics _statistics;
    private readonly IAlgorithm _algorithm;
    private readonly Validator? _validator;

    private TrainingLoop(TrainingSession session, IAlgorithm algorithm, Validator? validator)
    {
        (_context, _session, _statistics) = (session.Context, session, session.Statistics);
        (_algorithm, _validator) = (algorithm, validator);
    }

    /// <summary>Trains until the stopping rule fires, a limit is reached, or the run is asked to stop.</summary>
    /// <param name="settings">Every number of the run; the algorithm is theirs.</param>
    /// <param name="context">What the run works with.</param>
    /// <param name="cancellationToken">Ends the run after the current step, without a checkpoint.</param>
    /// <returns>
    /// <see cref="RunState.Solved"/>, <see cref="RunState.Unsolved"/> or <see cref="RunState.Stopped"/>.
    /// </returns>
    /// <exception cref="SettingException">The settings do not fit the environment.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is of something else.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static async Task<RunState> TrainAsync(
        TrainingSettings settings, TrainingContext context, CancellationToken cancellationToken)
    {
        await using var session = new TrainingSession(settings, context);
        session.Reporter.Progress();
        var notice = await StandIn.ApplyAsync(settings.Environment, context.Lanes, cancellationToken)
            .ConfigureAwait(false);
        if (await context.Lanes.FindWarningAsync(settings.Environment.Id, cancellationToken).ConfigureAwait(false)
            is { } warning)
        {
            notice += $"Warning: {OneLine.Of(warning)}\n";
        }

        await RequireEvaluationAsync(settings, context.Lanes, cancellationToken).ConfigureAwait(false);
        await using var algorithm = await settings.Algorithm.OpenAsync(settings, session, cancellationToken)
            .ConfigureAwait(false);
        session.Statistics.Summary = notice + algorithm.Summary;
        session.Statistics.Epsilon = algorithm.EpsilonAt(steps: 0, episodes: 0);
        session.Statistics.State = RunState.Training;
        if (algorithm.Validation is { EveryEpisodes: > 0 } validation)
        {
            var lanes = await session.OpenEvaluationLaneAsync(cancellationToken).ConfigureAwait(false);
            session.Log.Validator = new Validator(lanes, validation, settings.Run.GoalReturn);
        }

        return await new TrainingLoop(session, algorithm, session.Log.Validator).RunAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>
    /// Refuses an evaluation after training that the environment cannot be played for: not at the end of a run of days.
    /// </summary>
    private static async Task RequireEvaluationAsync(
        TrainingSettings settings, ILaneSource lanes, CancellationToken cancellationToken)
    {
        if (settings.Run.FinalEvaluationEpisodes == 0)
        {
            return;
        }

        var environment = settings.Environment;
        var protocol = EvaluationProtocol.AfterTraining(settings.Run);
        try
        {
            await EvaluationSetup
                .CreateAsync(lanes, environment.Id, environment.Options, protocol, cancellationToken)
                    .ConfigureAwait(false);
        }
        catch (EvaluationProtocolException e)
        {
            throw new SettingException(
                $"Run:FinalEvaluationMaxFrames={settings.Run.FinalEvaluationMaxFrames} does not fit "
                + $"Environment:Id={environment.Id}: {e.Message}");
        }
    }

    private async Task<RunState> RunAsync(CancellationToken cancellationToken)
    {
        await (_context.ResumeFrom is { } checkpoint
            ? RestoreAsync(checkpoint, cancellationToken)
            : _algorithm.StartAsync(cancellationToken)).ConfigureAwait(false);
        while (true)
        {
            await _context.Control.WhenRunning(cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (_context.Control.IsStopRequested)
            {
                await SaveAsync(cancellationToken).ConfigureAwait(false);
                return End(RunState.Stopped);
            }

            var before = _statistics.Steps;
            await _algorithm.AdvanceAsync(cancellationToken).ConfigureAwait(false);
            if (_session.Log.IsSolved)
            {
                return End(RunState.Solved);
            }

            if (_statistics.IsLimitReached)
            {
                return End(RunState.Unsolved);
            }

            _statistics.Epsilon = _algorithm.EpsilonAt(_statistics.Steps, _statistics.Episodes);
            if (_context.Control.TakeCheckpointRequest() || _statistics.IsCheckpointDue(before))
            {
                await SaveAsync(cancellationToken).ConfigureAwait(false);
            }

            _session.Reporter.ProgressWhenDue();
        }
    }

    private RunState End(RunState state)
    {
        _statistics.State = state;
        _session.Reporter.Parameters(_algorithm.Policy, best: false, always: true);
        _session.Reporter.Progress();
        return state;
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        var checkpoint = new CheckpointBuilder();
        await _algorithm.SaveAsync(checkpoint, cancellationToken).ConfigureAwait(false);
        if (_validator is not null)
        {
            await _validator.SaveAsync(checkpoint, cancellationToken).ConfigureAwait(false);
        }

        _context.Observer.OnCheckpoint(checkpoint.Build(_algorithm, _statistics, _context.Control));
        await _algorithm.OnCheckpointKeptAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task RestoreAsync(Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        try
        {
            await TakeOverAsync(checkpoint, cancellationToken).ConfigureAwait(false);
        }
        catch (SystemException e) when (e is not (IOException or InvalidDataException or OperationCanceledException
            or OutOfMemoryException))
        {
            // Numbers that are no state of a run lead to whatever the algorithm does with them.
            throw new InvalidDataException($"It cannot be restored: {OneLine.Of(e)}", e);
        }
    }

    private async Task TakeOverAsync(Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        var state = checkpoint.State;
        state.Require(_algorithm.Environment.Id, _algorithm.Policy.Architecture);
        _statistics.Restore(state.Statistics);
        _statistics.Epsilon = state.Epsilon;
        if (_validator is not null)
        {
            await _validator.RestoreAsync(checkpoint, cancellationToken).ConfigureAwait(false);
        }

        await _algorithm.RestoreAsync(checkpoint, cancellationToken).ConfigureAwait(false);
        // Last: of a checkpoint that cannot be restored, nothing stays.
        _context.Control.LearningRate ??= state.LearningRate;
        _context.Control.UpdatePeriod ??= state.UpdatePeriod;
    }
}
