using System.Text.Json;
using DqnAspire.Core.Files;

namespace DqnAspire.Runs.Records;

/// <summary>What <c>evaluation.json</c> holds: the evaluation of a run's policy after the run.</summary>
public sealed record RecordedEvaluation
{
    /// <summary>Name of the file in a run's folder.</summary>
    public const string FileName = "evaluation.json";

    /// <summary>How it was played, in words.</summary>
    public required string Protocol { get; init; }

    /// <summary>Episodes played.</summary>
    public required int Episodes { get; init; }

    /// <summary>Mean of their returns.</summary>
    public required double MeanReturn { get; init; }

    /// <summary>Its standard error.</summary>
    public required double StandardError { get; init; }

    /// <summary>The middle return.</summary>
    public required double MedianReturn { get; init; }

    /// <summary>Mean of the middle half of the returns.</summary>
    public required double InterquartileMeanReturn { get; init; }

    /// <summary>The smallest return.</summary>
    public required double MinReturn { get; init; }

    /// <summary>The largest return.</summary>
    public required double MaxReturn { get; init; }

    /// <summary>(mean - random) / (human - random); null where the game has no such scores.</summary>
    public double? HumanNormalisedScore { get; init; }

    /// <summary>Reads the file of a folder.</summary>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="InvalidDataException">It holds something else.</exception>
    public static RecordedEvaluation? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<RecordedEvaluation>(File.ReadAllBytes(path), RunJson.Compact) : null;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} does not describe an evaluation: {e.Message}", e);
        }
    }

    /// <summary>Writes the file of a folder.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string folder) => AtomicFile.Write(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(this, RunJson.Indented));
}
