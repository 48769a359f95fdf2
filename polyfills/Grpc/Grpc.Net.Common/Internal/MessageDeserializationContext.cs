using System.Buffers;
using Grpc.Core;

namespace Grpc.Net.Internal;

/// <summary>Gives a marshaller the bytes of a message where they were received. One is reused for all messages of a call.</summary>
internal sealed class MessageDeserializationContext : DeserializationContext
{
    private ReadOnlySequence<byte> _payload;

    public override int PayloadLength => (int)_payload.Length;

    public override byte[] PayloadAsNewBuffer() => _payload.ToArray();

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => _payload;

    /// <summary>Deserializes one message and then lets go of its bytes, which return to their owner.</summary>
    public T Read<T>(in ReadOnlySequence<byte> payload, Func<DeserializationContext, T> deserializer)
    {
        _payload = payload;
        try
        {
            return deserializer(this);
        }
        finally
        {
            _payload = default;
        }
    }
}
