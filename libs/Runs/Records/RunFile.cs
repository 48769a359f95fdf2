using System.Globalization;
using System.Text.Json;
using DqnAspire.Agents.Training;

namespace DqnAspire.Runs.Records;

/// <summary>What <c>run.json</c> holds: what the run is made of, and where it stands or how it ended.</summary>
public sealed record RunFile
{
    /// <summary>Name of the file in a run's folder.</summary>
    public const string FileName = "run.json";

    /// <summary>Name of the run.</summary>
    public required string RunId { get; init; }

    /// <summary>The preset it started from.</summary>
    public required string Preset { get; init; }

    /// <summary>The seed of all its generators.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Where it stands.</summary>
    public required RunState State { get; init; }

    /// <summary>Why it failed; null when it did not.</summary>
    public string? Error { get; init; }

    /// <summary>When it was started.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When this was written.</summary>
    public required DateTimeOffset Written { get; init; }

    /// <summary>The program's version with the commit that was built.</summary>
    public string? Version { get; init; }

    /// <summary>The runtime's.</summary>
    public string? Runtime { get; init; }

    /// <summary>Every setting by name.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>Spaces and the table of the network's layers, lines of text.</summary>
    public string? Summary { get; init; }

    /// <summary>Agent steps taken.</summary>
    public long Steps { get; init; }

    /// <summary>Training episodes finished.</summary>
    public long Episodes { get; init; }

    /// <summary>Training calls done.</summary>
    public long Updates { get; init; }

    /// <summary>Mean return of the last 100 training episodes.</summary>
    public double? MeanReturn100 { get; init; }

    /// <summary>The best validation score.</summary>
    public double? BestValidationReturn { get; init; }

    /// <summary>The score that was to be beaten.</summary>
    public double? GoalReturn { get; init; }

    /// <summary>Wall time.</summary>
    public double Seconds { get; init; }

    /// <summary>Reads the file of a folder.</summary>
    /// <exception cref="InvalidDataException">It holds something else.</exception>
    /// <exception cref="IOException">There is none, or it cannot be read.</exception>
    public static RunFile Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return JsonSerializer.Deserialize<RunFile>(File.ReadAllBytes(path), RunJson.Compact)
                ?? throw new InvalidDataException($"{path} is empty.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} does not describe a run: {e.Message}", e);
        }
    }

    /// <summary>Where the run stood when this was written.</summary>
    public TrainingProgress ToProgress() => new()
    {
        State = State,
        Summary = Summary ?? "",
        Steps = Steps,
        MaxSteps = Limit("Run:MaxSteps"),
        Episodes = Episodes,
        MaxEpisodes = Limit("Run:MaxEpisodes"),
        Updates = Updates,
        MeanReturn100 = MeanReturn100,
        BestValidationReturn = BestValidationReturn,
        GoalReturn = GoalReturn,
        Elapsed = TimeSpan.FromSeconds(Seconds),
    };

    /// <summary>The file's content.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, RunJson.Indented);

    private long Limit(string setting) => long.TryParse(Settings.GetValueOrDefault(setting), CultureInfo.InvariantCulture, out var value) ? value : 0;
}
