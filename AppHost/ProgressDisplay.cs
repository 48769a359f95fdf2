using System.Globalization;
using DqnAspire.Contracts.Learner.V1;
using Spectre.Console;
using Spectre.Console.Rendering;
using Progress = DqnAspire.Contracts.Learner.V1.Progress;

namespace DqnAspire.AppHost;

/// <summary>A run's progress in the terminal: a bar that moves, or plain lines where output is no terminal.</summary>
internal static class ProgressDisplay
{
    private static readonly TimeSpan LinePeriod = TimeSpan.FromSeconds(2);

    /// <summary>Shows updates until they end.</summary>
    public static async Task ShowAsync(IAsyncEnumerable<Progress> updates, CancellationToken cancellationToken)
    {
        if (AnsiConsole.Profile.Capabilities.Interactive && AnsiConsole.Profile.Capabilities.Ansi)
        {
            await ShowBarAsync(updates, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await ShowLinesAsync(updates, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task ShowBarAsync(IAsyncEnumerable<Progress> updates, CancellationToken cancellationToken)
    {
        var headed = false;
        var live = AnsiConsole.Live(new Text("Starting the run ...")).AutoClear(false);
        await live.StartAsync(async context =>
        {
            await foreach (var progress in updates.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                context.UpdateTarget(Picture(progress));
                headed = true;
            }
        }).ConfigureAwait(false);
        if (!headed)
        {
            AnsiConsole.WriteLine("The run reported nothing.");
        }
    }

    private static async Task ShowLinesAsync(IAsyncEnumerable<Progress> updates, CancellationToken cancellationToken)
    {
        var headed = false;
        var printed = DateTime.MinValue;
        var notice = "";
        RunState? state = null;
        await foreach (var progress in updates.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (!headed && progress.Summary.Length > 0)
            {
                Console.WriteLine(RunReport.Heading(progress));
                Console.WriteLine(progress.Summary);
                headed = true;
            }

            if (progress.Notice != notice && progress.Notice.Length > 0)
            {
                Console.WriteLine(progress.Notice);
            }

            notice = progress.Notice;
            // A new state is news; otherwise a line now and then is enough for a log.
            if (state != progress.State || DateTime.UtcNow - printed >= LinePeriod)
            {
                Console.WriteLine(RunReport.Line(progress));
                printed = DateTime.UtcNow;
                state = progress.State;
            }
        }
    }

    private static Rows Picture(Progress progress)
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
        if (progress.Notice.Length > 0)
        {
            rows.Add(new Text(progress.Notice, new Style(Color.Yellow)));
        }

        return new Rows(rows);
    }
}
