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
    private const int MaxLine = 1 << 20;

    /// <summary>Sums over a log stay in range.</summary>
    private const long MaxCount = 1_000_000_000_000;

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
    public static IEnumerable<LogRecord> Read(string path) =>
        Read(path, line => throw new InvalidDataException($"{path}: line {line} is no record of a run."));

    /// <summary>Reads what can be read of a log: lines that are no records are left out.</summary>
    /// <param name="path">The file.</param>
    /// <param name="notify">Gets a line when there are such, at the end.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IEnumerable<LogRecord> ReadWhatIsWhole(string path, Action<string>? notify = null)
    {
        var damaged = 0;
        var first = 0;
        foreach (var record in Read(path, line => first = damaged++ == 0 ? line : first))
        {
            yield return record;
        }

        if (damaged > 0)
        {
            notify?.Invoke(
                $"{FileName} is damaged: {damaged} "
                + $"{(damaged == 1 ? "line is no record and is" : "lines are no records and are")} "
                + $"left out, the first of them line {first}.");
        }
    }

    /// <summary>Finds where the lines of a run's first steps end, in a log whose length says nothing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="steps">Agent steps; lines of later ones do not count.</param>
    /// <returns>Bytes up to the end of the last line that counts.</returns>
    public static long FindEnd(string path, long steps)
    {
        using var file = Open(path);
        var (end, start) = (0L, 0L);
        var line = new ArrayBufferWriter<byte>();
        var buffer = new byte[1 << 16];
        for (int count; (count = file.Read(buffer)) > 0;)
        {
            for (var rest = buffer.AsSpan(0, count); !rest.IsEmpty;)
            {
                var newLine = rest.IndexOf((byte)'\n');
                var part = newLine < 0 ? rest : rest[..(newLine + 1)];
                rest = rest[part.Length..];
                // A line of a damaged file may be the whole file.
                line.Write(part[..Math.Min(part.Length, Math.Max(0, MaxLine - line.WrittenCount))]);
                start += part.Length;
                if (newLine < 0)
                {
                    continue;
                }

                if (Parse(Encoding.UTF8.GetString(line.WrittenSpan)) is { } record)
                {
                    if (record.Steps > steps)
                    {
                        return end;
                    }

                    end = start;
                }

                line.ResetWrittenCount();
            }
        }

        return end;
    }

    private static IEnumerable<LogRecord> Read(string path, Action<int> damaged)
    {
        using var reader = new StreamReader(Open(path));
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
                damaged(number);
            }

            line = next;
        }
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);

    private static LogRecord? Parse(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var line = json.RootElement;
            var (index, steps) = (line.GetProperty(Index).GetInt64(), line.GetProperty(Steps).GetInt64());
            return index < 0 || steps < 0
                ? null
                : new LogRecord(line.GetProperty(Kind).GetString() ?? "", index, steps)
                {
                    Numbers = NumberJson.Read(line, TrainingNumbers.Named, Index, Steps, Seconds),
                    ActionCounts = line.TryGetProperty(ActionCounts, out var counts)
                        ? [.. counts.EnumerateArray().Select(count => RequireCount(count.GetInt64()))]
                        : null,
                    Elapsed = NumberJson.ToTime(line.GetProperty(Seconds).GetDouble()),
                };
        }
        catch (Exception e) when (RecordedJson.IsOfContent(e))
        {
            return null;
        }
    }

    private static long RequireCount(long count) => count is >= 0 and <= MaxCount
        ? count
        : throw new InvalidDataException($"{count} is no count of actions");
}
