using Grpc.Core;
using Grpc.Net.Internal;

namespace Grpc.Net.Client.Internal;

/// <summary>One call with its message types: starts each of the four kinds.</summary>
internal sealed class GrpcCall<TRequest, TResponse>(GrpcChannel channel, Method<TRequest, TResponse> method, CallOptions options)
    : GrpcCall(channel, method, options)
    where TRequest : class
    where TResponse : class
{
    private StreamingRequestContent? _stream;

    public Method<TRequest, TResponse> Method { get; } = method;

    public Task<TResponse> StartUnary(TRequest request)
    {
        Start(new UnaryRequestContent<TRequest, TResponse>(this, request), singleResponse: true);
        return Observe(ReceiveSingleAsync());
    }

    public IAsyncStreamReader<TResponse> StartServerStreaming(TRequest request)
    {
        Start(new UnaryRequestContent<TRequest, TResponse>(this, request), singleResponse: false);
        return new ClientStreamReader<TRequest, TResponse>(this);
    }

    public (IClientStreamWriter<TRequest> Writer, Task<TResponse> Response) StartClientStreaming()
    {
        var writer = StartStream(singleResponse: true);
        return (writer, Observe(ReceiveSingleAsync()));
    }

    public (IClientStreamWriter<TRequest> Writer, IAsyncStreamReader<TResponse> Reader) StartDuplexStreaming() =>
        (StartStream(singleResponse: false), new ClientStreamReader<TRequest, TResponse>(this));

    /// <summary>Waits for the response headers and opens the stream of messages behind them; null when the headers ended the call.</summary>
    public async ValueTask<ResponseReader?> OpenResponseAsync()
    {
        var response = await ResponseTask.ConfigureAwait(false);
        if (FinalStatus is not null)
        {
            return null;
        }

        var stream = await response.Content.ReadAsStreamAsync(CancellationToken).ConfigureAwait(false);
        return new ResponseReader(stream, Channel.Compression, CallStatus.GetFirst(response.Headers, GrpcProtocol.EncodingHeader), Channel.MaxReceiveMessageSize);
    }

    /// <summary>Ends the call with the status behind the last message.</summary>
    public async ValueTask<Status> CompleteAsync() => Complete(CallStatus.FromTrailers(await ResponseTask.ConfigureAwait(false)));

    protected override void StopRequest() => _stream?.Cancel();

    private ClientStreamWriter<TRequest, TResponse> StartStream(bool singleResponse)
    {
        _stream = new StreamingRequestContent();
        Start(_stream, singleResponse);
        return new ClientStreamWriter<TRequest, TResponse>(this, _stream);
    }

    private async Task<TResponse> ReceiveSingleAsync()
    {
        try
        {
            using var reader = await OpenResponseAsync().ConfigureAwait(false) ?? throw CreateException();
            var message = await reader.ReadAsync(Method.ResponseMarshaller.ContextualDeserializer, CancellationToken).ConfigureAwait(false);
            if (message is not null)
            {
                // The trailers are behind the end of the body.
                await reader.ReadEndAsync(CancellationToken).ConfigureAwait(false);
            }

            var status = CallStatus.FromTrailers(await ResponseTask.ConfigureAwait(false));
            if (message is null && status.StatusCode == StatusCode.OK)
            {
                status = new Status(StatusCode.Internal, "Failed to deserialize response message.");
            }

            return Complete(status).StatusCode == StatusCode.OK ? message! : throw CreateException();
        }
        catch (Exception exception)
        {
            throw Fail("Error reading response message.", exception);
        }
    }
}
