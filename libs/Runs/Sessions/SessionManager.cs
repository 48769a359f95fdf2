using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Runs.Folders;
using DqnAspire.Runs.Records;

namespace DqnAspire.Runs.Sessions;

/// <summary>Starts and resumes runs, one at a time, and keeps the last few; all are in their folders.</summary>
/// <param name="context">What the runs work with.</param>
/// <param name="runsFolder">Folder of runs that are given none.</param>
public sealed class SessionManager(SessionContext context, string runsFolder) : IDisposable
{
    /// <summary>
    /// Runs that are kept with their parameters: the one in progress, or the last, and those that ended before it.
    /// </summary>
    public const int MaxKept = 8;

    /// <summary>Guards the two lists, and that no two runs are in progress.</summary>
    private readonly Lock _lock = new();
    private readonly List<RunSession> _runs = [];
    private readonly List<string> _folders = [];
    private readonly TaskCompletionSource<RunSession> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The folders of all runs of this process, those of runs that are no longer kept included.</summary>
    public IReadOnlyList<string> Folders
    {
        get
        {
            lock (_lock)
            {
                return [.. _folders];
            }
        }
    }

    /// <summary>The run that is in progress, or the last one; null before the first.</summary>
    public RunSession? Current
    {
        get
        {
            lock (_lock)
            {
                return _runs.Count > 0 ? _runs[^1] : null;
            }
        }
    }

    /// <summary>The run with a name.</summary>
    public RunSession? Find(string runId)
    {
        lock (_lock)
        {
            return _runs.Find(r => r.Id == runId);
        }
    }

    /// <summary>Waits until there is a run.</summary>
    public Task<RunSession> FirstAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _runs.Count > 0 ? Task.FromResult(_runs[^1]) : _first.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Starts a run.</summary>
    /// <param name="preset">Name of its preset.</param>
    /// <param name="changes">"Section:Key" to value.</param>
    /// <param name="folder">The run's own folder; empty: one in the runs folder.</param>
    /// <param name="runId">Its id; empty: made of preset, seed and time.</param>
    /// <exception cref="UnknownPresetException">There is no such preset.</exception>
    /// <exception cref="SettingException">A setting is unknown or out of range.</exception>
    /// <exception cref="RunDirectoryException">The folder cannot be used.</exception>
    /// <exception cref="RunInProgressException">Another run is in progress.</exception>
    public RunSession Start(
        string preset, IEnumerable<KeyValuePair<string, string>> changes, string folder = "", string runId = "")
    {
        var settings = context.Catalog.Resolve(preset, changes);
        lock (_lock)
        {
            RequireNoneInProgress();
            var id = runId.Length > 0
                ? runId
                : RunDirectory.NewRunId(settings, taken => _runs.Exists(r => r.Id == taken));
            var path = folder.Length > 0 ? folder : Path.Combine(runsFolder, id);
            return Train(settings, RunWriter.Create(path, id, settings), isNew: true);
        }
    }

    /// <summary>Resumes an earlier run.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="changes">"Section:Key" to value, as <see cref="RecordedSettings.Resolve"/> allows.</param>
    /// <param name="preset">The preset that it must be of; empty: any.</param>
    /// <exception cref="UnknownPresetException">This version has no such preset.</exception>
    /// <exception cref="SettingException">
    /// The run has another preset, or a setting is unknown, out of range, or cannot be changed now.
    /// </exception>
    /// <exception cref="RunDirectoryException">The folder is no run's, or cannot be used.</exception>
    /// <exception cref="RunInProgressException">Another run is in progress.</exception>
    /// <exception cref="RunControlException">The run has ended solved or unsolved.</exception>
    public RunSession Resume(string folder, IEnumerable<KeyValuePair<string, string>> changes, string preset = "")
    {
        var file = RunDirectory.ReadFile(folder);
        if (preset.Length > 0 && preset != file.Preset)
        {
            throw new SettingException($"The run in {folder} is of preset '{file.Preset}', not '{preset}'.");
        }

        file.RequireResumable();
        var settings = RecordedSettings.Resolve(file, changes, context.Catalog);
        lock (_lock)
        {
            RequireNoneInProgress();
            Forget(file.RunId);
            return Train(settings, RunWriter.Open(folder, settings), isNew: false);
        }
    }

    /// <summary>
    /// Shows a run that has ended: where it stands, and its parameters. An evaluation that it lacks is made up for.
    /// </summary>
    /// <param name="folder">Its folder.</param>
    /// <inheritdoc cref="Resume"/>
    public RunSession ShowEnded(string folder)
    {
        var file = RunDirectory.ReadFile(folder);
        var settings = RecordedSettings.Resolve(file, [], context.Catalog);
        lock (_lock)
        {
            var run = Add(settings, RunWriter.Open(folder, settings), isNew: false);
            _ = run.ShowEndedAsync(file);
            return run;
        }
    }

    /// <summary>Closes the runs' files.</summary>
    public void Dispose()
    {
        foreach (var run in _runs)
        {
            run.Dispose();
        }
    }

    private RunSession Train(TrainingSettings settings, RunWriter folder, bool isNew)
    {
        var run = Add(settings, folder, isNew);
        _ = Task.Run(run.TrainAsync);
        return run;
    }

    private RunSession Add(TrainingSettings settings, RunWriter folder, bool isNew)
    {
        var run = new RunSession(settings, folder, isNew, context);
        _runs.Add(run);
        if (!_folders.Contains(run.Folder))
        {
            _folders.Add(run.Folder);
        }

        while (_runs.Count > MaxKept)
        {
            // It has ended: only the last may be in progress.
            _runs[0].Dispose();
            _runs.RemoveAt(0);
        }

        _first.TrySetResult(run);
        return run;
    }

    private void Forget(string runId)
    {
        foreach (var run in _runs.Where(r => r.Id == runId))
        {
            run.Dispose();
        }

        _runs.RemoveAll(r => r.Id == runId);
    }

    private void RequireNoneInProgress()
    {
        if (_runs.Count > 0 && !_runs[^1].Ended.IsCompleted)
        {
            throw new RunInProgressException(_runs[^1].Id);
        }
    }
}
