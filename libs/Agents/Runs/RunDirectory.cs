using System.Reflection;
using System.Text.Json;
using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Runs.Curves;
using DqnAspire.Agents.Runs.Records;
using DqnAspire.Agents.Runs.Reports;
using DqnAspire.Agents.Settings;

namespace DqnAspire.Agents.Runs;

/// <summary>
/// The files of one run: <c>run.json</c> (preset, settings, seed, versions, how it ended), <c>metrics.jsonl</c> (a line an
/// episode or iteration), <c>curve.svg</c> (its picture), <c>report.md</c> (all of it for people), <c>best/</c> and
/// <c>checkpoints/STEP/</c> (parameters as safetensors). Files that are replaced are written to a temporary name, flushed and
/// renamed, so that a reader or a crash never meets half of one.
/// </summary>
public sealed class RunDirectory : IDisposable
{
    private readonly RunSettings _settings;
    private readonly DateTimeOffset _started = DateTimeOffset.UtcNow;
    private readonly StreamWriter _metrics;
    private readonly LearningCurve _curve = new();

    private RunDirectory(string path, string runId, RunSettings settings)
    {
        Path = path;
        RunId = runId;
        _settings = settings;
        _metrics = new StreamWriter(new FileStream(
            System.IO.Path.Combine(path, RunLog.FileName), FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1 << 16));
        WriteState(RunState.Starting, null, null);
    }

    /// <summary>Absolute path of the folder.</summary>
    public string Path { get; }

    /// <summary>Name of the run.</summary>
    public string RunId { get; }

    /// <summary>A new run's name: preset, seed and time.</summary>
    public static string NewRunId(RunSettings settings) =>
        $"{settings.Preset}-s{settings.Run.Seed}-{DateTimeOffset.UtcNow:yyyyMMdd-HHmmss}";

    /// <summary>Makes the folder of a new run.</summary>
    /// <param name="path">The run's own folder: absent, or empty.</param>
    /// <param name="runId">Name of the run.</param>
    /// <param name="settings">Everything that the run is made of.</param>
    /// <exception cref="RunDirectoryException">The folder cannot be made or written, or holds something already.</exception>
    public static RunDirectory Create(string path, string runId, RunSettings settings)
    {
        path = System.IO.Path.GetFullPath(path);
        RequireUsable(path);
        try
        {
            return new RunDirectory(path, runId, settings);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunDirectoryException($"Run directory {path} cannot be written: {e.Message}");
        }
    }

    /// <summary>Checks that a run can be kept in a folder: it can be made and written, and is empty.</summary>
    /// <exception cref="RunDirectoryException">It cannot; the message says why.</exception>
    public static void RequireUsable(string path)
    {
        RequireWritable(path);
        if (Directory.EnumerateFileSystemEntries(path).Any())
        {
            throw new RunDirectoryException($"Run directory {path} is not empty; a run needs a folder of its own.");
        }
    }

    /// <summary>Makes a folder, and checks that files can be written in it.</summary>
    /// <exception cref="RunDirectoryException">They cannot; the message says why.</exception>
    public static void RequireWritable(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            var probe = System.IO.Path.Combine(path, ".writable");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new RunDirectoryException($"Run directory {path} cannot be written: {e.Message}");
        }
    }

    /// <summary>Appends a line to the log.</summary>
    public void Append(RunRecord record)
    {
        _curve.Add(record);
        _metrics.WriteLine(RunLog.Format(record));
    }

    /// <summary>Hands the log's lines to the operating system.</summary>
    public void Flush() => _metrics.Flush();

    /// <summary>Draws the log as a picture, <c>curve.svg</c>.</summary>
    public void DrawCurve()
    {
        var title = $"{_settings.Preset} on {_settings.Environment.Id}, seed {_settings.Run.Seed}";
        ReplacedFile.Write(System.IO.Path.Combine(Path, "curve.svg"), System.Text.Encoding.UTF8.GetBytes(_curve.ToSvg(title)));
    }

    /// <summary>Writes the parameters with the best validation score.</summary>
    public void SaveBest(IPolicy policy, long steps, double? validationReturn) =>
        Save(System.IO.Path.Combine(Path, "best"), policy, steps, validationReturn);

    /// <summary>Writes the parameters as they are after <paramref name="steps"/> agent steps.</summary>
    public void SaveCheckpoint(IPolicy policy, long steps) =>
        Save(System.IO.Path.Combine(Path, "checkpoints", steps.ToString(System.Globalization.CultureInfo.InvariantCulture)), policy, steps, null);

    /// <summary>Writes <c>run.json</c> with where the run stands now.</summary>
    public void WriteState(RunState state, RunProgress? progress, string? error)
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var setting in SettingsEditor.List(_settings))
        {
            settings[setting.Name] = setting.Value;
        }

        foreach (var (name, value) in _settings.Environment.Options)
        {
            settings[$"Environment:Options:{name}"] = value;
        }

        var file = new RunFile
        {
            RunId = RunId,
            Preset = _settings.Preset,
            Seed = _settings.Run.Seed,
            State = state,
            Error = error,
            Started = _started,
            Written = DateTimeOffset.UtcNow,
            // The version carries the commit that was built.
            Version = Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion,
            Runtime = System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription,
            Settings = settings,
            Summary = progress?.Summary is { Length: > 0 } summary ? summary : null,
            Steps = progress?.Steps ?? 0,
            Episodes = progress?.Episodes ?? 0,
            Updates = progress?.Updates ?? 0,
            MeanReturn100 = progress?.MeanReturn100,
            BestValidationReturn = progress?.BestValidationReturn,
            GoalReturn = progress?.GoalReturn,
            Seconds = progress?.Elapsed.TotalSeconds ?? 0,
        };
        ReplacedFile.Write(System.IO.Path.Combine(Path, RunFile.FileName), file.ToJson());
    }

    /// <summary>Writes the report, <c>report.md</c>, of what the other files say.</summary>
    public void WriteReport()
    {
        Flush();
        RunReport.Write(Path);
    }

    /// <summary>Closes the log.</summary>
    public void Dispose() => _metrics.Dispose();

    private void Save(string folder, IPolicy policy, long steps, double? validationReturn)
    {
        Directory.CreateDirectory(folder);
        ReplacedFile.Write(System.IO.Path.Combine(folder, "network.safetensors"), policy.Save);
        var json = JsonSerializer.SerializeToUtf8Bytes(
            new { RunId, policy.Architecture, Environment = _settings.Environment.Id, Steps = steps, ValidationReturn = validationReturn },
            RunJson.Indented);
        ReplacedFile.Write(System.IO.Path.Combine(folder, "policy.json"), json);
    }
}
