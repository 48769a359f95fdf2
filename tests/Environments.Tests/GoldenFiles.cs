using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text.Json;

namespace DqnAspire.Environments.Tests;

/// <summary>What a file of recorded data is about, told from its content.</summary>
public enum GoldenKind
{
    CartPoleRuns,
    CartPoleCheck,
    FrozenLakeRuns,
    FrozenLakeTables,
    LunarLanderRuns,
    LunarLanderBodies,
    RandomNumbers,
    AtariImages,
    AtariWrappers,
    Other,
}

/// <summary>
/// All recorded data there is: the copies embedded here, and every JSON file of GOLDEN_DIR/gym when that variable is
/// set (or of GOLDEN_DIR itself when it has no such folder).
/// </summary>
internal static class GoldenFiles
{
    private const string EmbeddedPrefix = "golden/";

    private static readonly ConcurrentDictionary<string, JsonElement> Opened = new();

    public static IReadOnlyList<string> All { get; } = [.. Embedded(), .. OnDisk()];

    public static IEnumerable<string> Of(GoldenKind kind) => All.Where(file => KindOf(file) == kind);

    public static JsonElement Open(string file) => Opened.GetOrAdd(file, static name =>
    {
        using var raw = name.StartsWith(EmbeddedPrefix, StringComparison.Ordinal)
            ? typeof(GoldenFiles).Assembly.GetManifestResourceStream(name)!
            : File.OpenRead(name);
        using var text = name.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(raw, CompressionMode.Decompress)
            : raw;
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    });

    public static GoldenKind KindOf(string file)
    {
        var root = Open(file);
        if (root.TryGetProperty("tables", out _))
        {
            return GoldenKind.FrozenLakeTables;
        }

        if (root.TryGetProperty("frozenlake_random_maps", out _))
        {
            return GoldenKind.RandomNumbers;
        }

        if (root.TryGetProperty("images", out _))
        {
            return GoldenKind.AtariImages;
        }

        if (root.TryGetProperty("screen_check", out _))
        {
            return GoldenKind.AtariWrappers;
        }

        if (root.TryGetProperty("sequence", out _)
            && Path.GetFileName(file).StartsWith("cartpole", StringComparison.OrdinalIgnoreCase))
        {
            return GoldenKind.CartPoleCheck;
        }

        return EnvironmentId(root) switch
        {
            { } id when id.StartsWith("CartPole", StringComparison.Ordinal) => GoldenKind.CartPoleRuns,
            { } id when id.StartsWith("FrozenLake", StringComparison.Ordinal) => GoldenKind.FrozenLakeRuns,
            { } id when id.StartsWith("LunarLander", StringComparison.Ordinal) =>
                root.TryGetProperty("columns", out _) ? GoldenKind.LunarLanderBodies : GoldenKind.LunarLanderRuns,
            _ => GoldenKind.Other,
        };
    }

    /// <summary>The environment that a file of runs is about: said once for the file, or by each run.</summary>
    public static string? EnvironmentId(JsonElement root)
    {
        if (root.TryGetProperty("env_id", out var id))
        {
            return id.GetString();
        }

        return root.TryGetProperty("runs", out var runs) && runs.ValueKind == JsonValueKind.Array
            && runs.GetArrayLength() > 0
            && runs[0].ValueKind == JsonValueKind.Object && runs[0].TryGetProperty("env_id", out id)
            ? id.GetString()
            : null;
    }

    private static IEnumerable<string> Embedded() =>
        typeof(GoldenFiles).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(EmbeddedPrefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> OnDisk()
    {
        if (Environment.GetEnvironmentVariable("GOLDEN_DIR") is not { Length: > 0 } root)
        {
            return [];
        }

        var folder = Path.Combine(root, "gym");
        return Directory.EnumerateFiles(Directory.Exists(folder) ? folder : root)
            .Where(file =>
                file.EndsWith(".json", StringComparison.Ordinal) || file.EndsWith(".json.gz", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
    }
}
