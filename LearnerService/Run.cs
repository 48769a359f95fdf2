using System.Globalization;
using DqnAspire.Agents.Policies;
using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Agents.Training.Checkpoints;
using DqnAspire.Clients;
using DqnAspire.Runs;
using DqnAspire.Runs.Checkpoints;
using DqnAspire.Runs.Records;
using DqnAspire.Runs.TensorBoard;
using Grpc.Core;

namespace DqnAspire.LearnerService;

/// <summary>
/// One run in this service: its trainer's reports, its files, its published parameters, and its way on after a service was
/// lost. Each attempt has a trainer of its own; the folder is taken back to where an attempt begins when it does begin, so
/// that one which finds no service changes nothing.
/// </summary>
public sealed class Run : ITrainingObserver, IDisposable
{
    private const string ReplayService = "ReplayService";

    private readonly RunDirectory _directory;
    private readonly LearnerMetrics _metrics;
    private readonly ILogger _logger;
    private readonly ServicePatience _patience;
    private readonly TimeSpan _stopGrace;
    private readonly CancellationTokenSource _cancel = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CheckpointRequests _checkpoints;
    private readonly RunProgressLog _log;
    private volatile TrainingProgress _progress = new();
    private readonly RunNotice _notice = new(TimeProvider.System);
    private TensorBoardObserver? _events;
    private StoredCheckpoint? _from;
    private IPolicy? _lastPolicy;
    private double? _validationReturn;
    private string? _lostService;
    private bool _hasBegun;
    private bool _isNew;
    private int _failedCheckpoints;
    private long _checkpointSteps;

    /// <summary>Prepares a run; <see cref="TrainAsync"/> does the work.</summary>
    /// <param name="settings">Everything that it is made of.</param>
    /// <param name="directory">Its folder.</param>
    /// <param name="isNew">Whether nothing of it has been done yet.</param>
    /// <param name="metrics">Counts what it does.</param>
    /// <param name="options">The service's settings.</param>
    /// <param name="logger">Gets a line on everything unusual.</param>
    public Run(TrainingSettings settings, RunDirectory directory, bool isNew, LearnerMetrics metrics, LearnerOptions options, ILogger logger)
    {
        Settings = settings;
        _directory = directory;
        _isNew = isNew;
        _metrics = metrics;
        _logger = logger;
        _patience = new ServicePatience(TimeSpan.FromSeconds(options.ServicePatienceSeconds), TimeProvider.System);
        _stopGrace = TimeSpan.FromSeconds(options.StopGraceSeconds);
        _checkpoints = new CheckpointRequests(Control);
        _log = new RunProgressLog(Id, logger, TimeProvider.System);
    }

    /// <summary>Name of the run.</summary>
    public string Id => _directory.RunId;

    /// <summary>Folder of the run.</summary>
    public string DirectoryPath => _directory.Path;

    /// <summary>Everything the run is made of.</summary>
    public TrainingSettings Settings { get; }

    /// <summary>How others reach into it.</summary>
    public TrainingControl Control { get; } = new();

    /// <summary>Where it stands.</summary>
    public TrainingProgress Progress => _progress;

    /// <summary>Why it failed, one line; empty when it did not.</summary>
    public string Error { get; private set; } = "";

    /// <summary>What is unusual about it now, one line; empty when nothing is.</summary>
    public string Notice => _notice.Text;

    /// <summary>Whether it was stopped because the service stops; then it continues when the service is started again.</summary>
    public bool StopsWithService { get; private set; }

    /// <summary>Steps of the newest checkpoint; 0: none yet.</summary>
    public long CheckpointSteps => Interlocked.Read(ref _checkpointSteps);

    /// <summary>Its parameters.</summary>
    public ParameterStore Parameters { get; } = new();

    /// <summary>Completes, without an error, when the run has ended and its files are written.</summary>
    public Task Ended => _ended.Task;

    /// <summary>A table is learnt in seconds, in blocks of steps: it neither waits nor has checkpoints, and is learnt anew instead.</summary>
    private bool IsTabular => Settings is TabularSettings;

    /// <summary>Asks the run to stop after its current step, with a checkpoint.</summary>
    /// <param name="withService">Whether the service itself stops.</param>
    public void RequestStop(bool withService = false)
    {
        if (Ended.IsCompleted)
        {
            return;
        }

        StopsWithService |= withService;

        Control.RequestStop();
        if (IsTabular || _progress.State == RunState.Starting || _progress.Steps == 0)
        {
            // There is nothing to keep that is not on disk.
            _cancel.Cancel();
        }
        else
        {
            _cancel.CancelAfter(_stopGrace);
        }
    }

    /// <summary>Makes the run wait before its next step.</summary>
    /// <exception cref="RunControlException">It cannot wait.</exception>
    public void Pause()
    {
        RequireControl("waits");
        Control.Pause();
    }

    /// <summary>Makes a checkpoint after the current step.</summary>
    /// <returns>Its steps, when it is on disk.</returns>
    /// <exception cref="RunControlException">The run has ended or waits.</exception>
    /// <exception cref="IOException">It could not be written.</exception>
    public Task<long> CheckpointAsync(CancellationToken cancellationToken)
    {
        RequireControl("has checkpoints");
        return Control.IsPaused
            ? throw new RunControlException($"Run {Id} waits; it makes a checkpoint with its next step, after Resume.")
            : _checkpoints.AskAsync(cancellationToken);
    }

    /// <summary>Changes numbers from the next step on.</summary>
    /// <param name="learningRate">Step size of the optimiser; null: as it is.</param>
    /// <param name="updatePeriod">Agent steps from one update to the next; null: as it is.</param>
    /// <exception cref="SettingException">A number is out of range, or the algorithm has none such.</exception>
    /// <exception cref="RunControlException">The run has ended.</exception>
    public void Change(double? learningRate, int? updatePeriod)
    {
        RequireNotEnded();
        var changes = new Dictionary<string, string>();
        if (learningRate is { } rate)
        {
            changes["Optimizer:LearningRate"] = rate.ToString("R", CultureInfo.InvariantCulture);
        }

        if (updatePeriod is { } period)
        {
            changes["Agent:UpdatePeriod"] = period.ToString(CultureInfo.InvariantCulture);
        }

        // What the settings allow is allowed here.
        SettingsEditor.Apply(PresetCatalog.Resolve(Settings.Preset, RecordedSettings.Of(Settings)), changes);
        Control.LearningRate = learningRate ?? Control.LearningRate;
        Control.UpdatePeriod = updatePeriod ?? Control.UpdatePeriod;
    }

    /// <summary>Trains to the end, whichever it is, and writes the run's files.</summary>
    /// <param name="createTrainer">Makes the trainer that reports to this run and goes on from a checkpoint.</param>
    public async Task TrainAsync(Func<Run, Checkpoint?, ITrainer> createTrainer)
    {
        var span = RunSpans.StartRun(Id, Settings);
        RunState state;
        try
        {
            RestoreParameters();
            state = await TrainThroughLossesAsync(createTrainer).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_cancel.IsCancellationRequested)
        {
            state = RunState.Stopped;
        }
        catch (ServiceCallException e) when (Control.IsStopRequested)
        {
            Tell($"The run was stopped without a last checkpoint: {e.Message}");
            state = RunState.Stopped;
        }
        catch (Exception e)
        {
            // Whatever went wrong ends this run, not the service.
            state = RunState.Failed;
            Error = e.Message;
            _logger.LogDebug(e, "Run {RunId} failed.", Id);
        }

        state = Finish(state);
        _progress = _progress with { State = state };
        Parameters.Complete();
        _checkpoints.Close(EndedMessage);
        _metrics.RunEnded(state);
        if (state == RunState.Failed)
        {
            _logger.LogError("Run {RunId} failed: {Error}", Id, Error);
        }
        else
        {
            _logger.LogInformation("Run {RunId} ended: {State} after {Steps} steps.", Id, state, _progress.Steps);
        }

        RunSpans.EndRun(span, state, _progress.Steps, Error);
        _ended.SetResult();
    }

    /// <summary>Shows a run that ended earlier: how it ended, and its parameters.</summary>
    /// <param name="file">What its folder says.</param>
    public void ShowEnded(RunFile file)
    {
        _progress = file.ToProgress();
        Error = file.Error ?? "";
        RestoreParameters();
        Parameters.Complete();
        _checkpoints.Close(EndedMessage);
        _ended.SetResult();
    }

    /// <inheritdoc/>
    public void OnProgress(TrainingProgress progress)
    {
        if (progress.State == RunState.Starting)
        {
            // What a trainer counts before it has found its place says nothing about the run.
            _progress = _progress with { MaxSteps = progress.MaxSteps, MaxEpisodes = progress.MaxEpisodes, GoalReturn = progress.GoalReturn };
            return;
        }

        Begin();
        _metrics.Progressed(_progress, progress);
        _log.Progressed(progress);
        _events!.OnProgress(progress);
        // The end is reported when the files are written.
        _progress = progress.State is RunState.Solved or RunState.Unsolved or RunState.Stopped
            ? progress with { State = _progress.State }
            : progress;
    }

    /// <inheritdoc/>
    public void OnRecord(LogRecord record)
    {
        Begin();
        _validationReturn = record.ValidationReturn ?? _validationReturn;
        _directory.Append(record);
        _events!.OnRecord(record);
        _metrics.Recorded(record);
        _log.Recorded(record);
    }

    /// <inheritdoc/>
    public void OnParameters(IPolicy policy, long steps, bool best)
    {
        Begin();
        using var span = RunSpans.StartPublication(steps, best);
        Parameters.Publish(policy, steps, best);
        _lastPolicy = policy;
        if (best)
        {
            TryWrite("best", () => _directory.SaveBest(policy, steps, _validationReturn));
        }
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">
    /// The run's log cannot be written, or as many checkpoints in a row could not be written as are kept: then the replay still has the mark
    /// of the last good one, and the run can go on from there when the disk has room again.
    /// </exception>
    public void OnCheckpoint(Checkpoint checkpoint)
    {
        Begin();
        var steps = checkpoint.State.Statistics.Steps;
        using var span = RunSpans.StartCheckpoint(steps);
        var logLength = _directory.FlushToDisk();
        try
        {
            _directory.SaveCheckpoint(checkpoint, _lastPolicy, logLength);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var problem = string.Create(CultureInfo.InvariantCulture, $"The checkpoint of step {steps} could not be written: {e.Message}");
            Tell(problem);
            var failure = new IOException(problem, e);
            _checkpoints.Failed(failure);
            if (++_failedCheckpoints >= RunSection.CheckpointsKept)
            {
                throw failure;
            }

            return;
        }

        if (_failedCheckpoints > 0)
        {
            Resolve(string.Create(CultureInfo.InvariantCulture, $"The checkpoint of step {steps} is written; earlier ones could not be."));
        }

        _failedCheckpoints = 0;
        Interlocked.Exchange(ref _checkpointSteps, steps);
        _progress = _progress.At(checkpoint.State);
        _directory.WriteState(RunState.Training, _progress, null);
        _checkpoints.Kept(steps);
        _log.CheckpointKept(steps);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _directory.Dispose();
        try
        {
            _events?.Dispose();
        }
        catch (IOException e)
        {
            _logger.LogDebug(e, "Run {RunId}: the last events were not written.", Id);
        }

        _cancel.Dispose();
    }

    /// <summary>Trains; after the loss of a service goes on from the newest checkpoint, or from the start.</summary>
    private async Task<RunState> TrainThroughLossesAsync(Func<Run, Checkpoint?, ITrainer> createTrainer)
    {
        Prepare(_isNew ? null : _directory.FindCheckpoint(Tell));
        while (true)
        {
            try
            {
                return await createTrainer(this, _from?.Checkpoint).TrainAsync(_cancel.Token).ConfigureAwait(false);
            }
            catch (ServiceCallException e) when (_from is not null && !_hasBegun && LacksMark(e))
            {
                if (_directory.FindCheckpoint(Tell, before: _from.Steps) is not { } older)
                {
                    throw;
                }

                Tell(string.Create(CultureInfo.InvariantCulture, $"The checkpoint of step {_from.Steps} was passed over for the one before it: {e.Message}"));
                Prepare(older);
            }
            catch (ServiceCallException e) when (e.IsLoss && !Control.IsStopRequested)
            {
                if (_patience.NextPause(_progress.Steps, _hasBegun) is not { } pause)
                {
                    throw new TimeoutException($"{e.Message} {_patience.Reason}", e);
                }

                if (_hasBegun)
                {
                    _lostService = e.Service;
                    var from = _directory.FindCheckpoint(Tell);
                    Tell(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{e.Message} The run continues from {Place(from)} when the service is back."));
                    Prepare(from);
                }

                await Task.Delay(pause, _cancel.Token).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The replay is there, but cannot become what it was at a checkpoint.</summary>
    private static bool LacksMark(ServiceCallException e) =>
        e.Service == ReplayService && e.StatusCode is StatusCode.NotFound or StatusCode.FailedPrecondition or StatusCode.DataLoss;

    private void Prepare(StoredCheckpoint? from)
    {
        _from = from;
        _hasBegun = false;
        _lastPolicy = null;
        var start = new TrainingProgress { Summary = _progress.Summary };
        _progress = from is null ? start : start.At(from.Checkpoint.State);
        Interlocked.Exchange(ref _checkpointSteps, from?.Steps ?? 0);
    }

    /// <summary>The trainer has found its place: from here on the folder follows it.</summary>
    private void Begin()
    {
        if (_hasBegun)
        {
            return;
        }

        if (!_isNew)
        {
            // A run that was stopped has its last step in its last checkpoint.
            var again = RunDirectory.ReadFile(DirectoryPath).State == RunState.Stopped && !_notice.IsOpen ? "" : " Later steps were lost and are done again.";
            _directory.GoBack(_from);
            var trouble = _lostService is { } lost ? $"{lost} was lost and is back. " : _notice.IsOpen ? $"{_notice.Text} " : "";
            Resolve($"{trouble}The run continues from {Place(_from)}.{again}");
            _lostService = null;
        }

        _events?.Dispose();
        _events = new TensorBoardObserver(_directory.Path, Settings, _isNew ? null : _from?.Steps ?? -1);
        _directory.WriteState(RunState.Training, _progress, null);
        _isNew = false;
        _hasBegun = true;
    }

    /// <summary>Publishes what an earlier process had published last.</summary>
    private void RestoreParameters()
    {
        if (_isNew)
        {
            return;
        }

        try
        {
            // The best come first in the list, the newest last.
            foreach (var policy in RecordedPolicy.ReadAll(DirectoryPath))
            {
                Parameters.Publish(policy.Architecture, policy.ReadParameters(DirectoryPath), policy.Steps, policy.Folder == RecordedPolicy.Best);
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            Tell($"Parameters of earlier steps cannot be read: {e.Message}");
        }
    }

    private void RequireControl(string what)
    {
        RequireNotEnded();
        if (IsTabular)
        {
            throw new RunControlException($"Run {Id} learns a table in seconds; only a run with a network {what}.");
        }
    }

    private void RequireNotEnded()
    {
        if (Ended.IsCompleted)
        {
            throw new RunControlException(EndedMessage);
        }
    }

    private string EndedMessage => Error.Length > 0 ? $"Run {Id} has failed: {Error}" : $"Run {Id} has ended.";

    private static string Place(StoredCheckpoint? from) =>
        from is null ? "its start" : string.Create(CultureInfo.InvariantCulture, $"the checkpoint of step {from.Steps:N0}");

    private void Tell(string notice)
    {
        _notice.Tell(notice);
        RunSpans.Note(notice);
        _logger.LogWarning("Run {RunId}: {Notice}", Id, notice);
    }

    private void Resolve(string notice)
    {
        _notice.Resolve(notice);
        _logger.LogInformation("Run {RunId}: {Notice}", Id, notice);
    }

    /// <summary>Writes parameters: a run goes on, or ends, without them where the disk takes none.</summary>
    private void TryWrite(string which, Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Tell($"The {which} parameters could not be written: {e.Message}");
        }
    }

    private RunState Finish(RunState state)
    {
        if (_lastPolicy is { } policy)
        {
            TryWrite("last", () => _directory.SaveLast(policy, _progress.Steps));
        }

        state = TryFinish(state, () =>
        {
            if (_hasBegun)
            {
                _directory.Flush();
                _directory.DrawCurve();
            }

            _events?.Dispose();
        });
        // A disk that is full may still have room for the line that says so.
        state = TryFinish(state, () => _directory.WriteState(state, _progress, Error.Length > 0 ? Error : null));
        return TryFinish(state, _directory.WriteReport);
    }

    /// <summary>Writes some of a run's last files: where the disk takes them not, the run has failed.</summary>
    private RunState TryFinish(RunState state, Action write)
    {
        try
        {
            write();
            return state;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or RunDirectoryException)
        {
            // What came first says more.
            Error = Error.Length > 0 ? Error : $"Run directory {DirectoryPath} cannot be written: {e.Message}";
            return RunState.Failed;
        }
    }
}
