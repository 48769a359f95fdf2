using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Internal;

internal sealed class UnaryCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method, MethodOptions options, ILogger logger, UnaryServerMethod<TRequest, TResponse> handler)
    : CallHandler(method.FullName, options, logger)
    where TRequest : class
    where TResponse : class
{
    protected override async Task RunAsync(ServerCall call)
    {
        var request = await call.Requests.ReadSingleAsync(method.RequestMarshaller.ContextualDeserializer);
        call.WriteLast(await handler(request, call), method.ResponseMarshaller.ContextualSerializer);
    }
}
