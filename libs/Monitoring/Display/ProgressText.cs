using System.Globalization;
using DqnAspire.Contracts.Eval.V1;
using DqnAspire.Contracts.Learner.V1;

namespace DqnAspire.Monitoring.Display;

/// <summary>A run's numbers as text.</summary>
public static class ProgressText
{
    /// <summary>One line that says what is trained and where its files are.</summary>
    public static string Heading(Progress progress) =>
        $"{progress.Preset} on {progress.EnvironmentId}, seed {progress.Seed}, files in {Terminal.ShortPath(progress.RunDirectory)}";

    /// <summary>The part of the run's limit that is done, 0 to 1; null when the run has no limit.</summary>
    public static double? Fraction(Progress progress) => progress switch
    {
        { MaxEpisodes: > 0 } => Math.Min(1, (double)progress.Episodes / progress.MaxEpisodes),
        { MaxSteps: > 0 } => Math.Min(1, (double)progress.Steps / progress.MaxSteps),
        _ => null,
    };

    /// <summary>The run's limit, such as "500 episodes".</summary>
    public static string Limit(Progress progress) => progress.MaxEpisodes > 0
        ? Format($"{progress.MaxEpisodes:N0} episodes")
        : Format($"{progress.MaxSteps:N0} steps");

    /// <summary>The numbers that exist so far, by name.</summary>
    public static IEnumerable<(string Name, string Value)> Numbers(Progress progress)
    {
        yield return ("state", progress.Paused ? "paused" : StateText(progress.State));
        yield return ("step", Format($"{progress.Steps:N0}"));
        yield return ("episode", Format($"{progress.Episodes:N0}"));
        if (progress.HasLastReturn)
        {
            yield return ("last return", Format($"{progress.LastReturn:0.##}"));
        }

        if (progress.HasMeanReturn100)
        {
            yield return ("mean of last 100", Format($"{progress.MeanReturn100:0.##}"));
        }

        if (progress.HasValidationReturn)
        {
            yield return ("validation", Format(
                $"{progress.ValidationReturn:0.##} (best {progress.BestValidationReturn:0.##}, goal {progress.GoalReturn:0.##})"));
        }

        if (progress.HasLoss)
        {
            yield return ("loss", Format($"{progress.Loss:0.####}"));
        }

        yield return ("epsilon", Format($"{progress.Epsilon:0.###}"));
        yield return ("steps/s", Format($"{progress.StepsPerSecond:N0}"));
        yield return ("updates/s", Format($"{progress.UpdatesPerSecond:N0}"));
        yield return ("time", Duration(progress.Seconds) + TimeLeft(progress));
    }

    /// <summary>The numbers on one line.</summary>
    public static string Line(Progress progress) =>
        string.Join("  ", Numbers(progress).Select(number => $"{number.Name} {number.Value}"));

    /// <summary>How a run and its evaluation ended, line by line; the last line is for scripts.</summary>
    public static IEnumerable<string> Result(Progress run, Summary? evaluation)
    {
        var verdict = run.State switch
        {
            RunState.Solved => "Solved",
            RunState.Unsolved => "Ended unsolved",
            _ => "Stopped",
        };
        var speed = run.Steps / Math.Max(run.Seconds, 1e-3);
        yield return Format(
            $"{verdict} after {run.Episodes:N0} episodes, {run.Steps:N0} steps, {Duration(run.Seconds)} ({speed:N0} steps/s).");
        if (evaluation is not null)
        {
            yield return Evaluation(evaluation);
        }

        var solved = run.State == RunState.Solved ? "true" : "false";
        var result = Format(
            $"result: preset={run.Preset} seed={run.Seed} solved={solved} episodes={run.Episodes} steps={run.Steps} seconds={run.Seconds:0.0}");
        yield return evaluation is null
            ? result
            : result + Format(
                $" eval_episodes={evaluation.Episodes} eval_mean={evaluation.MeanReturn:0.##} eval_stderr={evaluation.StandardError:0.##}");
    }

    private static string Evaluation(Summary evaluation) =>
        Format($"Evaluation by EvalService ({evaluation.Protocol}): ")
        + Format($"mean return {evaluation.MeanReturn:0.##} +- {evaluation.StandardError:0.##}, ")
        + Format($"median {evaluation.MedianReturn:0.##}, interquartile mean {evaluation.InterquartileMeanReturn:0.##}, ")
        + Format($"min {evaluation.MinReturn:0.##}, max {evaluation.MaxReturn:0.##}")
        + (evaluation.HasHumanNormalisedScore ? Format($", human-normalised {evaluation.HumanNormalisedScore:0.###}") : "")
        + ".";

    private static string StateText(RunState state) => state switch
    {
        RunState.Starting => "starting",
        RunState.WarmingUp => "filling the replay",
        RunState.Training => "training",
        RunState.Solved => "solved",
        RunState.Unsolved => "ended unsolved",
        RunState.Stopped => "stopped",
        _ => "failed",
    };

    private static string TimeLeft(Progress progress) =>
        progress.State == RunState.Training && Fraction(progress) is > 0 and < 1 and { } fraction
            ? $", at most {Duration(progress.Seconds * (1 - fraction) / fraction)} left"
            : "";

    private static string Duration(double seconds) => seconds < 60
        ? Format($"{seconds:0.0} s")
        : TimeSpan.FromSeconds(seconds).ToString(seconds < 3600 ? @"m\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture);

    private static string Format(FormattableString text) => FormattableString.Invariant(text);
}
