using System.CommandLine;
using DqnAspire.Cli.Output;
using DqnAspire.Runs.Reports;

namespace DqnAspire.Cli.Commands;

/// <summary><c>dqn compare</c>: several runs side by side.</summary>
internal static class CompareCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var folders = Arguments.RunFolders();
        var markdown = new Option<string?>("--out")
        {
            Description = "Also write the tables as Markdown.",
            HelpName = "FILE.md",
        };
        var json = JsonText.CreateOption();
        var command = new UserCommand(
            "compare",
            "Compares runs: a row for each run, and statistics over the runs of each preset.",
            ("dqn compare runs/cartpole-*", "in the terminal"),
            ("dqn compare runs/* --out results.md", "as Markdown too"))
        {
            folders, markdown, json,
        };
        command.SetAction(result =>
        {
            var output = result.InvocationConfiguration.Output;
            var comparison = new RunComparison(Arguments.ReadRuns(result.GetRequiredValue(folders)));
            if (result.GetValue(json))
            {
                JsonText.Print(output, new
                {
                    Runs = ToObjects(RunComparison.Headings, comparison.Rows),
                    Presets = ToObjects(RunComparison.SummaryHeadings, comparison.Summaries),
                    Protocols = comparison.Protocols.ToArray(),
                });
            }
            else
            {
                TableText.Print(output, RunComparison.Headings, comparison.Rows);
                TableText.Print(output, RunComparison.SummaryHeadings, comparison.Summaries);
                foreach (var protocol in comparison.Protocols)
                {
                    output.WriteLine(protocol);
                }
            }

            if (result.GetValue(markdown) is { } file)
            {
                File.WriteAllText(file, comparison.ToMarkdown());
            }
        });
        return command;
    }

    private static IEnumerable<Dictionary<string, string>> ToObjects(
        IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows) =>
        rows.Select(row => headings.Zip(row).ToDictionary(cell => cell.First.Replace(' ', '_'), cell => cell.Second));
}
