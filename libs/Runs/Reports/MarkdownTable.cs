using System.Text;

namespace DqnAspire.Runs.Reports;

/// <summary>A table in Markdown.</summary>
/// <param name="headings">The first row.</param>
public sealed class MarkdownTable(params IReadOnlyList<string> headings)
{
    private readonly List<IReadOnlyList<string>> _rows = [];

    /// <summary>Adds a row.</summary>
    /// <param name="cells">As many as there are headings.</param>
    public void Add(params IReadOnlyList<string> cells) => _rows.Add(cells);

    /// <summary>The table; numbers of a column that holds nothing else stand at the right.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Append(text, headings);
        Append(text, [.. headings.Select((_, column) => IsNumeric(column) ? "---:" : "---")]);
        foreach (var row in _rows)
        {
            Append(text, [.. row.Select(Escape)]);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, IReadOnlyList<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private bool IsNumeric(int column) => _rows.Count > 0 && _rows.All(row => IsNumber(row[column]));

    private static bool IsNumber(string cell) =>
        cell.Length == 0 || char.IsAsciiDigit(cell.TrimStart('-').FirstOrDefault());

    private static string Escape(string cell) =>
        cell.Replace("|", @"\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
