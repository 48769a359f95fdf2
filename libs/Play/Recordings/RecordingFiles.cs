using System.Globalization;
using DqnAspire.Agents.Settings;
using DqnAspire.Core.Lanes;
using DqnAspire.Play.Policies;
using DqnAspire.Play.Recordings.Gif;
using DqnAspire.Play.Recordings.Writing;
using DqnAspire.Runs.Folders;

namespace DqnAspire.Play.Recordings;

/// <summary>Names of recordings, and who writes which kind.</summary>
public static class RecordingFiles
{
    /// <summary>Whether a kind can be written on this machine: some need the program ffmpeg.</summary>
    public static bool CanWrite(RecordingFormat format) =>
        format is RecordingFormat.Gif or RecordingFormat.Png || Ffmpeg.IsAvailable;

    /// <summary>Checks that a kind can be written on this machine.</summary>
    /// <exception cref="RecordingException">A program is missing; the message says what to install.</exception>
    public static void RequireCanWrite(RecordingFormat format)
    {
        if (!CanWrite(format))
        {
            throw Ffmpeg.Missing();
        }
    }

    /// <summary>Begins a file, or for a sequence of pictures a folder.</summary>
    /// <param name="path">Its name when it is whole.</param>
    /// <param name="format">Its kind.</param>
    /// <param name="film">What pictures and sound are made of, with square pixels.</param>
    /// <exception cref="RecordingException">A program that it needs is missing.</exception>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static IFilmWriter Create(string path, RecordingFormat format, FilmFormat film) => format switch
    {
        RecordingFormat.Gif => new GifWriter(path, film),
        RecordingFormat.Png => new PngSequenceWriter(path, film),
        _ => new FfmpegWriter(path, film, format),
    };

    /// <summary>The ending of a kind's names; empty for a folder of pictures.</summary>
    public static string ExtensionOf(RecordingFormat format) => format switch
    {
        RecordingFormat.Gif => ".gif",
        RecordingFormat.Mp4 => ".mp4",
        RecordingFormat.WebM => ".webm",
        _ => "",
    };

    /// <summary>The kind that a name's ending says; null: none.</summary>
    public static RecordingFormat? FormatOf(string path)
    {
        var extension = Path.GetExtension(path);
        return Enum.GetValues<RecordingFormat>()
            .Where(format => ExtensionOf(format) is { Length: > 0 } known
                && known.Equals(extension, StringComparison.OrdinalIgnoreCase))
            .Select(format => (RecordingFormat?)format)
            .FirstOrDefault();
    }

    /// <summary>
    /// Where a recording goes that was given no place: into the run's recordings, or the current folder, under a name
    /// of the policy's steps, the seed and epsilon.
    /// </summary>
    /// <param name="policy">Who plays; null: a person.</param>
    /// <param name="seed">Seed of the first episode.</param>
    /// <param name="epsilon">Probability of a random action.</param>
    /// <param name="format">The kind of file.</param>
    public static string DefaultPath(PolicyInfo? policy, ulong seed, double epsilon, RecordingFormat format)
    {
        var player = policy switch
        {
            null => "played",
            { RunFolder: null, Path: { } file } => Path.GetFileNameWithoutExtension(file),
            _ => string.Create(CultureInfo.InvariantCulture, $"step-{policy.Steps}"),
        };
        var random = epsilon > 0 ? string.Create(CultureInfo.InvariantCulture, $"-epsilon-{epsilon}") : "";
        var name = string.Create(CultureInfo.InvariantCulture, $"{player}-seed-{seed}{random}");
        var folder = policy?.RunFolder is { } run ? Path.Combine(run, RunLayout.Recordings) : ".";
        return Path.Combine(folder, name + ExtensionOf(format));
    }
}
