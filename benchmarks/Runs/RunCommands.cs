using System.CommandLine;
using DqnAspire.Runs.Folders;
using DqnAspire.Runs.Curves;
using DqnAspire.Runs.Records;
using DqnAspire.Runs.Reports;
using Spectre.Console;

namespace DqnAspire.Benchmarks.Runs;

/// <summary>
/// What is made of finished runs' folders: <c>curves</c> draws several in one picture, <c>compare</c> puts their numbers side by
/// side, <c>report</c> writes a folder's report anew.
/// </summary>
internal static class RunCommands
{
    private const int TableWidth = 220;

    /// <summary>The commands.</summary>
    /// <param name="fail">Says what is wrong and gives the exit code.</param>
    public static IEnumerable<Command> Create(Func<string, int> fail)
    {
        yield return CreateCurves(fail);
        yield return CreateCompare(fail);
        yield return CreateReport(fail);
    }

    private static Command CreateCurves(Func<string, int> fail)
    {
        var folders = Folders();
        var output = new Option<string>("--out") { Description = "The picture.", HelpName = "FILE.svg", Required = true };
        var title = new Option<string?>("--title") { Description = "Its title; the presets' names by default.", HelpName = "TEXT" };
        var command = new Command("curves", "Draws the learning curves of runs in one picture; runs of a preset share a colour.") { folders, output, title };
        command.SetAction(result => Guard(fail, () =>
        {
            var runs = Read(result.GetRequiredValue(folders));
            var curves = new SeedCurves();
            foreach (var run in runs)
            {
                curves.Add(run.File.Preset, run.Records);
            }

            var name = result.GetValue(title) ?? string.Join(", ", runs.Select(r => r.File.Preset).Distinct());
            File.WriteAllText(result.GetRequiredValue(output), curves.ToSvg(name));
        }));
        return command;
    }

    private static Command CreateCompare(Func<string, int> fail)
    {
        var folders = Folders();
        var output = new Option<string?>("--out") { Description = "Also write the tables as Markdown.", HelpName = "FILE.md" };
        var command = new Command("compare", "Puts runs side by side, and what the runs of a preset come to.") { folders, output };
        command.SetAction(result => Guard(fail, () =>
        {
            var comparison = new RunComparison(Read(result.GetRequiredValue(folders)));
            Print(comparison, result.InvocationConfiguration.Output);
            if (result.GetValue(output) is { } file)
            {
                File.WriteAllText(file, comparison.ToMarkdown());
            }
        }));
        return command;
    }

    private static Command CreateReport(Func<string, int> fail)
    {
        var folder = new Argument<string>("run-dir") { Description = "A run's folder." };
        var command = new Command("report", "Writes report.md of a run's folder anew.") { folder };
        command.SetAction(result => Guard(
            fail, () => result.InvocationConfiguration.Output.WriteLine(RunReport.Write(result.GetRequiredValue(folder)))));
        return command;
    }

    private static Argument<string[]> Folders() => new("run-dir") { Description = "Runs' folders.", Arity = ArgumentArity.OneOrMore };

    private static List<RecordedRun> Read(string[] folders) => [.. folders.Select(RecordedRun.Read)];

    private static int Guard(Func<string, int> fail, Action action)
    {
        try
        {
            action();
            return 0;
        }
        catch (Exception e) when (e is RunDirectoryException or IOException or UnauthorizedAccessException)
        {
            return fail(e.Message);
        }
    }

    private static void Print(RunComparison comparison, TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (!console.Profile.Out.IsTerminal)
        {
            // A file or a pipe has no width; a row is one line there.
            console.Profile.Width = TableWidth;
        }

        console.Write(ToTable(RunComparison.Headings, comparison.Rows));
        console.Write(ToTable(RunComparison.SummaryHeadings, comparison.Summaries));
        foreach (var protocol in comparison.Protocols)
        {
            console.WriteLine(protocol);
        }
    }

    private static Table ToTable(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var heading in headings)
        {
            table.AddColumn(Markup.Escape(heading));
        }

        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        return table;
    }
}
