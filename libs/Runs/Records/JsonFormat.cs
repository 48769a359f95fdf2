using System.Text.Json;
using System.Text.Json.Serialization;

namespace DqnAspire.Runs.Records;

/// <summary>How a run's files spell names and values in JSON.</summary>
internal static class JsonFormat
{
    /// <summary>For a line of a log.</summary>
    public static JsonSerializerOptions Compact { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    /// <summary>For a file that people open.</summary>
    public static JsonSerializerOptions Indented { get; } = new(Compact) { WriteIndented = true };
}
