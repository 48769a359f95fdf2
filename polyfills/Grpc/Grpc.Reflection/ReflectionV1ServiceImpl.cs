using Google.Protobuf;
using Grpc.Core;
using Grpc.Reflection.V1;

namespace Grpc.Reflection;

/// <summary>
/// Server reflection, version v1. Both versions' messages are the same on the wire, so v1 is answered by the v1alpha
/// implementation.
/// </summary>
/// <param name="implementation">Answers the requests.</param>
public class ReflectionV1ServiceImpl(ReflectionServiceImpl implementation) : ServerReflection.ServerReflectionBase
{
    /// <inheritdoc/>
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream, IServerStreamWriter<ServerReflectionResponse> responseStream, ServerCallContext context)
    {
        while (await requestStream.MoveNext(context.CancellationToken).ConfigureAwait(false))
        {
            var request = V1Alpha.ServerReflectionRequest.Parser.ParseFrom(requestStream.Current.ToByteString());
            var response = ServerReflectionResponse.Parser.ParseFrom(implementation.Answer(request).ToByteString());
            await responseStream.WriteAsync(response, context.CancellationToken).ConfigureAwait(false);
        }
    }
}
