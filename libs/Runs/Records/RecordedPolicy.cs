using System.Globalization;
using System.Text.Json;
using DqnAspire.Runs.Folders;

namespace DqnAspire.Runs.Records;

/// <summary>A folder of parameters in a run's folder.</summary>
/// <param name="Folder">Relative to the run's, with slashes.</param>
/// <param name="Steps">Agent steps that it was made after.</param>
/// <param name="ValidationReturn">Its validation score, where it is known.</param>
/// <param name="Architecture">What the parameters are for.</param>
public sealed record RecordedPolicy(string Folder, long Steps, double? ValidationReturn, string Architecture)
{
    /// <summary>Reads what a run's folder has: the best parameters, then those by step.</summary>
    /// <param name="run">The run's folder.</param>
    /// <exception cref="InvalidDataException">A folder holds something else; the message says which.</exception>
    public static IEnumerable<RecordedPolicy> ReadAll(string run)
    {
        var all = Path.Combine(run, RunLayout.Checkpoints);
        var bySteps = Directory.Exists(all)
            ? Directory.EnumerateDirectories(all)
                .Select(d => Path.GetFileName(d))
                .Where(name => long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                .OrderBy(name => long.Parse(name, CultureInfo.InvariantCulture))
                .Select(name => $"{RunLayout.Checkpoints}/{name}")
            : [];
        return bySteps.Prepend(RunLayout.Best)
            .Where(name => File.Exists(Path.Combine(run, name, RunLayout.Policy)))
            .Select(name => Read(run, name));
    }

    /// <summary>The parameters: a safetensors file.</summary>
    /// <param name="run">The run's folder.</param>
    /// <exception cref="IOException">They cannot be read.</exception>
    public byte[] ReadParameters(string run) => File.ReadAllBytes(Path.Combine(run, Folder, RunLayout.Parameters));

    private static RecordedPolicy Read(string run, string name)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(run, name, RunLayout.Policy)));
            var root = json.RootElement;
            var validation = root.TryGetProperty("validation_return", out var value)
                ? value.GetDouble()
                : (double?)null;
            return new RecordedPolicy(
                name,
                root.GetProperty("steps").GetInt64(),
                validation,
                root.GetProperty("architecture").GetString() ?? "");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"{name}/policy.json does not describe a policy: {e.Message}", e);
        }
    }
}
