using System.Text.Json;

namespace DqnAspire.Core.Tests.Randomness;

internal static class GoldenVectors
{
    public const string Embedded = "embedded";

    /// <summary>
    /// The embedded copy, and every numpy_rng*.json of GOLDEN_DIR/gym (or of GOLDEN_DIR) when that variable is set.
    /// </summary>
    public static IEnumerable<string> Sources()
    {
        yield return Embedded;
        if (Environment.GetEnvironmentVariable("GOLDEN_DIR") is { Length: > 0 } root)
        {
            var folder = Path.Combine(root, "gym");
            foreach (var file in Directory.EnumerateFiles(Directory.Exists(folder) ? folder : root, "numpy_rng*.json")
                .Order(StringComparer.Ordinal))
            {
                yield return file;
            }
        }
    }

    public static JsonDocument Open(string source)
    {
        using var stream = source == Embedded
            ? typeof(GoldenVectors).Assembly.GetManifestResourceStream("numpy_rng.json")!
            : File.OpenRead(source);
        return JsonDocument.Parse(stream);
    }
}
