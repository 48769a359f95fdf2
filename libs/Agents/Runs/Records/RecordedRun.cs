using System.Globalization;
using System.Text.Json;

namespace DqnAspire.Agents.Runs.Records;

/// <summary>A run as its folder tells of it, going on or ended.</summary>
/// <param name="Folder">Absolute path of the folder.</param>
/// <param name="File">What the run is made of and where it stands.</param>
/// <param name="Records">Its log.</param>
/// <param name="Evaluation">Its evaluation, where there has been one.</param>
/// <param name="Policies">The best parameters, then those by step.</param>
public sealed record RecordedRun(
    string Folder, RunFile File, IReadOnlyList<RunRecord> Records, RecordedEvaluation? Evaluation, IReadOnlyList<RecordedPolicy> Policies)
{
    /// <summary>Reads a run's folder.</summary>
    /// <exception cref="RunDirectoryException">It is none; the message says why.</exception>
    public static RecordedRun Read(string folder)
    {
        folder = Path.GetFullPath(folder);
        try
        {
            return new RecordedRun(
                folder,
                RunFile.Read(folder),
                [.. RunLog.Read(Path.Combine(folder, RunLog.FileName))],
                RecordedEvaluation.Read(folder),
                [.. ReadPolicies(folder)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new RunDirectoryException($"{folder} cannot be read as the folder of a run: {e.Message}");
        }
    }

    private static IEnumerable<RecordedPolicy> ReadPolicies(string folder)
    {
        var all = Path.Combine(folder, "checkpoints");
        var bySteps = Directory.Exists(all)
            ? Directory.EnumerateDirectories(all)
                .Select(d => Path.GetFileName(d))
                .Where(name => long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                .OrderBy(name => long.Parse(name, CultureInfo.InvariantCulture))
                .Select(name => $"checkpoints/{name}")
            : [];
        return bySteps.Prepend("best")
            .Where(name => System.IO.File.Exists(Path.Combine(folder, name, "policy.json")))
            .Select(name => ReadPolicy(folder, name));
    }

    private static RecordedPolicy ReadPolicy(string folder, string name)
    {
        try
        {
            using var json = JsonDocument.Parse(System.IO.File.ReadAllBytes(Path.Combine(folder, name, "policy.json")));
            var validation = json.RootElement.TryGetProperty("validation_return", out var value) ? value.GetDouble() : (double?)null;
            return new RecordedPolicy(name, json.RootElement.GetProperty("steps").GetInt64(), validation);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"{name}/policy.json does not describe a policy: {e.Message}", e);
        }
    }
}
