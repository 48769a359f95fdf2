namespace DqnAspire.Agents.Runs.Records;

/// <summary>
/// Files that are written to a temporary name, flushed and renamed, so that a reader or a crash never meets half of one.
/// </summary>
internal static class ReplacedFile
{
    public static void Write(string path, byte[] content) => Write(path, stream => stream.Write(content));

    /// <summary>Replaces a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its new content.</param>
    /// <exception cref="IOException">It cannot be written; the old one stays, and nothing of the new one takes room.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = path + ".new";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
        }
        catch (IOException)
        {
            File.Delete(temporary);
            throw;
        }

        File.Move(temporary, path, overwrite: true);
    }
}
