using DqnAspire.Agents.Evaluation.Statistics;
using DqnAspire.Agents.Training;
using DqnAspire.Runs.Records;

namespace DqnAspire.Runs.Reports;

/// <summary>Several runs side by side: a row a run, and what the runs of a preset come to.</summary>
/// <param name="runs">The runs, in the order to be shown.</param>
public sealed class RunComparison(IReadOnlyList<RecordedRun> runs)
{
    private const double Confidence = 0.95;

    /// <summary>Headings of <see cref="Rows"/>.</summary>
    public static IReadOnlyList<string> Headings { get; } =
        ["run", "preset", "seed", "result", "episodes", "agent steps", "time", "mean of last 100", "best validation", "evaluation"];

    /// <summary>Headings of <see cref="Summaries"/>.</summary>
    public static IReadOnlyList<string> SummaryHeadings { get; } =
        ["preset", "runs", "solved", "score", "mean", "median", "interquartile mean", "95% interval of it"];

    /// <summary>A row a run.</summary>
    public IEnumerable<IReadOnlyList<string>> Rows => runs.Select(run => (IReadOnlyList<string>)
    [
        Path.GetFileName(run.Folder),
        run.File.Preset,
        $"{run.File.Seed}",
        RunWords.State(run.File.State),
        RunWords.Whole(run.File.Episodes),
        RunWords.Whole(run.File.Steps),
        RunWords.Duration(run.File.Seconds),
        RunWords.Number(run.File.MeanReturn100),
        RunWords.Number(run.File.BestValidationReturn),
        run.Evaluation is { } evaluation ? RunWords.WithError(evaluation.MeanReturn, evaluation.StandardError) : "",
    ]);

    /// <summary>
    /// A row a preset: statistics over its runs (seeds) of their evaluations' mean returns, or where some have not been
    /// evaluated of the mean returns of their last 100 episodes; the interval is a bootstrap one.
    /// </summary>
    public IEnumerable<IReadOnlyList<string>> Summaries => runs.GroupBy(r => r.File.Preset).Select(group => Summarise(group.Key, [.. group]));

    /// <summary>How the runs were evaluated, each way once.</summary>
    public IEnumerable<string> Protocols => runs
        .Where(r => r.Evaluation is not null)
        .GroupBy(r => (r.File.Preset, Protocol: WithoutSeeds(r.Evaluation!.Protocol)))
        .Select(g => $"{g.Key.Preset} was evaluated by {g.Key.Protocol}.");

    /// <summary>All of it in Markdown.</summary>
    public string ToMarkdown()
    {
        var table = new MarkdownTable(Headings);
        foreach (var row in Rows)
        {
            table.Add(row);
        }

        var summary = new MarkdownTable(SummaryHeadings);
        foreach (var row in Summaries)
        {
            summary.Add(row);
        }

        return $"{table}\n{summary}\n{string.Concat(Protocols.Select(p => $"{p}\n"))}";
    }

    private static IReadOnlyList<string> Summarise(string preset, IReadOnlyList<RecordedRun> group)
    {
        var isEvaluated = group.All(r => r.Evaluation is not null);
        var scores = group
            .Select(r => isEvaluated ? r.Evaluation!.MeanReturn : r.File.MeanReturn100)
            .OfType<double>()
            .ToArray();
        string[] row = [preset, $"{group.Count}", $"{group.Count(r => r.File.State == RunState.Solved)}"];
        if (scores.Length == 0)
        {
            return [.. row, "", "", "", "", ""];
        }

        var interval = StratifiedBootstrap.Estimate([scores], SampleStatistics.InterquartileMean, Confidence);
        return
        [
            .. row,
            isEvaluated ? "evaluation" : "mean of last 100",
            RunWords.Number(SampleStatistics.Mean(scores)),
            RunWords.Number(SampleStatistics.Median(scores)),
            RunWords.Number(interval.Estimate),
            scores.Length > 1 ? $"{RunWords.Number(interval.Low)} to {RunWords.Number(interval.High)}" : "",
        ];
    }

    // Every run has reset seeds of its own; they are no difference in how it was played.
    private static string WithoutSeeds(string protocol) =>
        string.Join(", ", protocol.Split(", ").Where(part => !part.StartsWith("reset seeds", StringComparison.Ordinal)));
}
