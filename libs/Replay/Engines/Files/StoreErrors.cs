using DqnAspire.Replay.Storage;

namespace DqnAspire.Replay.Engines.Files;

/// <summary>Turns the exceptions of file operations into one line that names the file.</summary>
internal static class StoreErrors
{
    /// <summary>Writes a file or a folder.</summary>
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
            throw Explain(path, verb, e);
        }
    }

    /// <summary>Reads a file or a folder, and gives the result.</summary>
    /// <inheritdoc cref="Guard"/>
    /// <remarks>What cannot be made sense of is damage, whatever exception it leads to.</remarks>
    public static T Read<T>(string path, string verb, Func<string, T> use)
    {
        try
        {
            return use(path);
        }
        catch (Exception e) when (
            e is ArgumentException or OverflowException or FormatException or InvalidDataException
                or IndexOutOfRangeException)
        {
            throw new ReplayStoreException(
                $"{path} cannot be {verb}: it is damaged ({e.Message.Split('\n')[0]}).", StoreProblem.Damaged, e);
        }
        catch (Exception e) when (IsFileError(e))
        {
            throw Explain(path, verb, e);
        }
    }

    /// <summary>What is thrown instead of the exception of a file operation.</summary>
    public static ReplayStoreException Explain(string path, string verb, Exception e) =>
        e as ReplayStoreException ?? new($"{path} cannot be {verb}: {e.Message.Split('\n')[0]}", e);

    /// <summary>Whether a file operation throws this.</summary>
    /// <remarks>
    /// .NET reports a file that is larger than the file system or the user's limit allows as an argument out of range.
    /// </remarks>
    public static bool IsFileError(Exception e) =>
        e is (IOException and not ReplayStoreException) or UnauthorizedAccessException or ArgumentOutOfRangeException;
}
