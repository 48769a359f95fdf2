using Grpc.Core;

namespace Grpc.Net.Client.Internal;

/// <summary>The responses of a streaming call.</summary>
internal sealed class ClientStreamReader<TRequest, TResponse>(GrpcCall<TRequest, TResponse> call) : IAsyncStreamReader<TResponse>
    where TRequest : class
    where TResponse : class
{
    private static readonly Task<bool> EndOfStream = Task.FromResult(false);

    private readonly Lock _gate = new();
    private ResponseReader? _reader;
    private Task<bool>? _read;

    public TResponse Current { get; private set; } = null!;

    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        call.ThrowIfDisposed();
        if (call.FinalStatus is { } status)
        {
            return status.StatusCode == StatusCode.OK ? EndOfStream : Task.FromException<bool>(call.CreateException());
        }

        lock (_gate)
        {
            return _read is { IsCompleted: false }
                ? Task.FromException<bool>(new InvalidOperationException("Can't read the next message because the previous read is still in progress."))
                : _read = ReadAsync(cancellationToken);
        }
    }

    private async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        Current = null!;
        using var registration = call.CancelOn(cancellationToken);
        try
        {
            _reader ??= await call.OpenResponseAsync().ConfigureAwait(false);
            if (_reader is null)
            {
                return call.GetStatus().StatusCode == StatusCode.OK ? false : throw call.CreateException();
            }

            var message = await _reader.ReadAsync(call.Method.ResponseMarshaller.ContextualDeserializer, call.CancellationToken).ConfigureAwait(false);
            if (message is not null)
            {
                Current = message;
                return true;
            }

            _reader.Dispose();
            var status = await call.CompleteAsync().ConfigureAwait(false);
            return status.StatusCode == StatusCode.OK ? false : throw call.CreateException();
        }
        catch (Exception exception)
        {
            _reader?.Dispose();
            throw call.Fail("Error reading next message.", exception);
        }
    }
}
