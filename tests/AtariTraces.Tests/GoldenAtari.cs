using System.IO.Compression;
using DqnAspire.AtariTraces.Cartridges;
using DqnAspire.AtariTraces.Format;
using DqnAspire.Environments.Atari.Cartridges;

namespace DqnAspire.AtariTraces.Tests;

/// <summary>
/// What was recorded in the Arcade Learning Environment: the traces embedded here, and the files of GOLDEN_DIR/atari.
/// </summary>
internal static class GoldenAtari
{
    private const string Embedded = "traces/";

    private static readonly Lazy<CartridgeShelf> Shelf = new(TraceCartridges.OfThisMachine);

    /// <summary>Names of the embedded traces.</summary>
    public static IReadOnlyList<string> EmbeddedTraces { get; } =
        [.. typeof(GoldenAtari).Assembly.GetManifestResourceNames().Where(IsEmbedded).Order(StringComparer.Ordinal)];

    /// <summary>Every trace; a path, or the name of an embedded one.</summary>
    public static IReadOnlyList<string> Traces { get; } = [.. EmbeddedTraces, .. Files("traces", ".csv", ".csv.gz")];

    /// <summary>Every picture: raw palette indices, compressed.</summary>
    public static IReadOnlyList<string> Pictures { get; } = [.. Files("frames", ".idx.gz")];

    /// <summary>The text of an embedded trace.</summary>
    public static string Text(string trace)
    {
        using var reader = new StreamReader(new GZipStream(Open(trace), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }

    public static Trace Read(string trace)
    {
        using var stream = Open(trace);
        return TraceReader.Read(stream, Path.GetFileName(trace));
    }

    /// <summary>The cartridge of a trace, found by its checksum; the test is skipped where it is not at hand.</summary>
    public static CartridgeImage CartridgeOf(Trace trace)
    {
        var image = Shelf.Value.Find(trace.Header.Md5);
        if (image is null)
        {
            Assert.Skip(
                $"{trace.Header.Rom} (MD5 {trace.Header.Md5}) is neither embedded nor in a folder of GOLDEN_DIR or "
                + $"ROMS_DIR: {string.Join(", ", Shelf.Value.Folders)}.");
        }

        return image;
    }

    private static Stream Open(string trace) =>
        IsEmbedded(trace) ? typeof(GoldenAtari).Assembly.GetManifestResourceStream(trace)! : File.OpenRead(trace);

    private static bool IsEmbedded(string trace) => trace.StartsWith(Embedded, StringComparison.Ordinal);

    private static IEnumerable<string> Files(string folder, params string[] extensions)
    {
        if (Environment.GetEnvironmentVariable("GOLDEN_DIR") is not { Length: > 0 } root)
        {
            return [];
        }

        var directory = new DirectoryInfo(Path.Combine(root, "atari", folder));
        return directory.Exists
            ? directory.EnumerateFiles()
                .Where(file => extensions.Any(extension => file.Name.EndsWith(extension, StringComparison.Ordinal)))
                .Select(file => file.FullName)
                .Order(StringComparer.Ordinal)
            : [];
    }
}
