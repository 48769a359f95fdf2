using DqnAspire.Core.Files;

namespace DqnAspire.Replay.Engines.Files;

/// <summary>The marks of a table: files <c>mark-NAME.bin</c> in its folder, each replaced as a whole.</summary>
internal static class MarkFiles
{
    public const string Prefix = "mark-";
    private const string Suffix = ".bin";

    public static IReadOnlyList<string> List(string directory) =>
    [
        .. Directory.EnumerateFiles(directory, $"{Prefix}*{Suffix}")
            .Select(path => Path.GetFileName(path)[Prefix.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal),
    ];

    public static void Save(string directory, string name, ReadOnlyMemory<byte> mark, bool flush) =>
        AtomicFile.Write(PathOf(directory, name), stream => stream.Write(mark.Span), flush);

    public static byte[]? Load(string directory, string name)
    {
        var path = PathOf(directory, name);
        return File.Exists(path) ? File.ReadAllBytes(path) : null;
    }

    public static bool Drop(string directory, string name)
    {
        var path = PathOf(directory, name);
        var wasThere = File.Exists(path);
        File.Delete(path);
        return wasThere;
    }

    /// <summary>Deletes all marks, and what a killed process left of one that it was writing.</summary>
    public static void DropAll(string directory)
    {
        foreach (var path in Directory.EnumerateFiles(directory, Prefix + "*"))
        {
            File.Delete(path);
        }
    }

    private static string PathOf(string directory, string name) => Path.Combine(directory, Prefix + name + Suffix);
}
