using System.Globalization;
using DqnAspire.Agents.Training;
using DqnAspire.Runs.Sessions;

namespace DqnAspire.LearnerService;

/// <summary>
/// What the log says of a run: where it stands once a minute, its checkpoints, its validations, what is unusual, its
/// end.
/// </summary>
/// <param name="runId">Name of the run.</param>
/// <param name="logger">Gets the lines.</param>
/// <param name="clock">Tells the time.</param>
internal sealed partial class ProgressLog(string runId, ILogger logger, TimeProvider clock) : SessionObserver
{
    private static readonly TimeSpan ProgressPeriod = TimeSpan.FromMinutes(1);

    /// <summary>Some recipes validate after every episode, and an episode can take a hundredth of a second.</summary>
    private static readonly TimeSpan ValidationPeriod = TimeSpan.FromSeconds(10);

    private long _progressed = clock.GetTimestamp();
    private long? _validated;
    private double? _best;

    /// <inheritdoc/>
    public override void OnStarted(RunSession session, bool isNew) =>
        LogStarted(
            logger,
            runId,
            isNew ? "started" : "resumed",
            session.Settings.Preset,
            session.Settings.Run.Seed,
            session.Folder);

    /// <inheritdoc/>
    public override void OnProgress(TrainingProgress before, TrainingProgress now)
    {
        _best = now.BestValidationReturn ?? _best;
        if (clock.GetElapsedTime(_progressed) < ProgressPeriod)
        {
            return;
        }

        _progressed = clock.GetTimestamp();
        LogProgress(
            logger,
            runId,
            now.Steps,
            now.Episodes,
            now.StepsPerSecond,
            Text(now.MeanReturn100, "0.##"),
            Text(_best, "0.##"),
            Text(now.Loss, "G4"));
    }

    /// <inheritdoc/>
    public override void OnRecord(LogRecord record)
    {
        if (record.ValidationReturn is not { } score)
        {
            return;
        }

        if (_best is null || score > _best)
        {
            _best = score;
            LogBest(logger, runId, score, record.Steps);
        }
        else if (_validated is null || clock.GetElapsedTime(_validated.Value) >= ValidationPeriod)
        {
            LogValidation(logger, runId, score, record.Steps, _best.Value);
        }
        else
        {
            return;
        }

        _validated = clock.GetTimestamp();
    }

    /// <inheritdoc/>
    public override void OnCheckpoint(TrainingProgress progress) => LogCheckpoint(logger, runId, progress.Steps);

    /// <inheritdoc/>
    public override void OnNotice(string text, bool isOver) =>
        LogNotice(logger, isOver ? LogLevel.Information : LogLevel.Warning, runId, text);

    /// <inheritdoc/>
    public override void OnFailed(Exception reason) => LogFailure(logger, reason, runId);

    /// <inheritdoc/>
    public override void OnEnded(RunState state, TrainingProgress progress, string error)
    {
        if (state == RunState.Failed)
        {
            LogFailed(logger, runId, error);
        }
        else
        {
            LogEnded(logger, runId, state, progress.Steps);
        }
    }

    private static string Text(double? value, string format) =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? "none yet";

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Run {RunId} is {Started}: preset {Preset}, seed {Seed}, files in {Directory}.")]
    private static partial void LogStarted(
        ILogger logger, string runId, string started, string preset, ulong seed, string directory);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Run {RunId}: step {Steps:N0}, {Episodes:N0} episodes, {StepsPerSecond:N0} steps/s, "
            + "mean return of the last 100 {MeanReturn}, best score {Best}, loss {Loss}.")]
    private static partial void LogProgress(
        ILogger logger,
        string runId,
        long steps,
        long episodes,
        double stepsPerSecond,
        string meanReturn,
        string best,
        string loss);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Run {RunId}: validation {Score:0.##} at step {Steps:N0}, the best so far.")]
    private static partial void LogBest(ILogger logger, string runId, double score, long steps);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Run {RunId}: validation {Score:0.##} at step {Steps:N0}; the best was {Best:0.##}.")]
    private static partial void LogValidation(ILogger logger, string runId, double score, long steps, double best);

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {RunId}: checkpoint of step {Steps:N0}.")]
    private static partial void LogCheckpoint(ILogger logger, string runId, long steps);

    [LoggerMessage(Message = "Run {RunId}: {Notice}")]
    private static partial void LogNotice(ILogger logger, LogLevel level, string runId, string notice);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Run {RunId} failed.")]
    private static partial void LogFailure(ILogger logger, Exception reason, string runId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Run {RunId} failed: {Error}")]
    private static partial void LogFailed(ILogger logger, string runId, string error);

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {RunId} ended: {State} after {Steps} steps.")]
    private static partial void LogEnded(ILogger logger, string runId, RunState state, long steps);
}
