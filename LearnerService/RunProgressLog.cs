using System.Globalization;
using DqnAspire.Agents.Training;

namespace DqnAspire.LearnerService;

/// <summary>What the log says of a run between its start and its end: where it stands once a minute, its checkpoints, its validations.</summary>
/// <param name="runId">Name of the run.</param>
/// <param name="logger">Gets the lines.</param>
/// <param name="clock">Tells the time.</param>
internal sealed partial class RunProgressLog(string runId, ILogger logger, TimeProvider clock)
{
    private static readonly TimeSpan ProgressPeriod = TimeSpan.FromMinutes(1);

    /// <summary>Some recipes validate after every episode, and an episode can take a hundredth of a second.</summary>
    private static readonly TimeSpan ValidationPeriod = TimeSpan.FromSeconds(10);

    private long _progressed = clock.GetTimestamp();
    private long? _validated;
    private double? _best;

    /// <summary>The run went on.</summary>
    public void Progressed(TrainingProgress progress)
    {
        _best = progress.BestValidationReturn ?? _best;
        if (clock.GetElapsedTime(_progressed) < ProgressPeriod)
        {
            return;
        }

        _progressed = clock.GetTimestamp();
        LogProgress(
            logger, runId, progress.Steps, progress.Episodes, progress.StepsPerSecond, Text(progress.MeanReturn100, "0.##"), Text(_best, "0.##"), Text(progress.Loss, "G4"));
    }

    /// <summary>An episode or iteration ended; it may have been validated.</summary>
    public void Recorded(LogRecord record)
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

    /// <summary>A checkpoint is on disk.</summary>
    public void CheckpointKept(long steps) => LogCheckpoint(logger, runId, steps);

    private static string Text(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "none yet";

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {RunId}: step {Steps:N0}, {Episodes:N0} episodes, {StepsPerSecond:N0} steps/s, mean return of the last 100 {MeanReturn}, best score {Best}, loss {Loss}.")]
    private static partial void LogProgress(
        ILogger logger, string runId, long steps, long episodes, double stepsPerSecond, string meanReturn, string best, string loss);

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {RunId}: validation {Score:0.##} at step {Steps:N0}, the best so far.")]
    private static partial void LogBest(ILogger logger, string runId, double score, long steps);

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {RunId}: validation {Score:0.##} at step {Steps:N0}; the best was {Best:0.##}.")]
    private static partial void LogValidation(ILogger logger, string runId, double score, long steps, double best);

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {RunId}: checkpoint of step {Steps:N0}.")]
    private static partial void LogCheckpoint(ILogger logger, string runId, long steps);
}
