using System.Buffers;
using System.Text;

namespace Grpc.Net.Internal;

/// <summary>The encoding of <c>grpc-message</c>: UTF-8, where every byte outside printable ASCII, and the percent sign, becomes %XX.</summary>
internal static class PercentEncoding
{
    private static readonly SearchValues<char> Unreserved =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Where(c => c != '%')]);

    public static string Encode(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Unreserved))
        {
            return text;
        }

        var encoded = new StringBuilder(text.Length * 2);
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            if (Unreserved.Contains((char)value))
            {
                encoded.Append((char)value);
            }
            else
            {
                encoded.Append('%').Append(value.ToString("X2"));
            }
        }

        return encoded.ToString();
    }

    /// <summary>Decodes a received message. What is not a valid escape stays as it came: a broken message must not hide the status.</summary>
    public static string Decode(string text) => text.Contains('%') ? Uri.UnescapeDataString(text) : text;
}
