namespace DqnAspire.Core.Files;

/// <summary>
/// Files that are written to a temporary name and renamed, so that neither a reader nor a crash meets half of one.
/// </summary>
public static class AtomicFile
{
    /// <summary>Replaces a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Its new content.</param>
    /// <exception cref="IOException">It cannot be written; the old file stays.</exception>
    public static void Write(string path, byte[] content) => Write(path, stream => stream.Write(content));

    /// <summary>Replaces a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its new content.</param>
    /// <param name="flush">
    /// Whether the content is on the disk before the file is renamed; without it, a power cut can lose it.
    /// </param>
    /// <exception cref="IOException">
    /// It cannot be written; the old file stays, and nothing of the new one takes room.
    /// </exception>
    public static void Write(string path, Action<Stream> write, bool flush = true)
    {
        var temporary = path + ".new";
        try
        {
            using var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None);
            write(stream);
            stream.Flush(flush);
        }
        catch (IOException)
        {
            File.Delete(temporary);
            throw;
        }

        File.Move(temporary, path, overwrite: true);
    }
}
