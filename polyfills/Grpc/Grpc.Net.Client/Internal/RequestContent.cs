using System.Net;
using Grpc.Net.Internal;

namespace Grpc.Net.Client.Internal;

/// <summary>The body of a call's HTTP request. Its length is unknown, which makes the handler send it while the response is being read.</summary>
internal abstract class RequestContent : HttpContent
{
    protected RequestContent()
    {
        Headers.TryAddWithoutValidation("Content-Type", GrpcProtocol.ContentType);
    }

    protected abstract Task WriteAsync(Stream stream);

    protected sealed override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => WriteAsync(stream);

    protected sealed override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) => WriteAsync(stream);

    protected sealed override bool TryComputeLength(out long length)
    {
        length = -1;
        return false;
    }
}
