using DqnAspire.Replay.Storage;

namespace DqnAspire.Replay.Engines.Files;

/// <summary>Turns the exceptions of file operations into one line that names the file.</summary>
internal static class StoreErrors
{
    /// <summary>Uses a file or a folder.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="verb">What fails, for the message "PATH cannot be VERB".</param>
    /// <param name="use">The use.</param>
    /// <exception cref="ReplayStoreException">The use failed.</exception>
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

    /// <summary>Uses a file or a folder, and gives the result.</summary>
    /// <inheritdoc cref="Guard"/>
    public static T Read<T>(string path, string verb, Func<string, T> use)
    {
        T? result = default;
        Guard(path, verb, p => result = use(p));
        return result!;
    }

    // .NET reports a file that is larger than the file system or the user's limit allows as an argument out of range.
    public static bool IsFileError(Exception e) =>
        e is (IOException and not ReplayStoreException) or UnauthorizedAccessException or ArgumentOutOfRangeException;
}
