namespace DqnAspire.Replay.Storage.Embedded;

/// <summary>Turns what files throw into one line that names the file.</summary>
internal static class StoreErrors
{
    public static void Guard(string path, string verb, Action<string> use)
    {
        try
        {
            use(path);
        }
        catch (Exception e) when (IsFileError(e))
        {
            throw new ReplayStoreException($"{path} cannot be {verb}: {e.Message}", e);
        }
    }

    // A file that would become larger than the file system or the user's limit allows is an argument out of range to .NET.
    public static bool IsFileError(Exception e) =>
        e is (IOException and not ReplayStoreException) or UnauthorizedAccessException or ArgumentOutOfRangeException;
}
