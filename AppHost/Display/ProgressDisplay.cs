using System.Globalization;
using DqnAspire.AppHost.Following;
using DqnAspire.Contracts.Learner.V1;
using Spectre.Console;
using Spectre.Console.Rendering;
using Progress = DqnAspire.Contracts.Learner.V1.Progress;

namespace DqnAspire.AppHost.Display;

/// <summary>A run's progress in the terminal: a bar that moves, or plain lines where output is no terminal.</summary>
/// <param name="notice">The line on what is unusual now; empty when all is well.</param>
internal sealed class ProgressDisplay(Func<RunUpdate, string> notice)
{
    private static readonly TimeSpan LinePeriod = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan NoticePeriod = TimeSpan.FromSeconds(30);

    /// <summary>Shows updates until they end.</summary>
    public Task ShowAsync(IAsyncEnumerable<RunUpdate> updates, CancellationToken cancellationToken) =>
        AnsiConsole.Profile.Capabilities is { Interactive: true, Ansi: true }
            ? ShowLiveAsync(updates, cancellationToken)
            : ShowLinesAsync(updates, cancellationToken);

    private Task ShowLiveAsync(IAsyncEnumerable<RunUpdate> updates, CancellationToken cancellationToken) =>
        AnsiConsole.Live(new Text("Starting the services ...")).AutoClear(false).StartAsync(async context =>
        {
            await foreach (var update in updates.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                context.UpdateTarget(Picture(update, notice(update)));
            }
        });

    private async Task ShowLinesAsync(IAsyncEnumerable<RunUpdate> updates, CancellationToken cancellationToken)
    {
        var headed = false;
        var (printed, noticed) = (DateTime.MinValue, DateTime.MinValue);
        var (said, shown) = ("", "");
        RunState? state = null;
        await foreach (var update in updates.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (!headed && update.Progress is { Summary.Length: > 0 } begun)
            {
                Console.WriteLine(RunReport.Heading(begun));
                Console.WriteLine(begun.Summary);
                headed = true;
            }

            // A line that counts seconds is news now and then.
            var line = notice(update);
            if (line.Length > 0 && line != said && (Kind(line) != Kind(said) || DateTime.UtcNow - noticed >= NoticePeriod))
            {
                Console.WriteLine(line);
                noticed = DateTime.UtcNow;
                said = line;
            }
            else if (line.Length == 0)
            {
                said = "";
            }

            // A new state is news; otherwise a line now and then is enough for a log.
            if (update is { Progress: { } progress, IsSilent: false }
                && (state != progress.State || (DateTime.UtcNow - printed >= LinePeriod && RunReport.Line(progress) != shown)))
            {
                shown = RunReport.Line(progress);
                Console.WriteLine(shown);
                printed = DateTime.UtcNow;
                state = progress.State;
            }
        }
    }

    private static string Kind(string line) => string.Concat(line.Where(c => !char.IsDigit(c)));

    private static IRenderable Picture(RunUpdate update, string notice)
    {
        var rows = update.Progress is { } progress ? Numbers(progress) : [new Text("Starting the services ...")];
        if (notice.Length > 0)
        {
            rows.Add(new Text(notice, new Style(Color.Yellow)));
        }

        return new Rows(rows);
    }

    private static List<IRenderable> Numbers(Progress progress)
    {
        var fraction = RunReport.Fraction(progress);
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap());
        foreach (var (name, value) in RunReport.Numbers(progress))
        {
            grid.AddRow(new Text(name, new Style(Color.Grey)), new Text(value));
        }

        var rows = new List<IRenderable> { new Text(RunReport.Heading(progress), new Style(decoration: Decoration.Bold)) };
        if (progress.Summary.Length > 0)
        {
            rows.Add(new Text(progress.Summary, new Style(Color.Grey)));
        }

        if (fraction is { } part)
        {
            rows.Add(new BreakdownChart()
                .Width(60)
                .HideTags()
                .AddItem("done", part * 100, Color.Green)
                .AddItem("left", (1 - part) * 100, Color.Grey23));
            rows.Add(new Text(string.Create(CultureInfo.InvariantCulture, $"{part:P0} of at most {RunReport.Limit(progress)}")));
        }

        rows.Add(grid);
        return rows;
    }
}
