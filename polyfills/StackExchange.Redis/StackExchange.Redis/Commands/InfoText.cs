namespace StackExchange.Redis;

/// <summary>The reply to INFO: sections with a title, lines of name, colon and value in them.</summary>
internal static class InfoText
{
    public static IGrouping<string, KeyValuePair<string, string>>[] Sections(string text)
        => [.. Lines(text).GroupBy(static line => line.Section, static line => line.Entry, StringComparer.Ordinal)];

    private static IEnumerable<(string Section, KeyValuePair<string, string> Entry)> Lines(string text)
    {
        var section = "miscellaneous";
        foreach (var line in text.Split(["\r\n", "\n"], StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                section = line[2..].Trim();
                continue;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                yield return (section, KeyValuePair.Create(line[..colon].Trim(), line[(colon + 1)..].Trim()));
            }
        }
    }
}
