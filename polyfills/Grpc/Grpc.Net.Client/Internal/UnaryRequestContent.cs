namespace Grpc.Net.Client.Internal;

/// <summary>A request body with one message.</summary>
internal sealed class UnaryRequestContent<TRequest, TResponse>(GrpcCall<TRequest, TResponse> call, TRequest request) : RequestContent
    where TRequest : class
    where TResponse : class
{
    protected override async Task WriteAsync(Stream stream)
    {
        using var writer = new RequestWriter<TRequest>(call.Method.RequestMarshaller, call.Channel, call.RequestCompression);
        ReadOnlyMemory<byte> bytes;
        try
        {
            bytes = writer.Serialize(request, call.Options.WriteOptions);
        }
        catch (Exception exception)
        {
            // The handler would only report a failed copy; the call has to end with the cause, such as a message over the limit.
            call.FailRequest(exception);
            throw;
        }

        await stream.WriteAsync(bytes, call.CancellationToken).ConfigureAwait(false);
    }
}
