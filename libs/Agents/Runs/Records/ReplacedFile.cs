namespace DqnAspire.Agents.Runs.Records;

/// <summary>
/// Files that are written to a temporary name, flushed and renamed, so that a reader or a crash never meets half of one.
/// </summary>
internal static class ReplacedFile
{
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        using (var stream = Begin(path))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(Temporary(path), path, overwrite: true);
    }

    public static void Write(string path, Action<Stream> write)
    {
        using (var stream = Begin(path))
        {
            write(stream);
            stream.Flush(flushToDisk: true);
        }

        File.Move(Temporary(path), path, overwrite: true);
    }

    private static string Temporary(string path) => path + ".new";

    private static FileStream Begin(string path) => new(Temporary(path), FileMode.Create, FileAccess.Write, FileShare.None);
}
