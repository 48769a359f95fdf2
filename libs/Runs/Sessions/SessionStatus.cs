using DqnAspire.Agents.Training;
using DqnAspire.Core;
using DqnAspire.Runs.Folders;
using DqnAspire.Runs.Parameters;

namespace DqnAspire.Runs.Sessions;

/// <summary>Where a session stands, and who is notified of it. The training thread writes, any thread reads.</summary>
/// <param name="clock">Tells the time.</param>
internal sealed class SessionStatus(TimeProvider clock)
{
    private readonly Notice _notice = new(clock);
    private volatile TrainingProgress _progress = new();
    private volatile string _error = "";
    private long _checkpointSteps;
    private TaskCompletionSource _stateChanged = NewSignal();

    /// <summary>The session's observers, in the order in which they are called.</summary>
    public IReadOnlyList<SessionObserver> Observers { get; set; } = [];

    /// <summary>Where the run stands.</summary>
    public TrainingProgress Progress
    {
        get => _progress;
        set
        {
            var isNewState = _progress.State != value.State;
            _progress = value;
            if (isNewState)
            {
                Interlocked.Exchange(ref _stateChanged, NewSignal()).SetResult();
            }
        }
    }

    /// <summary>Completes when the state of <see cref="Progress"/> next changes.</summary>
    public Task StateChanged => Volatile.Read(ref _stateChanged).Task;

    /// <summary>Why the run failed, one line; empty when it did not.</summary>
    public string Error
    {
        get => _error;
        set => _error = value;
    }

    /// <summary>Steps of the newest checkpoint; 0: none yet.</summary>
    public long CheckpointSteps
    {
        get => Interlocked.Read(ref _checkpointSteps);
        set => Interlocked.Exchange(ref _checkpointSteps, value);
    }

    /// <summary>What is unusual about the run now, one line; empty when all is well.</summary>
    public string NoticeText => _notice.Text;

    /// <summary>Whether the newest trouble is not over.</summary>
    public bool IsInTrouble => _notice.IsOpen;

    /// <summary>Calls every observer.</summary>
    public void ForEach(Action<SessionObserver> call)
    {
        foreach (var observer in Observers)
        {
            call(observer);
        }
    }

    /// <summary>Records why the run failed. It does not throw.</summary>
    public void Fail(Exception reason)
    {
        Error = OneLine.Of(reason);
        foreach (var observer in Observers)
        {
            try
            {
                observer.OnFailed(reason);
            }
            catch (Exception e)
            {
                // The reason is recorded; an observer that cannot take it changes nothing.
                TryNotify(OneLine.Of(e));
            }
        }
    }

    /// <summary>Shows a trouble; where an observer cannot take it, the others and the terminal still do.</summary>
    public void TryNotify(string text)
    {
        try
        {
            Notify(text);
        }
        catch (Exception e)
        {
            _notice.Notify($"{text} ({OneLine.Of(e)})");
        }
    }

    /// <summary>Shows a trouble.</summary>
    public void Notify(string text)
    {
        _notice.Notify(text);
        SessionSpans.Note(text);
        ForEach(observer => observer.OnNotice(text, isOver: false));
    }

    /// <summary>Shows how the trouble ended.</summary>
    public void Resolve(string text)
    {
        _notice.Resolve(text);
        ForEach(observer => observer.OnNotice(text, isOver: true));
    }

    /// <summary>
    /// Has the observers write what they write at the end. Each does, whatever becomes of the others; where one cannot,
    /// the run has failed. It does not throw.
    /// </summary>
    /// <param name="state">How the run ended.</param>
    /// <param name="last">The newest parameters; null: none were published.</param>
    /// <param name="folder">Path of the run's folder.</param>
    /// <returns>How the run has ended.</returns>
    public RunState WriteEnd(RunState state, PublishedParameters? last, string folder)
    {
        foreach (var observer in Observers)
        {
            TryWrite(() => observer.OnEnding(last));
        }

        foreach (var observer in Observers)
        {
            TryWrite(() => observer.OnEnded(state, Progress, Error));
        }

        return state;

        void TryWrite(Action write)
        {
            try
            {
                write();
            }
            catch (Exception e)
            {
                state = RunState.Failed;
                var isOfDisk = RunDirectory.IsRefusal(e) || e is RunDirectoryException;
                // What came first says more.
                Error = Error.Length > 0 ? Error
                    : isOfDisk ? RunDirectory.CannotWrite(folder, e).Message
                    : OneLine.Of(e);
            }
        }
    }

    /// <summary>Disposes every observer, whatever becomes of the others. It does not throw.</summary>
    public void DisposeObservers()
    {
        foreach (var observer in Observers)
        {
            try
            {
                observer.Dispose();
            }
            catch (Exception e)
            {
                TryNotify(OneLine.Of(e));
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
