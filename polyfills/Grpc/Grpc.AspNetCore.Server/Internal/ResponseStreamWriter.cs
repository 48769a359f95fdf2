using Grpc.Core;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>The responses of a streaming call.</summary>
internal sealed class ResponseStreamWriter<T>(ServerCall call, Action<T, SerializationContext> serializer) : IServerStreamWriter<T>
    where T : class
{
    private readonly Lock _gate = new();
    private Task? _write;

    public WriteOptions? WriteOptions
    {
        get => call.WriteOptions;
        set => call.WriteOptions = value;
    }

    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    public Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (cancellationToken.IsCancellationRequested)
        {
            call.Reset();
            return Task.FromCanceled(cancellationToken);
        }

        lock (_gate)
        {
            return _write is { IsCompleted: false }
                ? Task.FromException(new InvalidOperationException("Can't write the message because the previous write is in progress."))
                : _write = WriteCoreAsync(message, cancellationToken);
        }
    }

    private async Task WriteCoreAsync(T message, CancellationToken cancellationToken)
    {
        call.Write(message, serializer);
        if (call.WriteOptions is { } options && options.Flags.HasFlag(WriteFlags.BufferHint))
        {
            return;
        }

        // Cancelling a write in progress leaves half a message behind, so that the whole call has to end.
        using var registration = cancellationToken.UnsafeRegister(static call => ((ServerCall)call!).Reset(), call);
        var flushed = await call.HttpContext.Response.BodyWriter.FlushAsync(cancellationToken);
        if (!flushed.IsCompleted && call.CancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("Request aborted while sending the message.", call.CancellationToken);
        }
    }
}
