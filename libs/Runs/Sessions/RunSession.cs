using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Core;
using DqnAspire.Runs.Evaluation;
using DqnAspire.Runs.Folders;
using DqnAspire.Runs.Parameters;
using DqnAspire.Runs.Records;
using DqnAspire.Runs.TensorBoard;

namespace DqnAspire.Runs.Sessions;

/// <summary>
/// One run in this process, from its start or its newest checkpoint to its end: training through the loss of services,
/// its folder, its parameters, and the evaluation after training. <see cref="TrainAsync"/> does the work; every other
/// member can be used from any thread meanwhile.
/// </summary>
public sealed class RunSession : IDisposable
{
    private readonly RunWriter _folder;
    private readonly bool _isNew;
    private readonly SessionContext _context;
    private readonly SessionStatus _status;
    private readonly CheckpointRequests _requests;
    private readonly Recovery _recovery;
    private readonly FinalEvaluation? _evaluation;
    private readonly EpisodeFilming? _filming;
    private readonly CancellationTokenSource _cancel = new();
    private bool _isClosed;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Prepares a session.</summary>
    /// <param name="settings">Everything that the run is made of.</param>
    /// <param name="folder">Its folder; the session closes it.</param>
    /// <param name="isNew">Whether nothing of the run has been done yet.</param>
    /// <param name="context">What it works with.</param>
    public RunSession(TrainingSettings settings, RunWriter folder, bool isNew, SessionContext context)
    {
        (Settings, _folder, _isNew, _context) = (settings, folder, isNew, context);
        var options = context.Options;
        _status = new SessionStatus(options.Clock);
        _requests = new CheckpointRequests(Control);
        _filming = context.Recorder is { } recorder
            ? new EpisodeFilming(recorder, _status.Notify, folder.WriteReport, _cancel.Token)
            : null;
        _status.Observers =
        [
            new FolderObserver(folder, _status.Notify),
            new TensorBoardObserver(folder.Path, settings),
            new ParameterPublisher(Parameters),
            .. _filming is null ? [] : (SessionObserver[])[_filming],
            .. context.CreateObservers(this),
        ];
        var peers = new AwaitedPeers(context, _status);
        _recovery = new Recovery(
            _status,
            folder,
            Control,
            _requests,
            new ServicePatience(options.ServicePatience, options.Clock),
            (observer, from, cancellationToken) => TrainingLoop.TrainAsync(
                settings,
                new TrainingContext(Id, peers, peers, observer)
                {
                    Backend = context.Backend,
                    Control = Control,
                    ResumeFrom = from,
                },
                cancellationToken));
        _evaluation = context.Evaluator is { } evaluator && settings.Run.FinalEvaluationEpisodes > 0
            ? new FinalEvaluation(evaluator, options.ServicePatience, options.Clock)
            : null;
    }

    /// <summary>Name of the run.</summary>
    public string Id => _folder.RunId;

    /// <summary>Absolute path of the run's folder.</summary>
    public string Folder => _folder.Path;

    /// <summary>Everything that the run is made of.</summary>
    public TrainingSettings Settings { get; }

    /// <summary>How others reach into training.</summary>
    public TrainingControl Control { get; } = new();

    /// <summary>Where the run stands.</summary>
    public TrainingProgress Progress => _status.Progress;

    /// <summary>Completes when the state of <see cref="Progress"/> next changes.</summary>
    public Task StateChanged => _status.StateChanged;

    /// <summary>Why the run failed, one line; empty when it did not.</summary>
    public string Error => _status.Error;

    /// <summary>What is unusual about the run now, one line; empty when all is well.</summary>
    public string Notice => _status.NoticeText;

    /// <summary>
    /// Whether the run was stopped because the process ends; it is resumed when the process is started again.
    /// </summary>
    public bool StopsWithProcess { get; private set; }

    /// <summary>Steps of the newest checkpoint; 0: none yet.</summary>
    public long CheckpointSteps => _status.CheckpointSteps;

    /// <summary>The run's parameters.</summary>
    public ParameterStore Parameters { get; } = new();

    /// <summary>How far the evaluation after training is; null before it begins, and where there is none.</summary>
    public EvaluationProgress? EvaluationProgress => _evaluation?.Progress;

    /// <summary>The evaluation after training; null while there is none.</summary>
    public RecordedEvaluation? Evaluation { get; private set; }

    /// <summary>Completes, without an error, when the run has ended and its files are written.</summary>
    public Task Ended => _ended.Task;

    private string EndedMessage => Error.Length > 0 ? $"Run {Id} has failed: {Error}" : $"Run {Id} has ended.";

    /// <summary>Begins a new run.</summary>
    /// <param name="settings">Everything that it is made of.</param>
    /// <param name="folder">Its own folder: absent, or empty.</param>
    /// <param name="runId">Its name; its experience table is named after it.</param>
    /// <param name="context">What it works with.</param>
    /// <exception cref="RunDirectoryException">The folder cannot be used.</exception>
    public static RunSession Create(TrainingSettings settings, string folder, string runId, SessionContext context) =>
        new(settings, RunWriter.Create(folder, runId, settings), isNew: true, context);

    /// <summary>Begins a new run in a new folder below another one.</summary>
    /// <param name="settings">Everything that it is made of.</param>
    /// <param name="runsFolder">The folder of runs.</param>
    /// <param name="context">What it works with.</param>
    /// <exception cref="RunDirectoryException">The folder cannot be used.</exception>
    public static RunSession CreateIn(string runsFolder, TrainingSettings settings, SessionContext context)
    {
        var runId = RunDirectory.NewRunId(settings, taken => Directory.Exists(Path.Combine(runsFolder, taken)));
        return Create(settings, Path.Combine(runsFolder, runId), runId, context);
    }

    /// <summary>Resumes an earlier run from its newest checkpoint.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="changes">"Section:Key" to value, as <see cref="RecordedSettings.Resolve"/> allows.</param>
    /// <param name="context">What it works with.</param>
    /// <exception cref="UnknownPresetException">This version has no such preset.</exception>
    /// <exception cref="SettingException">A setting is unknown, out of range, or cannot be changed now.</exception>
    /// <exception cref="RunDirectoryException">The folder is no run's, or cannot be used.</exception>
    /// <exception cref="RunControlException">The run has ended solved or unsolved.</exception>
    public static RunSession Open(
        string folder, IEnumerable<KeyValuePair<string, string>> changes, SessionContext context)
    {
        var file = RunDirectory.ReadFile(folder);
        file.RequireResumable();
        var settings = RecordedSettings.Resolve(file, changes, context.Catalog);
        return new RunSession(settings, RunWriter.Open(folder, settings), isNew: false, context);
    }

    /// <summary>Asks the run to stop after its current step, with a checkpoint; an evaluation ends at once.</summary>
    /// <param name="withProcess">Whether the process itself ends.</param>
    public void RequestStop(bool withProcess = false)
    {
        if (Ended.IsCompleted)
        {
            return;
        }

        StopsWithProcess |= withProcess;
        Control.RequestStop();
        if (Progress.State is RunState.Starting or RunState.Evaluating || Progress.Steps == 0)
        {
            // Everything worth keeping is on disk.
            _cancel.Cancel();
        }
        else
        {
            _cancel.CancelAfter(_context.Options.StopGrace);
        }
    }

    /// <summary>Makes the run wait before its next step.</summary>
    /// <exception cref="RunControlException">The run has ended.</exception>
    public void Pause()
    {
        RequireNotEnded();
        Control.Pause();
    }

    /// <summary>Makes a checkpoint after the current step.</summary>
    /// <returns>Its steps, when it is on disk.</returns>
    /// <exception cref="RunControlException">The run has ended or waits.</exception>
    /// <exception cref="IOException">It could not be written.</exception>
    public Task<long> CheckpointAsync(CancellationToken cancellationToken)
    {
        RequireNotEnded();
        return Control.IsPaused
            ? throw new RunControlException($"Run {Id} waits; it makes a checkpoint with its next step, after Resume.")
            : _requests.AskAsync(cancellationToken);
    }

    /// <summary>Changes settings from the next step on.</summary>
    /// <param name="changes">"Section:Key" to value, at least one; settings that may change while a run trains.</param>
    /// <exception cref="SettingException">
    /// A setting is unknown, out of range, or cannot be changed now. Nothing is changed.
    /// </exception>
    /// <exception cref="RunControlException">The run has ended.</exception>
    public void Change(IReadOnlyDictionary<string, string> changes)
    {
        RequireNotEnded();
        var changed = SettingsEditor.Copy(Settings);
        SettingsEditor.Apply(changed, changes);
        var changeable = SettingsEditor.List(changed).Where(s => s.Changeable == SettingChange.WhileTraining).ToList();
        var names = string.Join(", ", changeable.Select(s => s.Name));
        var asked = changes.Keys.ToDictionary(
            name => name,
            name => changeable.Find(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));
        if (asked.FirstOrDefault(a => a.Value is null).Key is { } fixedName)
        {
            throw new SettingException(
                $"'{fixedName}' cannot be changed while the run trains. "
                + $"These can: {(names.Length > 0 ? names : "none")}.");
        }

        foreach (var setting in asked.Values)
        {
            Control.Change(setting!.Name, setting.Value);
        }
    }

    /// <summary>
    /// Trains to the end, whichever it is, writes the run's files, and evaluates and films what was learnt. It does not
    /// throw, and <see cref="Ended"/> always completes.
    /// </summary>
    public async Task TrainAsync()
    {
        using var span = SessionSpans.StartRun(Id, Settings);
        try
        {
            var state = _status.WriteEnd(
                await TrainToEndAsync().ConfigureAwait(false), _recovery.Current?.Published, Folder);
            CloseToOthers();
            SessionSpans.EndRun(span, state, Progress.Steps, Error);
            await EvaluateWhereDueAsync(state).ConfigureAwait(false);
            if (_filming is not null)
            {
                await _filming.EndAsync(state, Evaluation).ConfigureAwait(false);
            }

            End(state);
        }
        catch (Exception e)
        {
            EndUnexpectedly(e);
        }
        finally
        {
            CloseFolder();
            _ended.TrySetResult();
        }
    }

    /// <summary>
    /// Shows a run that ended earlier: how it ended, and its parameters. An evaluation that it still lacks is made up
    /// for.
    /// </summary>
    /// <param name="file">What its folder says.</param>
    public async Task ShowEndedAsync(RunFile file)
    {
        try
        {
            Evaluation = RecordedEvaluation.TryRead(Folder, _status.Notify);
            _status.Error = file.Error ?? "";
            var isEvaluationDue = IsEvaluationDue(file.State);
            if (isEvaluationDue)
            {
                _evaluation!.Begin(Settings.Run);
            }

            _status.Progress = file.ToProgress() with { State = isEvaluationDue ? RunState.Evaluating : file.State };
            Parameters.PublishRecorded(Folder, _status.Notify);
            CloseToOthers();
            await EvaluateWhereDueAsync(file.State).ConfigureAwait(false);
            End(file.State);
        }
        catch (Exception e)
        {
            EndUnexpectedly(e);
        }
        finally
        {
            CloseFolder();
            _ended.TrySetResult();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CloseFolder();
        _cancel.Dispose();
    }

    /// <summary>Closes the run's files, and leaves its folder to others.</summary>
    private void CloseFolder()
    {
        if (!Interlocked.Exchange(ref _isClosed, true))
        {
            _status.DisposeObservers();
        }
    }

    /// <summary>Trains to the end, whichever it is. Whatever goes wrong ends the run, not the process.</summary>
    private async Task<RunState> TrainToEndAsync()
    {
        try
        {
            _status.ForEach(observer => observer.OnStarted(this, _isNew));
            if (!_isNew)
            {
                Parameters.PublishRecorded(Folder, _status.Notify);
            }

            return await _recovery.TrainAsync(_isNew, _cancel.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_cancel.IsCancellationRequested)
        {
            return RunState.Stopped;
        }
        catch (Exception e) when (Control.IsStopRequested && e is PeerException or MissingMarkException)
        {
            _status.Notify($"The run was stopped without a last checkpoint: {e.Message}");
            return RunState.Stopped;
        }
        catch (Exception e)
        {
            _status.Fail(e);
            return RunState.Failed;
        }
    }

    /// <summary>Nothing more is published, and nobody waits for a checkpoint any longer.</summary>
    private void CloseToOthers()
    {
        Parameters.Complete();
        _requests.Close(EndedMessage);
    }

    /// <summary>Evaluates where that is due.</summary>
    private async Task EvaluateWhereDueAsync(RunState state)
    {
        if (IsEvaluationDue(state))
        {
            _evaluation!.Begin(Settings.Run);
            _status.Progress = Progress with { State = RunState.Evaluating };
            await EvaluateAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Only now do others see the final state: with the folder closed, the run can be resumed.</summary>
    private void End(RunState state)
    {
        CloseFolder();
        _status.Progress = Progress with { State = state };
    }

    /// <summary>What no other place has expected, after training: the run has failed, and says why.</summary>
    private void EndUnexpectedly(Exception reason)
    {
        _status.Error = Error.Length > 0 ? Error : OneLine.Of(reason);
        _status.TryNotify(Error);
        CloseToOthers();
        _status.Progress = Progress with { State = RunState.Failed };
    }

    private bool IsEvaluationDue(RunState state) =>
        _evaluation is not null && Evaluation is null && state is RunState.Solved or RunState.Unsolved
            && !Control.IsStopRequested;

    private async Task EvaluateAsync()
    {
        try
        {
            Evaluation = await _evaluation!.PlayAsync(this, _status.Notify, _cancel.Token).ConfigureAwait(false);
            _folder.WriteEvaluation(Evaluation);
            if (_status.IsInTrouble)
            {
                _status.Resolve("The evaluation is complete.");
            }
        }
        catch (OperationCanceledException) when (_cancel.IsCancellationRequested)
        {
            _status.Notify("The evaluation was stopped before its end.");
        }
        catch (Exception e)
        {
            // The run has ended as it has; only its evaluation is missing.
            _status.Notify($"The run could not be evaluated: {OneLine.Of(e)}");
        }
    }

    private void RequireNotEnded()
    {
        if (Ended.IsCompleted || Progress.State == RunState.Evaluating)
        {
            throw new RunControlException(EndedMessage);
        }
    }
}
