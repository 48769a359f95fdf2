using DqnAspire.Agents.Evaluation;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Runs.Checkpoints;
using DqnAspire.Runs.Evaluation;
using DqnAspire.Runs.Parameters;
using DqnAspire.Runs.Records;

namespace DqnAspire.Runs.Sessions;

/// <summary>
/// Has a run's episodes filmed: at milestones beside its training, which does not wait, and at its end. A recording
/// that fails is a notice; the run goes on.
/// </summary>
/// <param name="recorder">Films.</param>
/// <param name="notify">Gets a line on a recording that failed, on the training thread.</param>
/// <param name="filmed">Told when the run's end has been filmed.</param>
/// <param name="stop">Ends what is being filmed.</param>
internal sealed class EpisodeFilming(
    IEpisodeRecorder recorder, Action<string> notify, Action filmed, CancellationToken stop) : SessionObserver
{
    private readonly CancellationTokenSource _cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
    private RunSession? _session;
    private Task _filming = Task.CompletedTask;
    private long _milestone;

    private RunSection Settings => _session!.Settings.Run;

    /// <inheritdoc/>
    public override void OnStarted(RunSession session, bool isNew) => _session = session;

    /// <inheritdoc/>
    public override void OnBegin(TrainingProgress progress, StoredCheckpoint? from, bool isNew) =>
        _milestone = After(from?.Steps ?? 0);

    /// <summary>
    /// Films the first parameters from a milestone on; where the last milestone is still being filmed, later ones.
    /// </summary>
    public override void OnParameters(PublishedParameters parameters, bool best)
    {
        if (Settings is not { RecordEvery: > 0, RecordBestOf: > 0 } || parameters.Steps < _milestone
            || !_filming.IsCompleted)
        {
            return;
        }

        ReportFailure();
        _milestone = After(parameters.Steps);
        var session = _session!;
        _filming = Task.Run(
            () => recorder.RecordAsync(session, parameters, Protocol(Settings.RecordBestOf), _cancel.Token),
            CancellationToken.None);
    }

    /// <summary>
    /// Waits for the milestone that is being filmed, and films the newest parameters. A run that was stopped, or has
    /// failed, films nothing more.
    /// </summary>
    /// <param name="state">How training ended.</param>
    /// <param name="evaluation">
    /// The evaluation after training, whose best episode is filmed; null: there is none.
    /// </param>
    public async Task EndAsync(RunState state, RecordedEvaluation? evaluation)
    {
        var films = state is RunState.Solved or RunState.Unsolved && !_session!.Control.IsStopRequested;
        if (!films)
        {
            await _cancel.CancelAsync().ConfigureAwait(false);
        }

        await _filming.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ReportFailure();
        if (!films || Settings.RecordBestOf == 0 || _session!.Parameters.Latest is not { } parameters)
        {
            return;
        }

        // Cut off, another one may be the best.
        var limit = Settings.RecordMaxSteps;
        var protocol = evaluation?.Best is { } best && (limit == 0 || best.Length <= limit)
            ? Protocol(episodes: 1) with { Seed = best.Seed }
            : Protocol(Settings.RecordBestOf);
        try
        {
            if (await recorder.RecordAsync(_session, parameters, protocol, _cancel.Token)
                .ConfigureAwait(false) is not null)
            {
                filmed();
            }
        }
        catch (OperationCanceledException) when (_cancel.IsCancellationRequested)
        {
            notify("The recording was stopped before its end.");
        }
        catch (Exception e)
        {
            // The run has ended as it has; only its recording is missing.
            notify(Failure(e));
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _cancel.Dispose();
        base.Dispose(disposing);
    }

    private static string Failure(Exception reason) => $"An episode could not be recorded: {reason.Message}";

    private long After(long steps) => Settings.RecordEvery is > 0 and var every ? ((steps / every) + 1) * every : 0;

    private EvaluationProtocol Protocol(int episodes) => EvaluationProtocol.AfterTraining(Settings) with
    {
        Episodes = episodes,
        MaxSteps = Settings.RecordMaxSteps,
    };

    private void ReportFailure()
    {
        if (_filming is { IsFaulted: true, Exception: { } reason })
        {
            notify(Failure(reason.InnerException!));
        }

        _filming = Task.CompletedTask;
    }
}
