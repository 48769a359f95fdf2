using DqnAspire.Runs.Sessions;

namespace DqnAspire.Cli.Training;

/// <summary>Stops a run some time after it was started, with a checkpoint.</summary>
/// <param name="limit">Wall time from its start.</param>
internal sealed class TimeLimit(TimeSpan limit) : SessionObserver
{
    private Timer? _timer;

    /// <inheritdoc/>
    public override void OnStarted(RunSession session, bool isNew) =>
        _timer = new Timer(_ => session.RequestStop(), null, limit, Timeout.InfiniteTimeSpan);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _timer?.Dispose();
        base.Dispose(disposing);
    }
}
