using DqnAspire.Contracts.Learner.V1;
using DqnAspire.Monitoring.Following;
using Spectre.Console;
using Spectre.Console.Rendering;
using Progress = DqnAspire.Contracts.Learner.V1.Progress;

namespace DqnAspire.Monitoring.Display;

/// <summary>
/// Shows a run's progress: a picture that changes in place, or plain lines where the output is not a terminal.
/// </summary>
/// <param name="notice">Returns the line on what is unusual now; empty when all is well.</param>
public sealed class ProgressDisplay(Func<ProgressUpdate, string> notice)
{
    private const string Starting = "Starting the services ...";
    private const int BarWidth = 60;

    private static readonly TimeSpan LinePeriod = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan NoticePeriod = TimeSpan.FromSeconds(30);

    /// <summary>Shows updates until they end.</summary>
    public Task ShowAsync(IAsyncEnumerable<ProgressUpdate> updates, CancellationToken cancellationToken) =>
        AnsiConsole.Profile.Capabilities is { Interactive: true, Ansi: true }
            ? ShowLiveAsync(updates, cancellationToken)
            : ShowLinesAsync(updates, cancellationToken);

    private Task ShowLiveAsync(IAsyncEnumerable<ProgressUpdate> updates, CancellationToken cancellationToken) =>
        AnsiConsole.Live(new Text(Starting)).AutoClear(false).StartAsync(async context =>
        {
            await foreach (var update in updates.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                context.UpdateTarget(Picture(update, notice(update)));
            }
        });

    private async Task ShowLinesAsync(IAsyncEnumerable<ProgressUpdate> updates, CancellationToken cancellationToken)
    {
        var hasHeading = false;
        var (printed, noticed) = (DateTime.MinValue, DateTime.MinValue);
        var (lastNotice, lastLine) = ("", "");
        RunState? state = null;
        await foreach (var update in updates.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (!hasHeading && update.Progress is { Summary.Length: > 0 } started)
            {
                Console.WriteLine(ProgressText.Heading(started));
                Console.WriteLine(started.Summary);
                hasHeading = true;
            }

            // A line in which only a count of seconds changes is printed now and then.
            var line = notice(update);
            if (line.Length > 0 && line != lastNotice
                && (WithoutDigits(line) != WithoutDigits(lastNotice) || DateTime.UtcNow - noticed >= NoticePeriod))
            {
                Console.WriteLine(line);
                noticed = DateTime.UtcNow;
                lastNotice = line;
            }
            else if (line.Length == 0)
            {
                lastNotice = "";
            }

            // A new state is printed at once; otherwise a line now and then is enough for a log.
            if (update is { Progress: { } progress, IsSilent: false }
                && (state != progress.State
                    || (DateTime.UtcNow - printed >= LinePeriod && ProgressText.Line(progress) != lastLine)))
            {
                lastLine = ProgressText.Line(progress);
                Console.WriteLine(lastLine);
                printed = DateTime.UtcNow;
                state = progress.State;
            }
        }
    }

    private static string WithoutDigits(string line) => string.Concat(line.Where(c => !char.IsDigit(c)));

    private static Rows Picture(ProgressUpdate update, string notice)
    {
        var rows = update.Progress is { } progress ? Numbers(progress) : [new Text(Starting)];
        if (notice.Length > 0)
        {
            rows.Add(new Text(notice, new Style(Color.Yellow)));
        }

        return new Rows(rows);
    }

    private static List<IRenderable> Numbers(Progress progress)
    {
        var rows = new List<IRenderable> { new Text(ProgressText.Heading(progress), new Style(decoration: Decoration.Bold)) };
        if (progress.Summary.Length > 0)
        {
            rows.Add(new Text(progress.Summary, new Style(Color.Grey)));
        }

        if (ProgressText.Fraction(progress) is { } fraction)
        {
            rows.Add(new BreakdownChart()
                .Width(BarWidth)
                .HideTags()
                .AddItem("done", fraction * 100, Color.Green)
                .AddItem("left", (1 - fraction) * 100, Color.Grey23));
            rows.Add(new Text(FormattableString.Invariant($"{fraction:P0} of at most {ProgressText.Limit(progress)}")));
        }

        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap());
        foreach (var (name, value) in ProgressText.Numbers(progress))
        {
            grid.AddRow(new Text(name, new Style(Color.Grey)), new Text(value));
        }

        rows.Add(grid);
        return rows;
    }
}
