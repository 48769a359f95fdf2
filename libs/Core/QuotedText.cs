using System.Globalization;
using System.Text;

namespace DqnAspire.Core;

/// <summary>
/// Text of others in messages and logs: short, in one line, and without anything that a terminal obeys.
/// </summary>
public static class QuotedText
{
    /// <summary>Characters of a text that are shown; the middle of a longer one is left out.</summary>
    public const int MaxQuoted = 120;

    /// <summary>
    /// Characters of a message that are sent to a caller: nine bytes each, as gRPC may write them, fit into the 8 KiB
    /// of headers that every client takes.
    /// </summary>
    public const int MaxLine = 800;

    /// <summary>A text in quotation marks.</summary>
    /// <param name="text">What somebody else wrote, for example a name in a request.</param>
    public static string Quote(this string text) => $"'{Show(text, MaxQuoted)}'";

    /// <summary>A message as one line.</summary>
    /// <param name="message">The message; what it quotes may be of any length.</param>
    public static string OneLine(string message) => Show(message, MaxLine);

    private static string Show(string text, int limit)
    {
        var isShort = text.Length <= limit;
        if (isShort && !text.Any(IsUnsafe))
        {
            return text;
        }

        // The end of a message often says what to do.
        var (head, tail) = isShort ? (text, "") : (text[..(limit * 3 / 4)], text[^(limit / 4)..]);
        var shown = new StringBuilder();
        Add(shown, head);
        if (!isShort)
        {
            shown.Append(CultureInfo.InvariantCulture, $"[... {text.Length - head.Length - tail.Length:N0} more ...]");
            Add(shown, tail);
        }

        return shown.ToString();
    }

    private static void Add(StringBuilder shown, string text)
    {
        foreach (var character in text)
        {
            if (IsUnsafe(character))
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
            else
            {
                shown.Append(character);
            }
        }
    }

    // Line and paragraph separators, formats (right-to-left marks) and halves of pairs change a line as controls do.
    private static bool IsUnsafe(char character) => char.IsControl(character)
        || char.GetUnicodeCategory(character) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Format or UnicodeCategory.Surrogate;
}
