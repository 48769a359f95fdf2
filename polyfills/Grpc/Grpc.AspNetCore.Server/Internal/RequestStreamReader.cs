using Grpc.Core;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>The requests of a streaming call.</summary>
internal sealed class RequestStreamReader<T>(ServerCall call, Func<DeserializationContext, T> deserializer) : IAsyncStreamReader<T>
    where T : class
{
    private static readonly Task<bool> HasMessage = Task.FromResult(true);
    private static readonly Task<bool> EndOfStream = Task.FromResult(false);

    private volatile bool _completed;

    public T Current { get; private set; } = null!;

    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<bool>(cancellationToken);
        }

        if (_completed || call.HttpContext.RequestAborted.IsCancellationRequested)
        {
            return Task.FromException<bool>(new InvalidOperationException("Can't read messages after the request is complete."));
        }

        var read = call.Requests.ReadAsync(deserializer, cancellationToken);
        return read.IsCompletedSuccessfully ? (SetCurrent(read.Result) ? HasMessage : EndOfStream) : AwaitAsync(read);
    }

    /// <summary>Refuses further reads: the handler has returned.</summary>
    public void Complete() => _completed = true;

    private async Task<bool> AwaitAsync(ValueTask<T?> read) => SetCurrent(await read);

    private bool SetCurrent(T? message)
    {
        Current = message!;
        return message is not null;
    }
}
