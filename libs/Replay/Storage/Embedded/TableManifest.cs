using System.Text.Json;
using DqnAspire.Core.Files;
using DqnAspire.Replay.Sampling;

namespace DqnAspire.Replay.Storage.Embedded;

/// <summary>What a table on disk is: <c>table.json</c>. Replaced as a whole, so a reader never meets half of it.</summary>
/// <param name="Spec">What the table holds.</param>
/// <param name="ElementType">Type of an observation's elements, as its host names it.</param>
/// <param name="Shape">Axes of an observation.</param>
/// <param name="Limits">How sampling and appending are tied together.</param>
public sealed record TableManifest(TableSpec Spec, string ElementType, IReadOnlyList<int> Shape, RateLimits Limits)
{
    /// <summary>Version of the files' format that this program reads and writes.</summary>
    public const int Format = 1;

    internal const string FileName = "table.json";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>Whether a folder holds a table.</summary>
    public static bool IsTable(string directory) => File.Exists(Path.Combine(directory, FileName));

    /// <summary>Writes it into a folder.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="flush">Wait for the disk.</param>
    /// <exception cref="ReplayStoreException">It cannot be written.</exception>
    public void Save(string directory, bool flush = true) => StoreErrors.Guard(Path.Combine(directory, FileName), "written", path =>
    {
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, ToContents(), Json), flush);
    });

    /// <summary>Reads it from a folder.</summary>
    /// <exception cref="ReplayStoreException">It is not there, cannot be read, or is of another version.</exception>
    public static TableManifest Load(string directory)
    {
        var path = Path.Combine(directory, FileName);
        TableManifest? manifest = null;
        StoreErrors.Guard(path, "read", _ => manifest = Parse(path, File.ReadAllBytes(path)));
        return manifest!;
    }

    /// <summary>The same as text.</summary>
    internal string ToJson() => JsonSerializer.Serialize(ToContents(), Json);

    /// <summary>Reads the text that <see cref="ToJson"/> gives.</summary>
    /// <param name="place">Where it stands, for errors.</param>
    /// <param name="json">The text, in UTF-8.</param>
    /// <exception cref="ReplayStoreException">It does not describe a table, or is of another version.</exception>
    internal static TableManifest Parse(string place, ReadOnlyMemory<byte> json)
    {
        Contents contents;
        try
        {
            using var document = JsonDocument.Parse(json);
            // The version first: everything else may look different in another.
            var format = document.RootElement.GetProperty("format").GetInt32();
            if (format != Format)
            {
                throw new ReplayStoreException($"{place} is of format {format}; this program reads format {Format}. It was left as it is.");
            }

            contents = document.Deserialize<Contents>(Json)!;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new ReplayStoreException($"{place} does not describe a table: {e.Message}", e);
        }

        var spec = new TableSpec(contents.ObservationBytes, contents.Capacity)
        {
            MaxStack = contents.MaxStack,
            PriorityExponent = contents.PriorityExponent,
            RewindSteps = contents.RewindSteps,
        };
        var limits = new RateLimits(contents.MinSize, contents.SamplesPerInsert, contents.ErrorBuffer);
        try
        {
            spec.Validate();
            limits.Validate(spec.Capacity);
        }
        catch (ArgumentException e)
        {
            throw new ReplayStoreException($"{place} does not describe a table: {e.Message.Split('\n')[0]}", e);
        }

        return new TableManifest(spec, contents.ElementType, contents.Shape, limits);
    }

    private Contents ToContents() => new(
        Format,
        Spec.ObservationBytes,
        Spec.Capacity,
        Spec.MaxStack,
        Spec.PriorityExponent,
        ElementType,
        Shape,
        Limits.MinSize,
        Limits.SamplesPerInsert,
        Limits.ErrorBuffer,
        Spec.RewindSteps);

    private sealed record Contents(
        int Format,
        int ObservationBytes,
        int Capacity,
        int MaxStack,
        double PriorityExponent,
        string ElementType,
        IReadOnlyList<int> Shape,
        int MinSize,
        double SamplesPerInsert,
        double ErrorBuffer,
        int RewindSteps);
}
