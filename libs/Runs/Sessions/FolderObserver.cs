using DqnAspire.Agents.Training;
using DqnAspire.Runs.Checkpoints;
using DqnAspire.Runs.Folders;
using DqnAspire.Runs.Parameters;

namespace DqnAspire.Runs.Sessions;

/// <summary>
/// Keeps a run's folder. Checkpoints are the matter of <see cref="CheckpointKeeper"/>, as callers wait for them.
/// </summary>
/// <param name="folder">The folder.</param>
/// <param name="notify">
/// Gets a line on parameters that could not be written: the run continues, or ends, without them.
/// </param>
internal sealed class FolderObserver(RunWriter folder, Action<string> notify) : SessionObserver
{
    private bool _hasBegun;
    private double? _validationReturn;
    private long _checkpointSteps;

    /// <inheritdoc/>
    public override void OnBegin(TrainingProgress progress, StoredCheckpoint? from, bool isNew)
    {
        if (!isNew)
        {
            folder.Rollback(from, notify);
        }

        folder.WriteState(RunState.Training, progress, null);
        _checkpointSteps = from?.Steps ?? 0;
        _hasBegun = true;
    }

    /// <inheritdoc/>
    public override void OnRecord(LogRecord record)
    {
        _validationReturn = record.ValidationReturn ?? _validationReturn;
        folder.Append(record);
    }

    /// <inheritdoc/>
    public override void OnParameters(PublishedParameters parameters, bool best)
    {
        if (best)
        {
            TryWrite("best", () => folder.SaveBest(parameters, _validationReturn));
        }
    }

    /// <inheritdoc/>
    public override void OnCheckpoint(TrainingProgress progress)
    {
        folder.WriteState(RunState.Training, progress, null);
        _checkpointSteps = progress.Steps;
    }

    /// <inheritdoc/>
    public override void OnEnding(PublishedParameters? last)
    {
        if (last is not null && last.Steps >= _checkpointSteps)
        {
            TryWrite("last", () => folder.SaveLast(last));
        }

        if (_hasBegun)
        {
            folder.Flush();
            folder.DrawCurve();
        }
    }

    /// <inheritdoc/>
    public override void OnEnded(RunState state, TrainingProgress progress, string error)
    {
        // A disk that is full may still have room for the line that says so.
        folder.WriteState(state, progress, error.Length > 0 ? error : null);
        folder.WriteReport();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        folder.Dispose();
        base.Dispose(disposing);
    }

    private void TryWrite(string which, Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (RunDirectory.IsRefusal(e))
        {
            notify($"The {which} parameters could not be written: {e.Message}");
        }
    }
}
