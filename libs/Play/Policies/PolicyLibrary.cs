using System.Globalization;
using System.Text.Json;
using DqnAspire.Core.Networks;
using DqnAspire.Runs.Folders;
using DqnAspire.Runs.Records;
using DqnAspire.Runs.Sessions;

namespace DqnAspire.Play.Policies;

/// <summary>Finds policies in the folders of runs, in progress or long ended, and in files.</summary>
/// <param name="runsFolder">Folder in which every run has a folder of its own.</param>
/// <param name="backend">Computes their networks; null: policies are found, but not read.</param>
public sealed class PolicyLibrary(string runsFolder, INetworkBackend? backend = null)
{
    private const string EnvironmentSetting = "Environment:Id";
    private const string OptionPrefix = "Environment:Options:";

    /// <summary>The runs that can be read, newest first.</summary>
    public IReadOnlyList<(string Folder, RunFile File)> Runs() => new RunCatalog(runsFolder).List();

    /// <summary>The policies of a run: the best, then those by step, newest first.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <exception cref="PolicyException">The folder is no run's, or damaged.</exception>
    public static IReadOnlyList<PolicyInfo> List(string folder)
    {
        var (file, policies) = ReadRun(folder);
        return [.. policies
            .OrderBy(policy => policy.Folder == RunLayout.Best ? 0 : 1)
            .ThenByDescending(policy => policy.Steps)
            .Select(policy => Describe(folder, file, policy))];
    }

    /// <summary>Finds what a user named and reads it.</summary>
    /// <param name="reference">Run, folder or file.</param>
    /// <param name="environmentId">
    /// What a file outside a run's folder is for, which says nothing of it itself; null: as it was trained.
    /// </param>
    /// <exception cref="PolicyException">It is not there, or damaged; the message says what there is.</exception>
    public LoadedPolicy Load(PolicyReference reference, string? environmentId = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var info = Find(reference, environmentId);
        try
        {
            return new LoadedPolicy(
                info, File.ReadAllBytes(info.Path!), backend ?? throw new InvalidOperationException("No backend."));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PolicyException($"{info.Path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Finds what a user named.</summary>
    /// <param name="reference">Run, folder or file.</param>
    /// <param name="environmentId">What a file outside a run's folder is for; null: as it was trained.</param>
    /// <exception cref="PolicyException">It is not there; the message says what there is.</exception>
    public PolicyInfo Find(PolicyReference reference, string? environmentId = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (reference.Place.Length > 0 && File.Exists(reference.Place))
        {
            return FindFile(Path.GetFullPath(reference.Place), environmentId);
        }

        if (reference.Place.Length > 0 && File.Exists(Path.Combine(reference.Place, RunLayout.Parameters)))
        {
            return FindFile(Path.GetFullPath(Path.Combine(reference.Place, RunLayout.Parameters)), environmentId);
        }

        return Select(FindRun(reference.Place), reference);
    }

    /// <summary>The folder of a run.</summary>
    /// <param name="place">Its folder, its id, or a part of its id; empty: the newest run.</param>
    /// <exception cref="PolicyException">There is none, or several; the message names them.</exception>
    public string FindRun(string place)
    {
        if (place.Length > 0 && RunDirectory.IsRun(place))
        {
            return Path.GetFullPath(place);
        }

        var runs = Runs();
        if (place.Length == 0)
        {
            return runs.Count > 0
                ? runs[0].Folder
                : throw new PolicyException($"There is no run in {Path.GetFullPath(runsFolder)}.");
        }

        var matches = runs.Where(run => run.File.RunId == place).ToList();
        matches = matches.Count > 0
            ? matches
            : [.. runs.Where(run => run.File.RunId.Contains(place, StringComparison.OrdinalIgnoreCase))];
        return matches switch
        {
            [var only] => only.Folder,
            [] => throw new PolicyException(
                $"There is no run, folder or file '{place}'."
                + (runs.Count > 0 ? $" The newest run is {runs[0].File.RunId}." : "")
                + $" Runs are looked for in {Path.GetFullPath(runsFolder)}."),
            _ => throw new PolicyException(
                $"'{place}' is a part of {matches.Count} runs: "
                + string.Join(", ", matches.Take(5).Select(run => run.File.RunId))
                + (matches.Count > 5 ? ", ..." : "") + "."),
        };
    }

    private static PolicyInfo Select(string folder, PolicyReference reference)
    {
        var (file, policies) = ReadRun(folder);
        var newest = policies.Where(policy => policy.Folder != RunLayout.Best).MaxBy(policy => policy.Steps);
        var best = policies.FirstOrDefault(policy => policy.Folder == RunLayout.Best);
        var found = reference.Selection switch
        {
            PolicySelection.Best => best ?? newest,
            PolicySelection.Latest => newest ?? best,
            _ => policies.FirstOrDefault(policy => policy.Steps == reference.Steps),
        };
        if (found is not null)
        {
            return Describe(folder, file, found);
        }

        throw policies.Count == 0
            ? new PolicyException(
                $"Run {file.RunId} has written no policy yet; the first comes with its first checkpoint.")
            {
                IsEarly = true,
            }
            : new PolicyException(
                $"Run {file.RunId} has no policy of step {reference.Steps}; it has "
                    + string.Join(", ", policies.Select(policy =>
                        (policy.Folder == RunLayout.Best ? "best at " : "")
                        + policy.Steps.ToString(CultureInfo.InvariantCulture))) + ".");
    }

    private static (RunFile File, IReadOnlyList<RecordedPolicy> Policies) ReadRun(string folder)
    {
        try
        {
            return (RunFile.Read(folder), [.. RecordedPolicy.ReadAll(folder)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new PolicyException($"{folder} cannot be read as the folder of a run: {e.Message}", e);
        }
    }

    private static PolicyInfo Describe(string folder, RunFile file, RecordedPolicy policy) => new(
        file.RunId,
        policy.Folder == RunLayout.Best ? "best" : PolicyInfo.LabelOf(policy.Steps),
        policy.Steps,
        file.Settings.GetValueOrDefault(EnvironmentSetting, ""),
        OptionsOf(file))
    {
        ValidationReturn = policy.ValidationReturn,
        RunFolder = folder,
        Path = Path.Combine(folder, policy.Folder, RunLayout.Parameters),
    };

    private static PolicyInfo FindFile(string path, string? environmentId)
    {
        for (var folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (RunDirectory.IsRun(folder))
            {
                var (file, policies) = ReadRun(folder);
                var known = policies.FirstOrDefault(policy =>
                    Path.GetFullPath(Path.Combine(folder, policy.Folder, RunLayout.Parameters)) == path);
                if (known is not null)
                {
                    return Describe(folder, file, known);
                }
            }
        }

        var environment = environmentId ?? ReadEnvironment(path) ?? throw new PolicyException(
            $"{path} lies outside a run's folder and does not say which environment it plays; name it with --env.");
        return new PolicyInfo("", Path.GetFileName(path), 0, environment, new Dictionary<string, string>())
        {
            Path = path,
        };
    }

    private static string? ReadEnvironment(string path)
    {
        var beside = Path.Combine(Path.GetDirectoryName(path)!, RunLayout.Policy);
        if (!File.Exists(beside))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(beside));
            return json.RootElement.TryGetProperty("environment", out var id) && id.ValueKind == JsonValueKind.String
                ? id.GetString()
                : null;
        }
        catch (Exception e) when (e is JsonException or IOException or InvalidOperationException)
        {
            return null;
        }
    }

    private static Dictionary<string, string> OptionsOf(RunFile file) => file.Settings
        .Where(setting => setting.Key.StartsWith(OptionPrefix, StringComparison.OrdinalIgnoreCase))
        .ToDictionary(setting => setting.Key[OptionPrefix.Length..], setting => setting.Value);
}
