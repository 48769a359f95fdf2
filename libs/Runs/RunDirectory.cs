using System.Reflection;
using System.Text.Json;
using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Agents.Training.Checkpoints;
using DqnAspire.Core.Files;
using DqnAspire.Runs.Checkpoints;
using DqnAspire.Runs.Curves;
using DqnAspire.Runs.Records;
using DqnAspire.Runs.Reports;

namespace DqnAspire.Runs;

/// <summary>
/// The files of one run: <c>run.json</c> (preset, settings, seed, versions, how it ended), <c>metrics.jsonl</c> (a line an
/// episode or iteration), <c>curve.svg</c> (its picture), <c>report.md</c> (all of it for people), <c>best/</c> and
/// <c>checkpoints/STEP/</c> (parameters as safetensors, and all that a later process goes on from). Files and folders that are
/// replaced are written to a temporary name, flushed and renamed, so that a reader or a crash never meets half of one.
/// </summary>
public sealed class RunDirectory : IDisposable
{
    /// <summary>Folder in a run's folder for the logs of the processes around it. It may be there before the run is.</summary>
    public const string LogFolder = "logs";

    private const string ParametersFile = "network.safetensors";
    private const string PolicyFile = "policy.json";
    private const string Probe = ".writable";

    private readonly TrainingSettings _settings;
    private readonly DateTimeOffset _started;
    private readonly CheckpointStore _checkpoints;
    private readonly RunLogWriter _log;
    private LearningCurve _curve = new();

    private RunDirectory(string path, string runId, TrainingSettings settings, RunFile? recorded)
    {
        Path = path;
        RunId = runId;
        _settings = settings;
        _started = recorded?.Started ?? DateTimeOffset.UtcNow;
        _checkpoints = new CheckpointStore(System.IO.Path.Combine(path, "checkpoints"));
        if (recorded is null)
        {
            // First of all: a folder that has this file is a run's, however early its process is killed.
            WriteState(RunState.Starting, null, null);
        }

        _log = new RunLogWriter(System.IO.Path.Combine(path, RunLog.FileName));
    }

    /// <summary>Absolute path of the folder.</summary>
    public string Path { get; }

    /// <summary>Name of the run.</summary>
    public string RunId { get; }

    /// <summary>A new run's name: preset, seed and time.</summary>
    public static string NewRunId(TrainingSettings settings) =>
        $"{settings.Preset}-s{settings.Run.Seed}-{DateTimeOffset.UtcNow:yyyyMMdd-HHmmss}";

    /// <summary>Makes the folder of a new run.</summary>
    /// <param name="path">The run's own folder: absent, or empty.</param>
    /// <param name="runId">Name of the run.</param>
    /// <param name="settings">Everything that the run is made of.</param>
    /// <exception cref="RunDirectoryException">The folder cannot be made or written, or holds something already.</exception>
    public static RunDirectory Create(string path, string runId, TrainingSettings settings)
    {
        path = System.IO.Path.GetFullPath(path);
        RequireUsable(path);
        try
        {
            return new RunDirectory(path, runId, settings, recorded: null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunDirectoryException($"Run directory {path} cannot be written: {e.Message}");
        }
    }

    /// <summary>Opens the folder of a run that goes on. Where it goes on from is what <see cref="GoBack"/> finds.</summary>
    /// <param name="path">The run's folder.</param>
    /// <param name="settings">Everything that the run is made of, as <see cref="RecordedSettings.Resolve"/> gives it.</param>
    /// <exception cref="RunDirectoryException">It is no run's folder, or cannot be written.</exception>
    public static RunDirectory Open(string path, TrainingSettings settings)
    {
        path = System.IO.Path.GetFullPath(path);
        var file = ReadFile(path);
        RequireWritable(path);
        try
        {
            return new RunDirectory(path, file.RunId, settings, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunDirectoryException($"Run directory {path} cannot be written: {e.Message}");
        }
    }

    /// <summary>The folder of a checkpoint.</summary>
    /// <param name="path">The run's folder.</param>
    /// <param name="steps">Agent steps taken at the checkpoint.</param>
    public static string CheckpointFolder(string path, long steps) =>
        System.IO.Path.Combine(path, "checkpoints", steps.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Whether a folder is one of a run.</summary>
    public static bool IsRun(string path) => File.Exists(System.IO.Path.Combine(path, RunFile.FileName));

    /// <summary>Reads what a run is made of and where it stands.</summary>
    /// <param name="path">The run's folder.</param>
    /// <exception cref="RunDirectoryException">It is no run's folder; the message says why.</exception>
    public static RunFile ReadFile(string path)
    {
        if (!IsRun(path))
        {
            throw new RunDirectoryException($"{path} is not the folder of a run: it has no {RunFile.FileName}.");
        }

        try
        {
            return RunFile.Read(path);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new RunDirectoryException(e.Message);
        }
    }

    /// <summary>Checks that a run can be kept in a folder: it can be made and written, and is empty.</summary>
    /// <exception cref="RunDirectoryException">It cannot; the message says why.</exception>
    public static void RequireUsable(string path)
    {
        RequireWritable(path);
        // A process that was killed at the very first may have left the beginnings of the first files.
        var entries = Directory.EnumerateFileSystemEntries(path).Select(entry => System.IO.Path.GetFileName(entry));
        if (entries.Any(name => name is not (Probe or LogFolder or RunFile.FileName + ".new")))
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
            var probe = System.IO.Path.Combine(path, Probe);
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new RunDirectoryException($"Run directory {path} cannot be written: {e.Message}");
        }
    }

    /// <summary>Finds the newest checkpoint that the run can go on from. Nothing is changed.</summary>
    /// <param name="tell">Gets a line for each that cannot be used.</param>
    /// <param name="before">Only checkpoints of fewer steps count.</param>
    /// <returns>Null when there is none: the run begins anew.</returns>
    public StoredCheckpoint? FindCheckpoint(Action<string> tell, long before = long.MaxValue)
    {
        while (_checkpoints.Find(before, tell) is { } found)
        {
            if (_log.Length >= found.LogLength)
            {
                return found;
            }

            before = found.Steps;
            tell($"The checkpoint of step {before} was passed over: {RunLog.FileName} has {_log.Length} bytes and had {found.LogLength}.");
        }

        return null;
    }

    /// <summary>Takes the folder back to a checkpoint: later checkpoints and lines of the log are removed.</summary>
    /// <param name="checkpoint">The checkpoint; null: the run's start.</param>
    /// <exception cref="IOException">The folder cannot be changed.</exception>
    /// <exception cref="InvalidDataException">The log holds something else.</exception>
    public void GoBack(StoredCheckpoint? checkpoint)
    {
        _checkpoints.GoBack(checkpoint?.Steps ?? -1);
        _log.CutBack(checkpoint?.LogLength ?? 0);
        _curve = new LearningCurve();
        foreach (var record in RunLog.Read(System.IO.Path.Combine(Path, RunLog.FileName)))
        {
            _curve.Add(record);
        }
    }

    /// <summary>Appends a line to the log.</summary>
    public void Append(LogRecord record)
    {
        _curve.Add(record);
        _log.Append(record);
    }

    /// <summary>Hands the log's lines to the operating system.</summary>
    public void Flush() => _log.Flush();

    /// <summary>Draws the log as a picture, <c>curve.svg</c>.</summary>
    public void DrawCurve()
    {
        var title = $"{_settings.Preset} on {_settings.Environment.Id}, seed {_settings.Run.Seed}";
        AtomicFile.Write(System.IO.Path.Combine(Path, "curve.svg"), System.Text.Encoding.UTF8.GetBytes(_curve.ToSvg(title)));
    }

    /// <summary>Writes the parameters with the best validation score.</summary>
    public void SaveBest(IPolicy policy, long steps, double? validationReturn) =>
        Save(System.IO.Path.Combine(Path, "best"), policy, steps, validationReturn);

    /// <summary>Writes the parameters of the run's end, where no checkpoint of this step has them.</summary>
    public void SaveLast(IPolicy policy, long steps)
    {
        var folder = CheckpointFolder(Path, steps);
        if (Directory.Exists(folder))
        {
            return;
        }

        try
        {
            Save(folder, policy, steps, null);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // Half of it would look like a checkpoint that is damaged.
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>Writes a checkpoint, through to the disk; the newest <see cref="RunSection.CheckpointsKept"/> stay.</summary>
    /// <param name="checkpoint">What the run goes on from.</param>
    /// <param name="policy">What it has learnt so far, for playing; null while there is none.</param>
    /// <param name="logLength">What <see cref="FlushToDisk"/> gave.</param>
    /// <exception cref="IOException">It cannot be written, and nothing of it is left; the run can go on.</exception>
    public void SaveCheckpoint(Checkpoint checkpoint, IPolicy? policy, long logLength)
    {
        var others = new Dictionary<string, Action<Stream>>();
        if (policy is not null)
        {
            others[ParametersFile] = policy.Save;
            others[PolicyFile] = stream => stream.Write(Describe(policy, checkpoint.State.Statistics.Steps, null));
        }

        _checkpoints.Save(checkpoint, logLength, others, RunSection.CheckpointsKept);
    }

    /// <summary>Hands the log's lines to the disk.</summary>
    /// <returns>Bytes of the log.</returns>
    public long FlushToDisk() => _log.FlushToDisk();

    /// <summary>Writes <c>run.json</c> with where the run stands now.</summary>
    public void WriteState(RunState state, TrainingProgress? progress, string? error)
    {
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
            Settings = RecordedSettings.Of(_settings),
            Summary = progress?.Summary is { Length: > 0 } summary ? summary : null,
            Steps = progress?.Steps ?? 0,
            Episodes = progress?.Episodes ?? 0,
            Updates = progress?.Updates ?? 0,
            MeanReturn100 = progress?.MeanReturn100,
            BestValidationReturn = progress?.BestValidationReturn,
            GoalReturn = progress?.GoalReturn,
            Seconds = progress?.Elapsed.TotalSeconds ?? 0,
        };
        AtomicFile.Write(System.IO.Path.Combine(Path, RunFile.FileName), file.ToJson());
    }

    /// <summary>Writes the report, <c>report.md</c>, of what the other files say.</summary>
    public void WriteReport()
    {
        Flush();
        RunReport.Write(Path);
    }

    /// <summary>Closes the log.</summary>
    public void Dispose() => _log.Dispose();

    private void Save(string folder, IPolicy policy, long steps, double? validationReturn)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.Write(System.IO.Path.Combine(folder, ParametersFile), policy.Save);
        AtomicFile.Write(System.IO.Path.Combine(folder, PolicyFile), Describe(policy, steps, validationReturn));
    }

    private byte[] Describe(IPolicy policy, long steps, double? validationReturn) => JsonSerializer.SerializeToUtf8Bytes(
        new { RunId, policy.Architecture, Environment = _settings.Environment.Id, Steps = steps, ValidationReturn = validationReturn },
        RunJson.Indented);
}
