using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Runs;
using DqnAspire.Agents.Runs.Checkpoints;
using DqnAspire.Agents.Settings;

namespace DqnAspire.LearnerService;

/// <summary>One run in this service: its trainer's reports, its files, its published parameters.</summary>
public sealed class Run : IRunObserver, IDisposable
{
    private readonly RunDirectory _directory;
    private readonly TensorBoardObserver _events;
    private readonly LearnerMetrics _metrics;
    private readonly CancellationTokenSource _stop;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile RunProgress _progress = new();
    private IPolicy? _lastPolicy;
    private double? _validationReturn;

    /// <summary>Prepares a run; <see cref="TrainAsync"/> does the work.</summary>
    public Run(RunSettings settings, RunDirectory directory, LearnerMetrics metrics, CancellationToken stopping)
    {
        Settings = settings;
        _directory = directory;
        _events = new TensorBoardObserver(directory.Path, settings);
        _metrics = metrics;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    }

    /// <summary>Name of the run.</summary>
    public string Id => _directory.RunId;

    /// <summary>Folder of the run.</summary>
    public string DirectoryPath => _directory.Path;

    /// <summary>Everything the run is made of.</summary>
    public RunSettings Settings { get; }

    /// <summary>Where it stands.</summary>
    public RunProgress Progress => _progress;

    /// <summary>Why it failed, one line; empty when it did not.</summary>
    public string Error { get; private set; } = "";

    /// <summary>Its parameters.</summary>
    public ParameterStore Parameters { get; } = new();

    /// <summary>Completes, without an error, when the run has ended and its files are written.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Asks the run to stop after its current step.</summary>
    public void RequestStop()
    {
        if (!Ended.IsCompleted)
        {
            _stop.Cancel();
        }
    }

    /// <summary>Trains to the end, whichever it is, and writes the run's files.</summary>
    /// <param name="createTrainer">Makes the trainer that reports to this run.</param>
    /// <param name="logger">Gets one line on how it ended.</param>
    public async Task TrainAsync(Func<Run, ITrainer> createTrainer, ILogger logger)
    {
        RunState state;
        try
        {
            state = await createTrainer(this).TrainAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            state = RunState.Stopped;
        }
        catch (Exception e)
        {
            // Whatever went wrong ends this run, not the service.
            state = RunState.Failed;
            Error = e.Message;
            logger.LogDebug(e, "Run {RunId} failed.", Id);
        }

        state = Finish(state);
        _progress = _progress with { State = state };
        Parameters.Complete();
        _metrics.RunEnded(state);
        if (state == RunState.Failed)
        {
            logger.LogError("Run {RunId} failed: {Error}", Id, Error);
        }
        else
        {
            logger.LogInformation("Run {RunId} ended: {State} after {Steps} steps.", Id, state, _progress.Steps);
        }

        _ended.SetResult();
    }

    /// <inheritdoc/>
    public void OnProgress(RunProgress progress)
    {
        _metrics.Progressed(_progress, progress);
        _events.OnProgress(progress);
        // The end is reported when the files are written.
        _progress = progress.State is RunState.Solved or RunState.Unsolved ? progress with { State = _progress.State } : progress;
    }

    /// <inheritdoc/>
    public void OnRecord(RunRecord record)
    {
        _validationReturn = record.ValidationReturn ?? _validationReturn;
        _directory.Append(record);
        _events.OnRecord(record);
        _metrics.Recorded(record);
    }

    /// <inheritdoc/>
    public void OnParameters(IPolicy policy, long steps, bool best)
    {
        Parameters.Publish(policy, steps, best);
        _lastPolicy = policy;
        if (best)
        {
            _directory.SaveBest(policy, steps, _validationReturn);
        }
    }

    /// <inheritdoc/>
    public void OnCheckpoint(Checkpoint checkpoint)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _directory.Dispose();
        _events.Dispose();
        _stop.Dispose();
    }

    private RunState Finish(RunState state)
    {
        try
        {
            if (_lastPolicy is { } policy)
            {
                _directory.SaveCheckpoint(policy, _progress.Steps);
            }

            _directory.Flush();
            _directory.DrawCurve();
            _directory.WriteState(state, _progress, Error.Length > 0 ? Error : null);
            _events.Dispose();
            _directory.WriteReport();
            return state;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or RunDirectoryException)
        {
            Error = $"Run directory {DirectoryPath} cannot be written: {e.Message}";
            return RunState.Failed;
        }
    }
}
