using Spectre.Console;

namespace DqnAspire.Cli.Output;

/// <summary>Tables: as wide as the terminal allows; in a file or a pipe a row is one line.</summary>
internal static class TableText
{
    private const int WidthOfFiles = 2000;

    /// <summary>Prints a table.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="headings">Headings of the columns.</param>
    /// <param name="rows">The cells of each row.</param>
    public static void Print(TextWriter output, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = WidthOfFiles;
        }

        console.Write(Create(headings, rows));
    }

    /// <summary>Creates a table.</summary>
    /// <param name="headings">Headings of the columns.</param>
    /// <param name="rows">The cells of each row.</param>
    public static Table Create(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
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
