using DqnAspire.Agents.Training;
using DqnAspire.Runs.Checkpoints;
using DqnAspire.Runs.Parameters;

namespace DqnAspire.Runs.Sessions;

/// <summary>
/// Follows a run: its files, its metrics, its log are observers. A session calls its observers one after the other, in
/// the order of their list, on the training thread; they must be quick. What an observer throws ends the run.
/// </summary>
public abstract class SessionObserver : IDisposable
{
    /// <summary>The session begins its work.</summary>
    /// <param name="session">The session.</param>
    /// <param name="isNew">Whether nothing of the run has been done before.</param>
    public virtual void OnStarted(RunSession session, bool isNew)
    {
    }

    /// <summary>An attempt has found its place in the run and begins to train.</summary>
    /// <param name="progress">Where it begins.</param>
    /// <param name="from">The checkpoint that it is resumed from; null: the run's start.</param>
    /// <param name="isNew">Whether nothing of the run has been done before.</param>
    public virtual void OnBegin(TrainingProgress progress, StoredCheckpoint? from, bool isNew)
    {
    }

    /// <summary>The run has advanced: called at state changes, at episode ends and several times a second.</summary>
    /// <param name="before">What was reported before.</param>
    /// <param name="now">Where the run stands.</param>
    public virtual void OnProgress(TrainingProgress before, TrainingProgress now)
    {
    }

    /// <summary>A line of the log: an episode or iteration with its numbers.</summary>
    public virtual void OnRecord(LogRecord record)
    {
    }

    /// <summary>A new set of parameters is published.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="best">Whether they have the best validation score so far.</param>
    public virtual void OnParameters(PublishedParameters parameters, bool best)
    {
    }

    /// <summary>A checkpoint is on disk.</summary>
    /// <param name="progress">Where the run stands at the checkpoint.</param>
    public virtual void OnCheckpoint(TrainingProgress progress)
    {
    }

    /// <summary>Something unusual has happened, or is over.</summary>
    /// <param name="text">One line.</param>
    /// <param name="isOver">Whether it is over.</param>
    public virtual void OnNotice(string text, bool isOver)
    {
    }

    /// <summary>Training has failed.</summary>
    /// <param name="reason">Why, with its stack, for a log.</param>
    public virtual void OnFailed(Exception reason)
    {
    }

    /// <summary>Training is over; what is written now may still make a failure of it.</summary>
    /// <param name="last">The newest parameters of the last attempt; null: it has published none.</param>
    public virtual void OnEnding(PublishedParameters? last)
    {
    }

    /// <summary>Training has ended.</summary>
    /// <param name="state">How: solved, unsolved, stopped or failed.</param>
    /// <param name="progress">Where the run stands.</param>
    /// <param name="error">Why it failed; empty when it did not.</param>
    public virtual void OnEnded(RunState state, TrainingProgress progress, string error)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes what the observer has opened.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
