namespace StackExchange.Redis;

/// <summary>A command whose reply is turned into a result.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
internal class Message<T> : Message
{
    private readonly ReplyReader<T> _read;
    private readonly TaskCompletionSource<T> _result;

    public Message(int database, in Request<T> request, CommandFlags flags, object? asyncState = null)
        : base(database, request.Command, request.Arguments, flags)
    {
        _read = request.Read;
        _result = new TaskCompletionSource<T>(asyncState, TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>The result, or why there is none.</summary>
    public Task<T> Result => _result.Task;

    public override bool IsDone => _result.Task.IsCompleted;

    public override bool WantsLease => typeof(T) == typeof(Lease<byte>);

    public override void Complete(in RespReply reply)
    {
        if (reply.IsError)
        {
            Fail(RedisErrors.ToException(reply.Text, Flags));
            return;
        }

        T result;
        try
        {
            result = _read(reply);
        }
        catch (Exception e)
        {
            Fail(new RedisConnectionException(ConnectionFailureType.ProtocolFailure, Flags, $"Unexpected response to {Command}: {reply.Type}", e, Status));
            return;
        }

        // Nobody waits for it any more: a lease goes back.
        if (!_result.TrySetResult(result) && result is IDisposable disposable)
        {
            disposable.Dispose();
        }
    }

    public override bool Fail(Exception exception)
    {
        if (!_result.TrySetException(exception))
        {
            return false;
        }

        // Marks the exception as seen: a command that nobody awaits is no unobserved error.
        _ = _result.Task.Exception;
        return true;
    }

    public override void Cancel() => _result.TrySetCanceled();
}
