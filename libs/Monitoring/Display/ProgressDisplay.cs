using System.Diagnostics;
using DqnAspire.Agents.Training;
using DqnAspire.Monitoring.Following;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DqnAspire.Monitoring.Display;

/// <summary>
/// Shows a run's progress: a picture that changes in place, or plain lines where the output is not a terminal.
/// </summary>
/// <param name="starting">The line before the first progress.</param>
/// <param name="notice">Returns the line on what is unusual now; empty when all is well.</param>
public sealed class ProgressDisplay(string starting, Func<ProgressUpdate, string> notice)
{
    private const int BarWidth = 60;

    /// <summary>Shows updates until they end.</summary>
    public Task ShowAsync(IAsyncEnumerable<ProgressUpdate> updates, CancellationToken cancellationToken) =>
        AnsiConsole.Profile.Capabilities is { Interactive: true, Ansi: true }
            ? ShowLiveAsync(updates, cancellationToken)
            : ShowLinesAsync(updates, cancellationToken);

    private Task ShowLiveAsync(IAsyncEnumerable<ProgressUpdate> updates, CancellationToken cancellationToken) =>
        AnsiConsole.Live(new Text(starting)).AutoClear(false).StartAsync(async context =>
        {
            await foreach (var update in updates.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                context.UpdateTarget(Picture(update, notice(update)));
            }
        });

    private async Task ShowLinesAsync(IAsyncEnumerable<ProgressUpdate> updates, CancellationToken cancellationToken)
    {
        var lines = new ProgressLines();
        await foreach (var update in updates.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            foreach (var line in lines.Next(update, notice(update)))
            {
                Console.WriteLine(line);
            }
        }
    }

    private Rows Picture(ProgressUpdate update, string line)
    {
        var rows = update.Status is { } status ? Numbers(status) : [new Text(starting)];
        if (line.Length > 0)
        {
            rows.Add(new Text(line, new Style(Color.Yellow)));
        }

        return new Rows(rows);
    }

    private static List<IRenderable> Numbers(TrainingStatus status)
    {
        var bold = new Style(decoration: Decoration.Bold);
        var rows = new List<IRenderable> { new Text(ProgressText.Heading(status), bold) };
        if (status.Progress.Summary.Length > 0)
        {
            rows.Add(new Text(status.Progress.Summary, new Style(Color.Grey)));
        }

        if (ProgressText.Fraction(status.Progress) is { } fraction)
        {
            rows.Add(new BreakdownChart()
                .Width(BarWidth)
                .HideTags()
                .AddItem("done", fraction * 100, Color.Green)
                .AddItem("left", (1 - fraction) * 100, Color.Grey23));
            var limit = ProgressText.Limit(status.Progress);
            rows.Add(new Text(FormattableString.Invariant($"{fraction:P0} of at most {limit}")));
        }

        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap());
        foreach (var (name, value) in ProgressText.Numbers(status))
        {
            grid.AddRow(new Text(name, new Style(Color.Grey)), new Text(value));
        }

        rows.Add(grid);
        return rows;
    }

    /// <summary>Chooses what is worth a line where lines stay.</summary>
    private sealed class ProgressLines
    {
        private static readonly TimeSpan LinePeriod = TimeSpan.FromSeconds(2);
        private static readonly TimeSpan NoticePeriod = TimeSpan.FromSeconds(30);

        private bool _hasHeading;
        // The time of day may be set meanwhile, and lines would stop.
        private long? _printed;
        private long? _noticed;
        private string _notice = "";
        private string _line = "";
        private RunState? _state;

        public IEnumerable<string> Next(ProgressUpdate update, string notice)
        {
            if (!_hasHeading && update.Status is { Progress.Summary.Length: > 0 } started)
            {
                _hasHeading = true;
                yield return ProgressText.Heading(started);
                yield return started.Progress.Summary;
            }

            if (IsNews(notice))
            {
                (_notice, _noticed) = (notice, Stopwatch.GetTimestamp());
                yield return notice;
            }
            else if (notice.Length == 0)
            {
                _notice = "";
            }

            if (update is { Status: { } status, IsSilent: false } && IsNews(status))
            {
                // The line of a new evaluation says what begins, however far it has come by now.
                var shown = status is { Progress.State: RunState.Evaluating, EvaluationProgress: { } evaluation }
                    && _state != RunState.Evaluating
                    ? status with { EvaluationProgress = evaluation with { Played = 0 } }
                    : status;
                (_line, _printed, _state) = (ProgressText.Line(shown), Stopwatch.GetTimestamp(), status.Progress.State);
                yield return _line;
            }
        }

        /// <summary>A line in which only a count of seconds changes is printed now and then.</summary>
        private bool IsNews(string notice) =>
            notice.Length > 0
            && notice != _notice
            && (WithoutDigits(notice) != WithoutDigits(_notice) || IsOver(_noticed, NoticePeriod));

        /// <summary>A new state is printed at once; otherwise a line now and then is enough for a log.</summary>
        private bool IsNews(TrainingStatus status) =>
            _state != status.Progress.State
            || (IsOver(_printed, LinePeriod) && ProgressText.Line(status) != _line);

        private static bool IsOver(long? since, TimeSpan period) =>
            since is not { } timestamp || Stopwatch.GetElapsedTime(timestamp) >= period;

        private static string WithoutDigits(string line) => string.Concat(line.Where(c => !char.IsDigit(c)));
    }
}
