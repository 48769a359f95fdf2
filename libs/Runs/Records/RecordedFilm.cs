using System.Reflection;
using System.Text.Json;
using DqnAspire.Core.Files;
using DqnAspire.Runs.Folders;

namespace DqnAspire.Runs.Records;

/// <summary>
/// What lies beside a recording, under its name with <c>.json</c> behind it: who played what, and everything from which
/// it is played again.
/// </summary>
public sealed record RecordedFilm
{
    /// <summary>Version of the file's format; a file of a newer one is refused.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>Ending of the file's name, behind the name of the pictures.</summary>
    public const string Extension = ".json";

    /// <summary>Version of the file's format.</summary>
    public int FormatVersion { get; init; } = CurrentFormatVersion;

    /// <summary>Name of the file or folder of the pictures, beside this one.</summary>
    public required string Pictures { get; init; }

    /// <summary>Run whose policy played; empty: a file outside a run's folder, or a person.</summary>
    public string RunId { get; init; } = "";

    /// <summary>Which policy, for people; empty: a person played.</summary>
    public string Policy { get; init; } = "";

    /// <summary>Agent steps that the policy was trained for.</summary>
    public long Steps { get; init; }

    /// <summary>SHA-256 of the policy's file, in hex digits.</summary>
    public string? PolicySha256 { get; init; }

    /// <summary>The environment.</summary>
    public required string Environment { get; init; }

    /// <summary>Its options.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>Name of each action.</summary>
    public IReadOnlyList<string> ActionNames { get; init; } = [];

    /// <summary>Seed of the first episode; each further one adds one.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Probability of a uniformly random action; the actions say what came of it.</summary>
    public double Epsilon { get; init; }

    /// <summary>Steps after which an episode was cut off; 0: none.</summary>
    public int MaxSteps { get; init; }

    /// <summary>Number of pictures.</summary>
    public long PictureCount { get; init; }

    /// <summary>Pictures a second.</summary>
    public double FramesPerSecond { get; init; }

    /// <summary>Columns of a picture.</summary>
    public int Width { get; init; }

    /// <summary>Rows of a picture.</summary>
    public int Height { get; init; }

    /// <summary>Version of the program.</summary>
    public string? Version { get; init; } = Assembly.GetExecutingAssembly()
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    /// <summary>When it was recorded.</summary>
    public DateTimeOffset Written { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>The episodes, in their order.</summary>
    public required IReadOnlyList<FilmedEpisode> Episodes { get; init; }

    /// <summary>The name of the file beside pictures.</summary>
    /// <param name="pictures">Path of the file or folder of the pictures.</param>
    public static string PathFor(string pictures) =>
        Path.TrimEndingDirectorySeparator(pictures) + Extension;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It describes no recording; the message names it.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static RecordedFilm Read(string path)
    {
        try
        {
            var film = JsonSerializer.Deserialize<RecordedFilm>(File.ReadAllBytes(path), JsonFormat.Indented)
                ?? throw new InvalidDataException($"{path} is empty.");
            return film switch
            {
                { FormatVersion: not CurrentFormatVersion } => throw new InvalidDataException(
                    $"{path} has format version {film.FormatVersion}; this program reads {CurrentFormatVersion}."),
                { Episodes: null or [] } or { Options: null } or { Environment: null } =>
                    throw new InvalidDataException($"{path} does not describe a recording: it has no episodes."),
                _ when film.Episodes.Any(
                    e => e is not { Length: > 0, Actions: not null, Rewards: not null, Lives: not null }) =>
                    throw new InvalidDataException($"{path} does not describe a recording: an episode has no steps."),
                _ => film,
            };
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new InvalidDataException($"{path} does not describe a recording: {e.Message}", e);
        }
    }

    /// <summary>Reads those of a run's folder, by steps; files that describe no recording are left out.</summary>
    /// <param name="run">The run's folder.</param>
    public static IReadOnlyList<RecordedFilm> ReadAll(string run)
    {
        var folder = Path.Combine(run, RunLayout.Recordings);
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*" + Extension)
                .Select(TryRead).OfType<RecordedFilm>().OrderBy(film => film.Steps).ThenBy(film => film.Written)]
            : [];
    }

    /// <summary>Writes the file.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string path) =>
        AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(this, JsonFormat.Indented));

    private static RecordedFilm? TryRead(string path)
    {
        try
        {
            return Read(path);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
