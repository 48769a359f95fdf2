namespace DqnAspire.Replay.Storage.Embedded;

/// <summary>Files that are replaced as a whole, so that no reader and no kill ever meets half of one.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file beside its place and then moves it there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its contents.</param>
    /// <param name="flush">Wait for the disk.</param>
    public static void Write(string path, Action<Stream> write, bool flush)
    {
        var temporary = path + ".new";
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            write(stream);
            stream.Flush(flush);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
