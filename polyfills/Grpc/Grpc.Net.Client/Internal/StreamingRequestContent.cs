namespace Grpc.Net.Client.Internal;

/// <summary>A request body that hands its stream to a writer and ends when the writer is done.</summary>
internal sealed class StreamingRequestContent : RequestContent
{
    // Without this, the continuation of the first write would run inside the handler's sending of headers.
    private readonly TaskCompletionSource<Stream> _stream = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The stream to write to; cancelled when the call ends before its headers are sent.</summary>
    public Task<Stream> Stream => _stream.Task;

    /// <summary>Ends the body.</summary>
    public void Complete() => _completed.TrySetResult();

    /// <summary>Ends the body because the call has ended.</summary>
    public void Cancel()
    {
        _stream.TrySetCanceled();
        _completed.TrySetCanceled();
    }

    protected override async Task WriteAsync(Stream stream)
    {
        // The server may answer before the first message: it has to see the headers now.
        await stream.FlushAsync().ConfigureAwait(false);
        _stream.TrySetResult(stream);
        await _completed.Task.ConfigureAwait(false);
    }
}
