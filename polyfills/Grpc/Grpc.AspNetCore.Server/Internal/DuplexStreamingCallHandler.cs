using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Internal;

internal sealed class DuplexStreamingCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method, MethodOptions options, ILogger logger, DuplexStreamingServerMethod<TRequest, TResponse> handler)
    : CallHandler(method.FullName, options, logger)
    where TRequest : class
    where TResponse : class
{
    protected override async Task RunAsync(ServerCall call)
    {
        AllowLongRequest(call.HttpContext);
        var requests = new RequestStreamReader<TRequest>(call, method.RequestMarshaller.ContextualDeserializer);
        try
        {
            await handler(requests, new ResponseStreamWriter<TResponse>(call, method.ResponseMarshaller.ContextualSerializer), call);
        }
        finally
        {
            requests.Complete();
        }
    }
}
