using DqnAspire.Agents.Training;

namespace DqnAspire.Runs.Sessions;

/// <summary>The callers that asked for a checkpoint and wait for it. Any thread uses it.</summary>
/// <param name="control">Asks the run.</param>
internal sealed class CheckpointRequests(TrainingControl control)
{
    /// <summary>Guards the two fields below.</summary>
    private readonly Lock _lock = new();
    private TaskCompletionSource<long>? _next;
    private string? _closed;

    /// <summary>Asks for a checkpoint.</summary>
    /// <returns>Its steps, when it is on disk.</returns>
    /// <exception cref="RunControlException">The run has ended.</exception>
    /// <exception cref="IOException">It could not be written.</exception>
    public Task<long> AskAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_closed is { } reason)
            {
                throw new RunControlException(reason);
            }

            _next ??= new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            control.RequestCheckpoint();
            return _next.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Answers: a checkpoint is on disk.</summary>
    public void Complete(long steps) => Take()?.SetResult(steps);

    /// <summary>Answers: a checkpoint could not be written.</summary>
    public void Fail(IOException reason) => Take()?.SetException(reason);

    /// <summary>Answers: there will be no more checkpoints.</summary>
    public void Close(string reason)
    {
        lock (_lock)
        {
            _closed = reason;
        }

        Take()?.SetException(new RunControlException(reason));
    }

    private TaskCompletionSource<long>? Take()
    {
        lock (_lock)
        {
            var taken = _next;
            _next = null;
            return taken;
        }
    }
}
