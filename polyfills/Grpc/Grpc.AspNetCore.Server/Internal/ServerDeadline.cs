using Grpc.Net.Internal;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Watches the deadline of a call.</summary>
internal sealed class ServerDeadline : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Func<Task> _answer;
    private readonly CancellationToken _aborted;
    private readonly Timer _timer;
    private CancellationTokenSource? _cancellation;
    private CancellationTokenRegistration _abortedRegistration;
    private Task _answered = Task.CompletedTask;
    private bool _passed;

    /// <param name="timeout">Time until the deadline.</param>
    /// <param name="aborted">Cancelled when the client goes away.</param>
    /// <param name="answer">Answers the client when the deadline passes. It must not throw.</param>
    public ServerDeadline(TimeSpan timeout, CancellationToken aborted, Func<Task> answer)
    {
        UtcTime = DateTime.UtcNow + timeout;
        _answer = answer;
        _aborted = aborted;

        // The timer must not keep the call's execution context, with all that hangs on it, until the deadline.
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
        {
            _timer = new Timer(static deadline => ((ServerDeadline)deadline!).OnTimer(), this, Timeout.Infinite, Timeout.Infinite);
        }

        _timer.Change(GrpcProtocol.TimerDueTime(timeout), Timeout.Infinite);
    }

    public DateTime UtcTime { get; }

    /// <summary>Cancelled when the deadline passes or the client goes away.</summary>
    public CancellationToken CancellationToken
    {
        get
        {
            lock (_gate)
            {
                if (_cancellation is null)
                {
                    _cancellation = new CancellationTokenSource();
                    if (_passed)
                    {
                        _cancellation.Cancel();
                    }
                    else
                    {
                        _abortedRegistration = _aborted.UnsafeRegister(static cancellation => ((CancellationTokenSource)cancellation!).Cancel(), _cancellation);
                    }
                }

                return _cancellation.Token;
            }
        }
    }

    /// <summary>Stops watching, and waits for an answer being sent: after this nothing touches the HTTP request any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await _answered;
        await _abortedRegistration.DisposeAsync();
    }

    private void OnTimer()
    {
        var remaining = UtcTime - DateTime.UtcNow;
        if (remaining > TimeSpan.Zero)
        {
            _timer.Change(GrpcProtocol.TimerDueTime(remaining), Timeout.Infinite);
            return;
        }

        _answered = AnswerAsync();
    }

    private async Task AnswerAsync()
    {
        await _answer();
        CancellationTokenSource? cancellation;
        lock (_gate)
        {
            _passed = true;
            cancellation = _cancellation;
        }

        cancellation?.Cancel();
    }
}
