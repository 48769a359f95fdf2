using System.Globalization;
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
    /// <param name="damaged">Gets a line for each that cannot be read; it is left out.</param>
    public static IEnumerable<RecordedPolicy> ReadAll(string run, Action<string>? damaged = null)
    {
        var all = Path.Combine(run, RunLayout.Checkpoints);
        var bySteps = Directory.Exists(all)
            ? Directory.EnumerateDirectories(all)
                .Select(d => Path.GetFileName(d))
                .Where(name => long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                .OrderBy(name => long.Parse(name, NumberStyles.None, CultureInfo.InvariantCulture))
                .Select(name => $"{RunLayout.Checkpoints}/{name}")
            : [];
        return bySteps.Prepend(RunLayout.Best)
            .Where(name => File.Exists(Path.Combine(run, name, RunLayout.Policy)))
            .Select(name => TryRead(run, name, damaged))
            .OfType<RecordedPolicy>();
    }

    /// <summary>The parameters: a safetensors file.</summary>
    /// <param name="run">The run's folder.</param>
    /// <exception cref="IOException">They cannot be read.</exception>
    public byte[] ReadParameters(string run) => File.ReadAllBytes(Path.Combine(run, Folder, RunLayout.Parameters));

    private static RecordedPolicy? TryRead(string run, string name, Action<string>? damaged)
    {
        try
        {
            return Read(run, name);
        }
        catch (Exception e) when (e is InvalidDataException || RunDirectory.IsRefusal(e))
        {
            damaged?.Invoke(e.Message);
            return null;
        }
    }

    private static RecordedPolicy Read(string run, string name) =>
        RecordedJson.Read(Path.Combine(run, name, RunLayout.Policy), "a policy", json => new RecordedPolicy(
            name,
            json.GetProperty("steps").GetInt64() is >= 0 and var steps
                ? steps
                : throw new InvalidDataException("steps is negative"),
            json.TryGetProperty("validation_return", out var value) ? value.GetDouble() : null,
            json.GetProperty("architecture").GetString() ?? ""));
}
