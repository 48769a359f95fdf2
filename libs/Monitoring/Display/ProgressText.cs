using System.Globalization;
using DqnAspire.Agents.Training;
using DqnAspire.Runs.Records;

namespace DqnAspire.Monitoring.Display;

/// <summary>A run's numbers as text.</summary>
public static class ProgressText
{
    /// <summary>One line that says what is trained and where its files are.</summary>
    public static string Heading(TrainingStatus status) =>
        $"{status.Preset} on {status.EnvironmentId}, seed {status.Seed}, files in {Terminal.ShortPath(status.Folder)}";

    /// <summary>One line that says which run is resumed.</summary>
    /// <param name="run">What its folder says.</param>
    /// <param name="folder">Path of the folder.</param>
    public static string Resuming(RunFile run, string folder) =>
        $"Resuming run {run.RunId}: {run.Preset}, seed {run.Seed}, "
        + Format($"{run.Steps:N0} steps and {run.Episodes:N0} episodes so far, files in {folder}");

    /// <summary>One line that says how to resume a run that was stopped.</summary>
    /// <param name="steps">Agent steps taken.</param>
    /// <param name="command">The command that resumes it.</param>
    public static string Stopped(long steps, string command) =>
        Format($"The run was stopped after {steps:N0} steps. To resume it: {command}");

    /// <summary>The part of the run's limit that is done, 0 to 1; null when the run has no limit.</summary>
    public static double? Fraction(TrainingProgress progress) => progress switch
    {
        { MaxEpisodes: > 0 } => Math.Min(1, (double)progress.Episodes / progress.MaxEpisodes),
        { MaxSteps: > 0 } => Math.Min(1, (double)progress.Steps / progress.MaxSteps),
        _ => null,
    };

    /// <summary>The run's limit, such as "500 episodes".</summary>
    public static string Limit(TrainingProgress progress) => progress.MaxEpisodes > 0
        ? Format($"{progress.MaxEpisodes:N0} episodes")
        : Format($"{progress.MaxSteps:N0} steps");

    /// <summary>The state in words.</summary>
    public static string State(TrainingStatus status) => status.IsPaused ? "paused" : status.Progress.State switch
    {
        RunState.Starting => "starting",
        RunState.WarmingUp => "filling the replay",
        RunState.Training => "training",
        RunState.Evaluating => "evaluating",
        RunState.Solved => "solved",
        RunState.Unsolved => "ended unsolved",
        RunState.Stopped => "stopped",
        _ => "failed",
    };

    /// <summary>The numbers that exist so far, by name.</summary>
    public static IEnumerable<(string Name, string Value)> Numbers(TrainingStatus status)
    {
        yield return ("state", State(status));
        foreach (var (number, value) in status.Progress.Numbers)
        {
            if (number.Label is { } label)
            {
                yield return (label, value.ToString(number.Format, CultureInfo.InvariantCulture));
            }
        }

        if (status is { Progress.State: RunState.Evaluating, EvaluationProgress: { } evaluation })
        {
            yield return ("evaluation episode", $"{evaluation.Played} of {evaluation.Episodes}");
            yield return ("evaluation mean", Format($"{evaluation.MeanReturn:0.##}"));
        }

        yield return ("time", Duration(status.Progress.Elapsed) + TimeLeft(status.Progress));
    }

    /// <summary>The numbers on one line; while the run is evaluated, those of the evaluation.</summary>
    public static string Line(TrainingStatus status)
    {
        if (status is { Progress.State: RunState.Evaluating, EvaluationProgress: { } evaluation })
        {
            var mean = evaluation.Played > 0 ? Format($" mean {evaluation.MeanReturn:0.##}") : "";
            return $"evaluation episode {evaluation.Played} of {evaluation.Episodes}{mean}";
        }

        return string.Join("  ", Numbers(status).Select(number => $"{number.Name} {number.Value}"));
    }

    /// <summary>How a run and its evaluation ended, line by line; the last line is for scripts.</summary>
    /// <param name="status">The run.</param>
    /// <param name="evaluator">Who played the evaluation, such as "by EvalService".</param>
    public static IEnumerable<string> Result(TrainingStatus status, string evaluator)
    {
        var progress = status.Progress;
        var verdict = progress.State switch
        {
            RunState.Solved => "Solved",
            RunState.Unsolved => "Ended unsolved",
            _ => "Stopped",
        };
        var speed = progress.Steps / Math.Max(progress.Elapsed.TotalSeconds, 1e-3);
        yield return Format($"{verdict} after {progress.Episodes:N0} episodes, {progress.Steps:N0} steps, ")
            + Format($"{Duration(progress.Elapsed)} ({speed:N0} steps/s).");
        if (status.Evaluation is { } evaluation)
        {
            yield return Evaluation(evaluation, evaluator);
        }

        yield return ResultLine(status);
    }

    /// <summary>The line for scripts that says how a run ended.</summary>
    public static string ResultLine(TrainingStatus status)
    {
        var progress = status.Progress;
        var solved = progress.State == RunState.Solved ? "true" : "false";
        var result = $"result: preset={status.Preset} seed={status.Seed} solved={solved} episodes={progress.Episodes}"
            + Format($" steps={progress.Steps} seconds={progress.Elapsed.TotalSeconds:0.0}");
        return status.Evaluation?.Summary is { } summary
            ? result + Format($" eval_episodes={summary.Episodes} eval_mean={summary.MeanReturn:0.##}")
                + Format($" eval_stderr={summary.StandardError:0.##}")
            : result;
    }

    /// <summary>A time, as short as it can be read.</summary>
    public static string Duration(TimeSpan time) => time.TotalSeconds < 60
        ? Format($"{time.TotalSeconds:0.0} s")
        : time.ToString(time.TotalHours < 1 ? @"m\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture);

    private static string Evaluation(RecordedEvaluation evaluation, string evaluator)
    {
        var summary = evaluation.Summary;
        return $"Evaluation {evaluator} ({evaluation.Protocol}): "
            + Format($"mean return {summary.MeanReturn:0.##} +- {summary.StandardError:0.##}, ")
            + Format($"median {summary.MedianReturn:0.##}, ")
            + Format($"interquartile mean {summary.InterquartileMeanReturn:0.##}, ")
            + Format($"min {summary.MinReturn:0.##}, max {summary.MaxReturn:0.##}")
            + (summary.HumanNormalisedScore is { } score ? Format($", human-normalised {score:0.###}") : "")
            + ".";
    }

    private static string TimeLeft(TrainingProgress progress) =>
        progress.State == RunState.Training && Fraction(progress) is > 0 and < 1 and { } fraction
            ? $", at most {Duration(progress.Elapsed * ((1 - fraction) / fraction))} left"
            : "";

    private static string Format(FormattableString text) => FormattableString.Invariant(text);
}
