using System.Globalization;
using DqnAspire.Contracts;
using DqnAspire.Contracts.Eval.V1;
using DqnAspire.Contracts.Learner.V1;

namespace DqnAspire.AppHost.Display;

/// <summary>A run's numbers in words.</summary>
internal static class RunReport
{
    /// <summary>What is run, one line.</summary>
    public static string Heading(Progress progress) =>
        $"{progress.Preset} on {progress.EnvironmentId}, seed {progress.Seed}, files in {Shorten(progress.RunDirectory)}";

    /// <summary>A path as it is typed where the command was given, when it lies below.</summary>
    private static string Shorten(string path) =>
        Path.GetRelativePath(Environment.CurrentDirectory, path) is var relative && relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;

    /// <summary>How much of the most that the preset allows is done, 0 to 1; null when it has no limit.</summary>
    public static double? Fraction(Progress progress) => progress switch
    {
        { MaxEpisodes: > 0 } => Math.Min(1, (double)progress.Episodes / progress.MaxEpisodes),
        { MaxSteps: > 0 } => Math.Min(1, (double)progress.Steps / progress.MaxSteps),
        _ => null,
    };

    /// <summary>That limit.</summary>
    public static string Limit(Progress progress) => progress.MaxEpisodes > 0
        ? Format($"{progress.MaxEpisodes:N0} episodes")
        : Format($"{progress.MaxSteps:N0} steps");

    /// <summary>The numbers that exist so far, by name.</summary>
    public static IEnumerable<(string Name, string Value)> Numbers(Progress progress)
    {
        yield return ("state", progress.Paused ? "paused" : StateText(progress.State));
        foreach (var number in progress.Numbers.Where(n => n.Label.Length > 0))
        {
            yield return (number.Label, number.ToText());
        }

        if (progress is { State: RunState.Evaluating, Evaluation: { } evaluation })
        {
            yield return ("evaluation episode", Format($"{evaluation.Played} of {evaluation.Episodes}"));
            yield return ("evaluation mean", Format($"{evaluation.MeanReturn:0.##}"));
        }

        yield return ("time", Duration(progress.Seconds) + Left(progress));
    }

    /// <summary>The numbers on one line; while the run is evaluated, those of the evaluation.</summary>
    public static string Line(Progress progress) => progress is { State: RunState.Evaluating, Evaluation: { } evaluation }
        ? Format($"evaluation episode {evaluation.Played} of {evaluation.Episodes}{(evaluation.Played > 0 ? Format($" mean {evaluation.MeanReturn:0.##}") : "")}")
        : string.Join("  ", Numbers(progress).Select(n => $"{n.Name} {n.Value}"));

    /// <summary>Prints how the run and its evaluation ended; the last line is for scripts.</summary>
    public static void PrintResult(Progress run)
    {
        var evaluation = run.Evaluation?.Summary;
        var verdict = run.State switch
        {
            RunState.Solved => "Solved",
            RunState.Unsolved => "Ended unsolved",
            _ => "Stopped",
        };
        Console.WriteLine(Format(
            $"{verdict} after {run.Episodes:N0} episodes, {run.Steps:N0} steps, {Duration(run.Seconds)} ({run.Steps / Math.Max(run.Seconds, 1e-3):N0} steps/s)."));
        if (evaluation is not null)
        {
            Console.WriteLine(Format(
                $"Evaluation by EvalService ({evaluation.Protocol}): mean return {evaluation.MeanReturn:0.##} +- {evaluation.StandardError:0.##}, median {evaluation.MedianReturn:0.##}, interquartile mean {evaluation.InterquartileMeanReturn:0.##}, min {evaluation.MinReturn:0.##}, max {evaluation.MaxReturn:0.##}{HumanNormalised(evaluation)}."));
        }

        var result = Format(
            $"result: preset={run.Preset} seed={run.Seed} solved={(run.State == RunState.Solved ? "true" : "false")} episodes={run.Episodes} steps={run.Steps} seconds={run.Seconds:0.0}");
        Console.WriteLine(evaluation is null
            ? result
            : result + Format($" eval_episodes={evaluation.Episodes} eval_mean={evaluation.MeanReturn:0.##} eval_stderr={evaluation.StandardError:0.##}"));
    }

    private static string HumanNormalised(Summary evaluation) =>
        evaluation.HumanNormalisedScore is { } score ? Format($", human-normalised {score:0.###}") : "";

    private static string StateText(RunState state) => state switch
    {
        RunState.Starting => "starting",
        RunState.WarmingUp => "filling the replay",
        RunState.Training => "training",
        RunState.Solved => "solved",
        RunState.Unsolved => "ended unsolved",
        RunState.Stopped => "stopped",
        RunState.Evaluating => "evaluating",
        _ => "failed",
    };

    private static string Left(Progress progress) => progress.State == RunState.Training && Fraction(progress) is > 0 and < 1 and { } fraction
        ? $", at most {Duration(progress.Seconds * (1 - fraction) / fraction)} left"
        : "";

    private static string Duration(double seconds) => seconds < 60
        ? Format($"{seconds:0.0} s")
        : TimeSpan.FromSeconds(seconds).ToString(seconds < 3600 ? @"m\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture);

    private static string Format(FormattableString text) => FormattableString.Invariant(text);
}
