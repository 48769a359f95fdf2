using System.Text.Json;
using DqnAspire.Core;
using DqnAspire.Runs.Folders;

namespace DqnAspire.Runs.Records;

/// <summary>
/// Reads a JSON file of a run's folder. The one boundary for what damaged files lead to: whatever reading their content
/// throws is damage, and the message names the file.
/// </summary>
internal static class RecordedJson
{
    /// <summary>No file of a run's folder that is JSON as a whole comes near it.</summary>
    private const long MaxBytes = 64 << 20;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What it describes, with its article, for messages.</param>
    /// <param name="read">Makes something of its content.</param>
    /// <exception cref="InvalidDataException">It holds something else.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a folder.</exception>
    public static T Read<T>(string path, string what, Func<JsonElement, T> read)
    {
        if (new FileInfo(path) is { Exists: true, Length: > MaxBytes } file)
        {
            throw new InvalidDataException($"{path} does not describe {what}: it has {file.Length} bytes");
        }

        var content = File.ReadAllBytes(path);
        try
        {
            using var json = JsonDocument.Parse(content);
            return read(json.RootElement);
        }
        catch (Exception e) when (IsOfContent(e))
        {
            throw new InvalidDataException($"{path} does not describe {what}: {OneLine.Of(e.Message)}", e);
        }
    }

    /// <summary>
    /// Whether an exception comes of the content that is read, rather than of the reading: by a list, every further
    /// kind of damage would end a run.
    /// </summary>
    public static bool IsOfContent(Exception e) =>
        e is InvalidDataException
            || (!RunDirectory.IsRefusal(e) && e is not (OutOfMemoryException or OperationCanceledException));
}
