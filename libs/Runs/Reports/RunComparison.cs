using DqnAspire.Agents.Evaluation.Statistics;
using DqnAspire.Agents.Training;
using DqnAspire.Runs.Records;

namespace DqnAspire.Runs.Reports;

/// <summary>Several runs side by side: a row a run, and what the runs of a preset come to.</summary>
/// <param name="runs">The runs, in the order to be shown.</param>
public sealed class RunComparison(IReadOnlyList<ComparedRun> runs)
{
    private const double Confidence = 0.95;

    /// <summary>Compares runs that were read from their folders.</summary>
    public RunComparison(IEnumerable<RecordedRun> runs)
        : this([.. runs.Select(ComparedRun.Of)])
    {
    }

    /// <summary>Headings of <see cref="Rows"/>.</summary>
    public static IReadOnlyList<string> Headings { get; } =
    [
        "run", "preset", "seed", "result", "episodes", "agent steps", "time", "mean of last 100", "best validation",
        "evaluation",
    ];

    /// <summary>Headings of <see cref="Summaries"/>.</summary>
    public static IReadOnlyList<string> SummaryHeadings { get; } =
        ["preset", "runs", "solved", "score", "mean", "median", "interquartile mean", "95% interval of it"];

    /// <summary>A row a run.</summary>
    public IEnumerable<IReadOnlyList<string>> Rows => runs.Select(run => (IReadOnlyList<string>)
    [
        run.Name,
        run.Preset,
        $"{run.Seed}",
        ReportText.State(run.State),
        ReportText.Whole(run.Numbers[TrainingNumbers.Episodes]),
        ReportText.Whole(run.Numbers[TrainingNumbers.Steps]),
        ReportText.Duration(run.Numbers[TrainingNumbers.Seconds] ?? 0),
        ReportText.Number(run.Numbers[TrainingNumbers.MeanReturn100]),
        ReportText.Number(run.Numbers[TrainingNumbers.BestValidationReturn]),
        run.Evaluation is { Summary: var evaluation }
            ? ReportText.WithError(evaluation.MeanReturn, evaluation.StandardError)
            : "",
    ]);

    /// <summary>
    /// A row a preset: statistics over its runs (seeds) of their evaluations' mean returns, or where some have not been
    /// evaluated of the mean returns of their last 100 episodes; the interval is a bootstrap one.
    /// </summary>
    public IEnumerable<IReadOnlyList<string>> Summaries =>
        runs.GroupBy(r => r.Preset).Select(group => Summarise(group.Key, [.. group]));

    /// <summary>How the runs were evaluated, each way once.</summary>
    public IEnumerable<string> Protocols => runs
        .Where(r => r.Evaluation is not null)
        .GroupBy(r => (r.Preset, Protocol: WithoutSeeds(r.Evaluation!.Protocol)))
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

    private static IReadOnlyList<string> Summarise(string preset, IReadOnlyList<ComparedRun> group)
    {
        var isEvaluated = group.All(r => r.Evaluation is not null);
        var scores = group
            .Select(r => isEvaluated ? r.Evaluation!.Summary.MeanReturn : r.Numbers[TrainingNumbers.MeanReturn100])
            .OfType<double>()
            .ToArray();
        string[] row = [preset, $"{group.Count}", $"{group.Count(r => r.State == RunState.Solved)}"];
        if (scores.Length == 0)
        {
            return [.. row, "", "", "", "", ""];
        }

        var interval = StratifiedBootstrap.Estimate([scores], SampleStatistics.InterquartileMean, Confidence);
        return
        [
            .. row,
            isEvaluated ? "evaluation" : "mean of last 100",
            ReportText.Number(SampleStatistics.Mean(scores)),
            ReportText.Number(SampleStatistics.Median(scores)),
            ReportText.Number(interval.Estimate),
            scores.Length > 1 ? $"{ReportText.Number(interval.Low)} to {ReportText.Number(interval.High)}" : "",
        ];
    }

    // Every run has other reset seeds; they are no difference in how it was played.
    private static string WithoutSeeds(string protocol) =>
        string.Join(
            ", ", protocol.Split(", ").Where(part => !part.StartsWith("reset seeds", StringComparison.Ordinal)));
}
