using System.Buffers;
using System.Text;
using System.Text.Json;
using DqnAspire.Agents.Training;
using DqnAspire.Runs.Folders;

namespace DqnAspire.Runs.Records;

/// <summary>The lines of <c>metrics.jsonl</c>: a record each, as JSON.</summary>
public static class RunLog
{
    /// <summary>Name of the file in a run's folder.</summary>
    public const string FileName = RunLayout.Log;

    private const string Kind = "kind";
    private const string Index = "index";
    private const string Steps = "steps";
    private const string ActionCounts = "action_counts";
    private const string Seconds = "seconds";

    /// <summary>Writes a record as one line, without its end. Numbers that JSON cannot say are left out.</summary>
    public static string Format(LogRecord record)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString(Kind, record.Kind);
            json.WriteNumber(Index, record.Index);
            json.WriteNumber(Steps, record.Steps);
            NumberJson.Write(json, record.Numbers);
            if (record.ActionCounts is { } counts)
            {
                json.WriteStartArray(ActionCounts);
                foreach (var count in counts)
                {
                    json.WriteNumberValue(count);
                }

                json.WriteEndArray();
            }

            json.WriteNumber(Seconds, Math.Round(record.Elapsed.TotalSeconds, 3));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads a log. A line that the end of a killed run cut off is left out.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">
    /// A line that is not the last is no record; the message says which.
    /// </exception>
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
            using var json = JsonDocument.Parse(text);
            var line = json.RootElement;
            return new LogRecord(
                line.GetProperty(Kind).GetString() ?? "", line.GetProperty(Index).GetInt64(), line.GetProperty(Steps)
                    .GetInt64())
            {
                Numbers = NumberJson.Read(line, TrainingNumbers.Named, Index, Steps, Seconds),
                ActionCounts = line.TryGetProperty(ActionCounts, out var counts)
                    ? [.. counts.EnumerateArray().Select(count => count.GetInt64())]
                    : null,
                Elapsed = TimeSpan.FromSeconds(line.GetProperty(Seconds).GetDouble()),
            };
        }
        catch (Exception e) when (
            e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
