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
        try
        {
            return contents.ToManifest();
        }
        catch (ArgumentException e)
        {
            throw Damaged(place, e);
        }
    }

    /// <summary>Checks the numbers, and that they agree.</summary>
    /// <exception cref="ArgumentException">One is out of range, or they do not agree; the message names it.</exception>
    public void Validate()
    {
        Spec.Validate();
        Limits.Validate(Spec.Capacity);
        if (!Enum.IsDefined(ElementType))
        {
            throw new ArgumentException($"{(int)ElementType} is not an element type.");
        }

        if (Shape is not { Count: >= 1 and <= TableSpec.MaxAxes } || Shape.Any(axis => axis < 1))
        {
            throw new ArgumentException($"shape: it is not a list of 1 to {TableSpec.MaxAxes} lengths of at least 1.");
        }

        if (Shape.Aggregate((double)ElementType.ByteCount(), (bytes, axis) => bytes * axis) != Spec.ObservationBytes)
        {
            throw new ArgumentException(
                $"shape: [{string.Join(", ", Shape)}] of {ElementType} does not have {Spec.ObservationBytes} bytes.");
        }
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
                    $"{place} is of format {format}; this program reads format {Format}. It was left as it is.",
                    StoreProblem.Damaged);
        }
        catch (Exception e) when (
            e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Damaged(place, e);
        }
    }

    private static ReplayStoreException Damaged(string place, Exception e) =>
        new($"{place} does not describe a table: {e.Message.Split('\n')[0].TrimEnd('\r')}", StoreProblem.Damaged, e);

    private sealed record Contents(
        int Format,
        int ObservationBytes,
        int Capacity,
        int MaxStack,
        double PriorityExponent,
        string? ElementType,
        IReadOnlyList<int>? Shape,
        int MinSize,
        double SamplesPerInsert,
        double ErrorBuffer,
        int RewindSteps)
    {
        /// <exception cref="ArgumentException">It does not describe a table.</exception>
        public TableManifest ToManifest()
        {
            var spec = new TableSpec(ObservationBytes, Capacity)
            {
                MaxStack = MaxStack,
                PriorityExponent = PriorityExponent,
                RewindSteps = RewindSteps,
            };
            if (!Enum.TryParse<ElementType>(ElementType, out var type))
            {
                throw new ArgumentException($"{(ElementType ?? "null").Quote()} is not an element type.");
            }

            var limits = new RateLimits(MinSize, SamplesPerInsert, ErrorBuffer);
            var manifest = new TableManifest(spec, type, Shape ?? [], limits);
            manifest.Validate();
            return manifest;
        }
    }
}
