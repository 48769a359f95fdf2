using System.Text.Json;
using DqnAspire.Agents.Training;

namespace DqnAspire.Runs.Records;

/// <summary>The lines of <c>metrics.jsonl</c>: a record each, as JSON.</summary>
public static class RunLog
{
    /// <summary>Name of the file in a run's folder.</summary>
    public const string FileName = "metrics.jsonl";

    /// <summary>Writes a record as one line, without its end. Numbers that JSON cannot say are left out.</summary>
    public static string Format(LogRecord record) => JsonSerializer.Serialize(
        new Line
        {
            Kind = record.Kind,
            Index = record.Index,
            Steps = record.Steps,
            Return = Finite(record.Return),
            Length = record.Length,
            Loss = Finite(record.Loss),
            ValidationReturn = Finite(record.ValidationReturn),
            Epsilon = Finite(record.Epsilon),
            ActionCounts = record.ActionCounts,
            Seconds = Math.Round(record.Elapsed.TotalSeconds, 3),
        },
        RunJson.Compact);

    /// <summary>Reads a log. A line that the end of a killed run cut off is left out.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">A line that is not the last is no record; the message says which.</exception>
    public static IEnumerable<LogRecord> Read(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var number = 1;
        for (var line = reader.ReadLine(); line is not null; number++)
        {
            var next = reader.ReadLine();
            if (Parse(line) is { } record)
            {
                yield return record;
            }
            else if (next is not null)
            {
                throw new InvalidDataException($"{path}: line {number} is no record of a run.");
            }

            line = next;
        }
    }

    private static LogRecord? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Line>(text, RunJson.Compact) is { Kind: { } kind } line
                ? new LogRecord(kind, line.Index, line.Steps)
                {
                    Return = line.Return,
                    Length = line.Length,
                    Loss = line.Loss,
                    ValidationReturn = line.ValidationReturn,
                    Epsilon = line.Epsilon,
                    ActionCounts = line.ActionCounts,
                    Elapsed = TimeSpan.FromSeconds(line.Seconds),
                }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private sealed class Line
    {
        public string? Kind { get; init; }

        public long Index { get; init; }

        public long Steps { get; init; }

        public double? Return { get; init; }

        public int? Length { get; init; }

        public double? Loss { get; init; }

        public double? ValidationReturn { get; init; }

        public double? Epsilon { get; init; }

        public IReadOnlyList<long>? ActionCounts { get; init; }

        public double Seconds { get; init; }
    }
}
