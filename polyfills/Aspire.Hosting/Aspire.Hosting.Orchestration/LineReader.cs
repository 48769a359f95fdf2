using System.Text;

namespace Aspire.Hosting.Orchestration;

/// <summary>Cuts a process's output into lines.</summary>
internal static class LineReader
{
    // A line without an end must not grow for ever: it is passed on in pieces of this size.
    private const int MaxLineBytes = 64 * 1024;

    /// <summary>Reads until the stream ends and calls <paramref name="onLine"/> for each line, without its line end.</summary>
    public static void ReadLines(Stream stream, Action<string> onLine)
    {
        var buffer = new byte[8 * 1024];
        var filled = 0;
        while (true)
        {
            if (filled == buffer.Length)
            {
                if (buffer.Length >= MaxLineBytes)
                {
                    onLine(Encoding.UTF8.GetString(buffer, 0, filled));
                    filled = 0;
                }
                else
                {
                    Array.Resize(ref buffer, buffer.Length * 2);
                }
            }

            var read = stream.Read(buffer, filled, buffer.Length - filled);
            if (read == 0)
            {
                break;
            }

            filled += read;
            var start = 0;
            while (buffer.AsSpan(start, filled - start).IndexOf((byte)'\n') is >= 0 and var length)
            {
                onLine(Encoding.UTF8.GetString(buffer.AsSpan(start, length).TrimEnd((byte)'\r')));
                start += length + 1;
            }

            filled -= start;
            buffer.AsSpan(start, filled).CopyTo(buffer);
        }

        if (filled > 0)
        {
            onLine(Encoding.UTF8.GetString(buffer, 0, filled));
        }
    }
}
