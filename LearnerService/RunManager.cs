using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Replay;
using DqnAspire.Runs;
using DqnAspire.Runs.Records;
using Microsoft.Extensions.Options;

namespace DqnAspire.LearnerService;

/// <summary>Starts runs, one at a time, and remembers them for as long as the service lives.</summary>
public sealed class RunManager(
    ILaneSource lanes,
    IReplaySource replay,
    IOptions<LearnerOptions> options,
    LearnerMetrics metrics,
    ILogger<RunManager> logger) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<Run> _runs = [];
    private readonly TaskCompletionSource<Run> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The run that is going on, or the last one; null before the first.</summary>
    public Run? Current
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
    public Run? Find(string runId)
    {
        lock (_lock)
        {
            return _runs.Find(r => r.Id == runId);
        }
    }

    /// <summary>Waits until there is a run.</summary>
    public Task<Run> FirstAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _runs.Count > 0 ? Task.FromResult(_runs[^1]) : _first.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Starts a run.</summary>
    /// <param name="preset">Name of its preset.</param>
    /// <param name="changes">"Section:Key" to value.</param>
    /// <param name="directory">The run's own folder; empty: one in the runs folder.</param>
    /// <param name="runId">Its id; empty: made of preset, seed and time.</param>
    /// <exception cref="UnknownPresetException">There is no such preset.</exception>
    /// <exception cref="Agents.Settings.SettingException">A setting is unknown or out of range.</exception>
    /// <exception cref="RunDirectoryException">The folder cannot be used.</exception>
    /// <exception cref="RunInProgressException">Another run is going on.</exception>
    public Run Start(string preset, IEnumerable<KeyValuePair<string, string>> changes, string directory = "", string runId = "")
    {
        var settings = PresetCatalog.Resolve(preset, changes);
        Run run;
        lock (_lock)
        {
            RequireNoneGoingOn();
            var id = runId.Length > 0 ? runId : NewId(settings);
            var path = directory.Length > 0 ? directory : Path.Combine(options.Value.RunsDirectory, id);
            run = Add(settings, RunDirectory.Create(path, id, settings), isNew: true);
        }

        logger.LogInformation("Run {RunId} started: preset {Preset}, seed {Seed}, files in {Directory}.", run.Id, preset, settings.Run.Seed, run.DirectoryPath);
        Train(run);
        return run;
    }

    /// <summary>Goes on with an earlier run.</summary>
    /// <param name="directory">Its folder.</param>
    /// <param name="changes">"Section:Key" to value, as <see cref="RecordedSettings.Resolve"/> allows.</param>
    /// <exception cref="UnknownPresetException">This version has no such preset.</exception>
    /// <exception cref="Agents.Settings.SettingException">A setting is unknown, out of range, or cannot be changed on the way.</exception>
    /// <exception cref="RunDirectoryException">The folder is no run's, or cannot be used.</exception>
    /// <exception cref="RunInProgressException">Another run is going on.</exception>
    /// <exception cref="RunControlException">The run has ended solved or unsolved.</exception>
    public Run Resume(string directory, IEnumerable<KeyValuePair<string, string>> changes)
    {
        var file = RunDirectory.ReadFile(directory);
        if (!RunCatalog.CanResume(file))
        {
            throw new RunControlException($"Run {file.RunId} has ended {file.State.ToString().ToLowerInvariant()}; there is nothing to resume; start a new run.");
        }

        var settings = RecordedSettings.Resolve(file, changes);
        Run run;
        lock (_lock)
        {
            RequireNoneGoingOn();
            Forget(file.RunId);
            run = Add(settings, RunDirectory.Open(directory, settings), isNew: false);
        }

        logger.LogInformation("Run {RunId} is gone on with: preset {Preset}, files in {Directory}.", run.Id, settings.Preset, run.DirectoryPath);
        Train(run);
        return run;
    }

    /// <summary>Starts the run that configuration asks for, goes on with it, or shows how it ended.</summary>
    /// <inheritdoc cref="Start"/>
    public void StartConfigured()
    {
        var learner = options.Value;
        var changes = learner.Settings.Select(SettingsEditor.Parse);
        if (!learner.Resume || (learner.Preset.Length > 0 && !RunDirectory.IsRun(learner.RunDirectory)))
        {
            if (learner.Preset.Length > 0)
            {
                Start(learner.Preset, changes, learner.RunDirectory, learner.RunId);
            }

            return;
        }

        var file = RunDirectory.ReadFile(learner.RunDirectory);
        if (RunCatalog.CanResume(file))
        {
            // The others were what it was started with.
            Resume(learner.RunDirectory, changes.Where(c => RecordedSettings.Changeable.Contains(c.Key, StringComparer.OrdinalIgnoreCase)));
            return;
        }

        lock (_lock)
        {
            var settings = RecordedSettings.Resolve(file, []);
            Add(settings, RunDirectory.Open(learner.RunDirectory, settings), isNew: false).ShowEnded(file);
        }
    }

    /// <summary>Asks the run that is going on to stop, because the service does.</summary>
    public void StopWithService() => Current?.RequestStop(withService: true);

    /// <summary>The runs that this service worked on.</summary>
    public IReadOnlyList<Run> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _runs];
            }
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

    private void Train(Run run) => _ = Task.Run(() => run.TrainAsync((r, from) => Trainers.Create(
        r.Settings, new TrainingContext(r.Id, lanes, replay, r) { Control = r.Control, ResumeFrom = from })));

    private Run Add(TrainingSettings settings, RunDirectory directory, bool isNew)
    {
        var run = new Run(settings, directory, isNew, metrics, options.Value, logger);
        _runs.Add(run);
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

    private string NewId(TrainingSettings settings)
    {
        var runId = RunDirectory.NewRunId(settings);
        for (var n = 2; _runs.Exists(r => r.Id == runId); n++)
        {
            runId = $"{RunDirectory.NewRunId(settings)}-{n}";
        }

        return runId;
    }

    private void RequireNoneGoingOn()
    {
        if (_runs.Count > 0 && !_runs[^1].Ended.IsCompleted)
        {
            throw new RunInProgressException(_runs[^1].Id);
        }
    }
}
