using System.Globalization;
using System.Text;

namespace DqnAspire.Core;

/// <summary>
/// Text of others as a part of one line: of a message, of a log, of a terminal. What a caller sends may hold line ends,
/// escape sequences and a megabyte; none of them may reach a reader.
/// </summary>
public static class OneLine
{
    /// <summary>Characters of a whole message.</summary>
    public const int MaxMessage = 2000;

    private const string Cut = "...";

    /// <summary>The text without control characters, and no longer than a limit.</summary>
    /// <param name="text">The text; null: none.</param>
    /// <param name="maxLength">Characters that stay, at least 4.</param>
    public static string Of(string? text, int maxLength = MaxMessage)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        if (text.Length <= maxLength && !text.Any(IsUnreadable))
        {
            return text;
        }

        var line = new StringBuilder(Math.Min(text.Length, maxLength));
        foreach (var character in text)
        {
            var shown = Show(character);
            if (line.Length + shown.Length > maxLength - Cut.Length)
            {
                return line.Append(Cut).ToString();
            }

            line.Append(shown);
        }

        return line.ToString();
    }

    /// <summary>
    /// Why something failed: the message of an exception that was written for people, and of any other its type, too.
    /// </summary>
    public static string Of(Exception exception)
    {
        var message = exception.Message.Length > 0 ? exception.Message : "no message";
        return Of(IsForPeople(exception) ? message : $"{exception.GetType().Name}: {message}");
    }

    // The runtime's own exceptions say what happened in the program, not what to do about it.
    private static bool IsForPeople(Exception exception) =>
        exception is IOException or InvalidDataException or UnauthorizedAccessException or TimeoutException
        || exception.GetType().Namespace?.StartsWith(nameof(System), StringComparison.Ordinal) != true;

    private static bool IsUnreadable(char character) =>
        char.IsControl(character) || character is '\u2028' or '\u2029'
        || CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.Format;

    private static string Show(char character) => character switch
    {
        '\r' or '\n' or '\t' => " ",
        _ when IsUnreadable(character) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
        _ => character.ToString(),
    };
}
