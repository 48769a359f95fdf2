using System.Text;
using DqnAspire.Core;

namespace DqnAspire.ServiceDefaults.Calls;

/// <summary>
/// The text of an error as it fits into a call's trailers. Clients give up on longer ones, and report that instead.
/// </summary>
internal static class StatusDetail
{
    /// <summary>
    /// Bytes of the text as HTTP/2 carries it, where anything but printable ASCII takes three a byte.
    /// </summary>
    public const int MaxBytes = 3500;

    /// <summary>The text on one line, cut where it is too long.</summary>
    public static string Cut(string text)
    {
        for (var length = OneLine.MaxMessage; ; length /= 2)
        {
            var line = OneLine.Of(text, length);
            if (EncodedBytes(line) <= MaxBytes)
            {
                return line;
            }
        }
    }

    private static int EncodedBytes(string text) =>
        Encoding.UTF8.GetBytes(text).Sum(b => b is >= 0x20 and < 0x7f and not (byte)'%' ? 1 : 3);
}
