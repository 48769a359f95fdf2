using Grpc.Core;

namespace Grpc.Net.Client.Internal;

/// <summary>The requests of a streaming call.</summary>
internal sealed class ClientStreamWriter<TRequest, TResponse>(GrpcCall<TRequest, TResponse> call, StreamingRequestContent content)
    : IClientStreamWriter<TRequest>
    where TRequest : class
    where TResponse : class
{
    private readonly Lock _gate = new();
    private readonly RequestWriter<TRequest> _writer = new(call.Method.RequestMarshaller, call.Channel, call.RequestCompression);
    private Task? _write;
    private bool _completed;

    public WriteOptions? WriteOptions { get; set; } = call.Options.WriteOptions;

    public Task WriteAsync(TRequest message) => WriteAsync(message, CancellationToken.None);

    public Task WriteAsync(TRequest message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        call.ThrowIfDisposed();
        lock (_gate)
        {
            if (_completed)
            {
                return Task.FromException(new InvalidOperationException("Request stream has already been completed."));
            }

            if (call.FinalStatus is not null)
            {
                return Task.FromException(CreateEndedException());
            }

            if (_write is { IsCompleted: false })
            {
                return Task.FromException(new InvalidOperationException("Can't write the message because the previous write is in progress."));
            }

            return _write = WriteCoreAsync(message, cancellationToken);
        }
    }

    public Task CompleteAsync()
    {
        call.ThrowIfDisposed();
        lock (_gate)
        {
            if (_write is { IsCompleted: false })
            {
                return Task.FromException(
                    new InvalidOperationException("Can't complete the client stream writer because the previous write is in progress."));
            }

            _completed = true;
            _writer.Dispose();
        }

        content.Complete();
        return Task.CompletedTask;
    }

    private async Task WriteCoreAsync(TRequest message, CancellationToken cancellationToken)
    {
        using var registration = call.CancelOn(cancellationToken);

        // A message that cannot be serialized is the caller's to handle: nothing has been sent, and the call goes on.
        var bytes = _writer.Serialize(message, WriteOptions);
        try
        {
            var stream = await content.Stream.ConfigureAwait(false);
            await stream.WriteAsync(bytes, call.CancellationToken).ConfigureAwait(false);
            await stream.FlushAsync(call.CancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (call.FinalStatus is not null)
        {
            throw CreateEndedException();
        }
        catch (Exception exception)
        {
            // The handler stopped the request, perhaps because the server has answered already. The call's status is in the response,
            // which this failure must not hide.
            throw new RpcException(exception is OperationCanceledException
                ? new Status(StatusCode.Cancelled, "The server takes no more messages.", exception)
                : CallStatus.FromException("Error writing request message.", exception));
        }
    }

    /// <summary>A call that ended well takes no more messages either; the real status is the reader's to see.</summary>
    private Exception CreateEndedException() => call.GetStatus().StatusCode == StatusCode.OK
        ? new RpcException(new Status(StatusCode.OK, string.Empty))
        : call.CreateException();
}
