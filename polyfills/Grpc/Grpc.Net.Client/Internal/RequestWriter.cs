using Grpc.Core;
using Grpc.Net.Compression;
using Grpc.Net.Internal;

namespace Grpc.Net.Client.Internal;

/// <summary>Serializes requests into one rented buffer, so that each goes to the request stream in one write. One message at a time.</summary>
internal sealed class RequestWriter<TRequest>(Marshaller<TRequest> marshaller, GrpcChannel channel, ICompressionProvider? compression) : IDisposable
    where TRequest : class
{
    private readonly MessageSerializationContext _context = new(channel.MaxSendMessageSize);
    private readonly PooledBufferWriter _buffer = new();

    /// <summary>Serializes a message with its header.</summary>
    /// <returns>The bytes to send, valid until the next message.</returns>
    /// <exception cref="RpcException">The message is over the send limit.</exception>
    public ReadOnlyMemory<byte> Serialize(TRequest message, WriteOptions? options)
    {
        _buffer.Clear();
        _context.Write(message, marshaller.ContextualSerializer, _buffer, GrpcProtocol.AllowsCompression(options) ? compression : null);
        return _buffer.WrittenMemory;
    }

    public void Dispose() => _buffer.Dispose();
}
