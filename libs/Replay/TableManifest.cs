using System.Text.Json;
using DqnAspire.Core;
using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Storage;

namespace DqnAspire.Replay;

/// <summary>The description of a table that an engine stores with it.</summary>
/// <param name="Spec">Size of the table.</param>
/// <param name="ElementType">Type of an observation's elements.</param>
/// <param name="Shape">Lengths of an observation's axes.</param>
/// <param name="Limits">How sampling and appending are tied together.</param>
public sealed record TableManifest(TableSpec Spec, ElementType ElementType, IReadOnlyList<int> Shape, RateLimits Limits)
{
    /// <summary>Version of the stored format that this program reads and writes.</summary>
    public const int Format = 1;

    private static readonly JsonSerializerOptions Json =
        new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>The manifest as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new Contents(
            Format,
            Spec.ObservationBytes,
            Spec.Capacity,
            Spec.MaxStack,
            Spec.PriorityExponent,
            ElementType.ToString(),
            Shape,
            Limits.MinSize,
            Limits.SamplesPerInsert,
            Limits.ErrorBuffer,
            Spec.RewindSteps),
        Json);

    /// <summary>Reads the JSON that <see cref="ToJson"/> gives.</summary>
    /// <param name="place">The file or key that holds it, for errors.</param>
    /// <param name="json">The text, in UTF-8.</param>
    /// <exception cref="ReplayStoreException">It does not describe a table, or is of another version.</exception>
    public static TableManifest Parse(string place, ReadOnlyMemory<byte> json)
    {
        var contents = ReadContents(place, json);
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

        return Enum.TryParse<ElementType>(contents.ElementType, out var type) && Enum.IsDefined(type)
            ? new TableManifest(spec, type, contents.Shape, limits)
            : throw new ReplayStoreException(
                $"{place} does not describe a table: '{contents.ElementType}' is not an element type.");
    }

    private static Contents ReadContents(string place, ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            // The version first: everything else may look different in another.
            var format = document.RootElement.GetProperty("format").GetInt32();
            return format == Format
                ? document.Deserialize<Contents>(Json)!
                : throw new ReplayStoreException(
                    $"{place} is of format {format}; this program reads format {Format}. It was left as it is.");
        }
        catch (Exception e) when (
            e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new ReplayStoreException($"{place} does not describe a table: {e.Message}", e);
        }
    }

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
