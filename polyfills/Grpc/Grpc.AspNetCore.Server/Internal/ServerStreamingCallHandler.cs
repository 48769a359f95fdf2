using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Internal;

internal sealed class ServerStreamingCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method, MethodOptions options, ILogger logger, ServerStreamingServerMethod<TRequest, TResponse> handler)
    : CallHandler(method.FullName, options, logger)
    where TRequest : class
    where TResponse : class
{
    protected override async Task RunAsync(ServerCall call)
    {
        var request = await call.Requests.ReadSingleAsync(method.RequestMarshaller.ContextualDeserializer);
        await handler(request, new ResponseStreamWriter<TResponse>(call, method.ResponseMarshaller.ContextualSerializer), call);
    }
}
