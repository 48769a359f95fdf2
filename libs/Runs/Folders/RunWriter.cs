using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Agents.Training.Checkpoints;
using DqnAspire.Core.Files;
using DqnAspire.Runs.Checkpoints;
using DqnAspire.Runs.Curves;
using DqnAspire.Runs.Parameters;
using DqnAspire.Runs.Records;
using DqnAspire.Runs.Reports;

namespace DqnAspire.Runs.Folders;

/// <summary>
/// Writes a run's folder. A file or folder that is replaced is written under a temporary name, flushed and renamed, so
/// that neither a reader nor a crash meets half of one. One thread uses it.
/// </summary>
public sealed class RunWriter : IDisposable
{
    /// <summary>Numbers that the file has from the first moment.</summary>
    private static readonly NumberSet NothingDone =
        new TrainingProgress { Steps = 0, Episodes = 0, Updates = 0, Elapsed = TimeSpan.Zero }.Numbers;

    private readonly TrainingSettings _settings;
    private readonly DateTimeOffset _started;
    private readonly string _experience;
    private readonly CheckpointStore _checkpoints;
    private readonly PolicyWriter _policies;
    private readonly LogWriter _log;
    private readonly RunLock _lock;
    private LearningCurve _curve = new();

    private RunWriter(string path, string runId, TrainingSettings settings, RunFile? recorded, RunLock taken)
    {
        Path = path;
        RunId = runId;
        _lock = taken;
        _settings = settings;
        _started = recorded?.Started ?? DateTimeOffset.UtcNow;
        _experience = recorded?.Experience
            ?? System.IO.Path.GetRelativePath(path, RunLayout.ExperienceRoot(path, runId));
        _checkpoints = new CheckpointStore(In(RunLayout.Checkpoints));
        _policies = new PolicyWriter(runId, settings);
        if (recorded is null)
        {
            // First of all: a folder that has this file is a run's, however early its process is killed.
            WriteState(RunState.Starting, null, null);
        }

        _log = new LogWriter(In(RunLayout.Log));
    }

    /// <summary>Absolute path of the folder.</summary>
    public string Path { get; }

    /// <summary>Name of the run.</summary>
    public string RunId { get; }

    /// <summary>Makes the folder of a new run.</summary>
    /// <param name="path">The run's own folder: absent, or empty.</param>
    /// <param name="runId">Name of the run.</param>
    /// <param name="settings">Everything that the run is made of.</param>
    /// <exception cref="RunDirectoryException">
    /// The folder cannot be made or written, holds something already, or another process works in it.
    /// </exception>
    public static RunWriter Create(string path, string runId, TrainingSettings settings)
    {
        path = System.IO.Path.GetFullPath(path);
        RunDirectory.RequireWritable(path);
        return Lock(path, taken =>
        {
            RunDirectory.RequireEmpty(path);
            return new RunWriter(path, runId, settings, recorded: null, taken);
        });
    }

    /// <summary>Opens the folder of a run that is resumed. <see cref="FindCheckpoint"/> says from where.</summary>
    /// <param name="path">The run's folder.</param>
    /// <param name="settings">
    /// Everything that the run is made of, as <see cref="RecordedSettings.Resolve"/> gives it.
    /// </param>
    /// <exception cref="RunDirectoryException">
    /// It is no run's folder, cannot be written, or another process works in it.
    /// </exception>
    public static RunWriter Open(string path, TrainingSettings settings)
    {
        path = System.IO.Path.GetFullPath(path);
        var file = RunDirectory.ReadFile(path);
        RunDirectory.RequireWritable(path);
        return Lock(path, taken => new RunWriter(path, file.RunId, settings, file, taken));
    }

    /// <summary>Finds the newest checkpoint that the run can be resumed from. Nothing is changed.</summary>
    /// <param name="notify">Gets a line for each that cannot be used.</param>
    /// <param name="before">Only checkpoints of fewer steps count.</param>
    /// <returns>
    /// Null when there is none: the run begins anew. Where no checkpoint has its whole log, it is the newest whole one:
    /// what was learnt is worth more than lines.
    /// </returns>
    public StoredCheckpoint? FindCheckpoint(Action<string> notify, long before = long.MaxValue)
    {
        StoredCheckpoint? newest = null;
        while (_checkpoints.Find(before, notify) is { } found)
        {
            if (_log.Length >= found.LogLength)
            {
                return found;
            }

            newest ??= found;
            before = found.Steps;
            notify(string.Create(
                CultureInfo.InvariantCulture,
                $"The checkpoint of step {before} was passed over: "
                + $"{RunLayout.Log} has {_log.Length} bytes and had {found.LogLength}."));
        }

        if (newest is not null)
        {
            notify(string.Create(
                CultureInfo.InvariantCulture,
                $"{RunLayout.Log} has lost lines of every checkpoint; "
                + $"that of step {newest.Steps} is used without them."));
        }

        return newest;
    }

    /// <summary>Rolls the folder back to a checkpoint: later checkpoints and lines of the log are removed.</summary>
    /// <param name="checkpoint">The checkpoint; null: the run's start.</param>
    /// <param name="notify">Gets a line where the log is damaged; what can be read of it stays.</param>
    /// <exception cref="IOException">The folder cannot be changed.</exception>
    public void Rollback(StoredCheckpoint? checkpoint, Action<string>? notify = null)
    {
        _checkpoints.Rollback(checkpoint?.Steps ?? -1);
        if (checkpoint is null)
        {
            _log.Truncate(0);
        }
        else if (!_log.TryTruncate(checkpoint.LogLength))
        {
            var end = RunLog.FindEnd(In(RunLayout.Log), checkpoint.Steps);
            notify?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"{RunLayout.Log} does not have the {checkpoint.LogLength} bytes that it had at the checkpoint of step "
                + $"{checkpoint.Steps}; its first {end} bytes stay."));
            _log.Truncate(end);
        }

        _curve = new LearningCurve();
        foreach (var record in RunLog.ReadWhatIsWhole(In(RunLayout.Log), notify))
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

    /// <summary>Hands the log's lines to the disk.</summary>
    /// <returns>Bytes of the log.</returns>
    public long FlushToDisk() => _log.FlushToDisk();

    /// <summary>Draws the log as a picture.</summary>
    public void DrawCurve()
    {
        var title = $"{_settings.Preset} on {_settings.Environment.Id}, seed {_settings.Run.Seed}";
        AtomicFile.Write(In(RunLayout.Curve), Encoding.UTF8.GetBytes(_curve.ToSvg(title)));
    }

    /// <summary>Writes the parameters with the best validation score.</summary>
    public void SaveBest(PublishedParameters parameters, double? validationReturn) =>
        _policies.Write(In(RunLayout.Best), parameters, validationReturn);

    /// <summary>Writes the parameters of the run's end, where no checkpoint of this step has them.</summary>
    public void SaveLast(PublishedParameters parameters)
    {
        var folder = RunLayout.CheckpointFolder(Path, parameters.Steps);
        if (Directory.Exists(folder))
        {
            return;
        }

        try
        {
            _policies.Write(folder, parameters, null);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // Half of it would look like a checkpoint that is damaged.
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>
    /// Writes a checkpoint, through to the disk; the newest <see cref="RunSection.CheckpointsKept"/> stay.
    /// </summary>
    /// <param name="checkpoint">What the run is resumed from.</param>
    /// <param name="parameters">What it has learnt so far, for playing; null while there is nothing.</param>
    /// <param name="logLength">What <see cref="FlushToDisk"/> gave.</param>
    /// <exception cref="IOException">It cannot be written, and nothing of it is left; the run can continue.</exception>
    public void SaveCheckpoint(Checkpoint checkpoint, PublishedParameters? parameters, long logLength) =>
        _checkpoints.Save(
        checkpoint,
        logLength,
        parameters is null ? new Dictionary<string, Action<Stream>>() : _policies.Files(parameters, null),
        RunSection.CheckpointsKept);

    /// <summary>Writes <c>run.json</c> with where the run stands now.</summary>
    public void WriteState(RunState state, TrainingProgress? progress, string? error)
    {
        var file = new RunFile
        {
            RunId = RunId,
            Preset = _settings.Preset,
            Algorithm = _settings.Algorithm.Name,
            Seed = _settings.Run.Seed,
            State = state,
            Error = error,
            Started = _started,
            Written = DateTimeOffset.UtcNow,
            // The version carries the commit that was built.
            Version = Assembly.GetExecutingAssembly()
                .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion,
            Runtime = RuntimeInformation.FrameworkDescription,
            Settings = RecordedSettings.Of(_settings),
            Experience = _experience,
            Summary = progress?.Summary is { Length: > 0 } summary ? summary : null,
            Numbers = (progress?.Numbers ?? NumberSet.Empty)
                .Aggregate(NothingDone, (numbers, pair) => numbers.With(pair.Key, pair.Value)),
        };
        AtomicFile.Write(In(RunLayout.RunFile), file.ToJson());
    }

    /// <summary>Writes the report of what the other files say.</summary>
    public void WriteReport()
    {
        Flush();
        RunReport.Write(Path);
    }

    /// <summary>Writes the evaluation after training, and the report with it.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    public void WriteEvaluation(RecordedEvaluation evaluation)
    {
        evaluation.Write(Path);
        WriteReport();
    }

    /// <summary>Closes the log, and leaves the folder to others.</summary>
    public void Dispose()
    {
        _log.Dispose();
        _lock.Dispose();
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);

    private static RunWriter Lock(string path, Func<RunLock, RunWriter> open)
    {
        RunLock? taken = null;
        try
        {
            taken = RunLock.Take(path);
            return open(taken);
        }
        catch (Exception e)
        {
            taken?.Dispose();
            if (RunDirectory.IsRefusal(e))
            {
                throw RunDirectory.CannotWrite(path, e);
            }

            throw;
        }
    }
}
