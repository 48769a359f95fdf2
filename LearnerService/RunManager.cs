using DqnAspire.Agents.Lanes;
using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Replay;
using DqnAspire.Agents.Runs;
using Microsoft.Extensions.Options;

namespace DqnAspire.LearnerService;

/// <summary>Starts runs, one at a time, and remembers them for as long as the service lives.</summary>
public sealed class RunManager(
    ILaneSource lanes,
    IReplaySource replay,
    IOptions<LearnerOptions> options,
    LearnerMetrics metrics,
    IHostApplicationLifetime lifetime,
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
    /// <exception cref="UnknownPresetException">There is no such preset.</exception>
    /// <exception cref="Agents.Settings.SettingException">A setting is unknown or out of range.</exception>
    /// <exception cref="RunDirectoryException">The folder cannot be used.</exception>
    /// <exception cref="RunInProgressException">Another run is going on.</exception>
    public Run Start(string preset, IEnumerable<KeyValuePair<string, string>> changes, string directory)
    {
        var settings = PresetCatalog.Resolve(preset, changes);
        Run run;
        lock (_lock)
        {
            if (_runs.Count > 0 && !_runs[^1].Ended.IsCompleted)
            {
                throw new RunInProgressException(_runs[^1].Id);
            }

            var runId = RunDirectory.NewRunId(settings);
            for (var n = 2; _runs.Exists(r => r.Id == runId); n++)
            {
                runId = $"{RunDirectory.NewRunId(settings)}-{n}";
            }

            var path = directory.Length > 0 ? directory : Path.Combine(options.Value.RunsDirectory, runId);
            run = new Run(settings, RunDirectory.Create(path, runId, settings), metrics, lifetime.ApplicationStopping);
            _runs.Add(run);
            _first.TrySetResult(run);
        }

        logger.LogInformation("Run {RunId} started: preset {Preset}, seed {Seed}, files in {Directory}.", run.Id, preset, settings.Run.Seed, run.DirectoryPath);
        _ = Task.Run(() => run.TrainAsync(r => Trainers.Create(r.Settings, new RunContext(r.Id, lanes, replay, r)), logger));
        return run;
    }

    /// <summary>Closes the runs' files.</summary>
    public void Dispose()
    {
        foreach (var run in _runs)
        {
            run.Dispose();
        }
    }
}
