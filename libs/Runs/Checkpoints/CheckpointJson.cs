using System.Text.Json;
using System.Text.Json.Serialization;

namespace DqnAspire.Runs.Checkpoints;

/// <summary>
/// How a checkpoint's files spell names and numbers: every number comes back bit for bit, a loss that has diverged too.
/// </summary>
internal static class CheckpointJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        WriteIndented = true,
    };
}
