using System.Buffers;

namespace Grpc.Core;

/// <summary>
/// Where a message is serialized to. Either <see cref="Complete(byte[])"/> is called with the whole payload, or the payload is written to
/// <see cref="GetBufferWriter"/> and <see cref="Complete()"/> ends it.
/// </summary>
public abstract class SerializationContext
{
    /// <summary>Gives the payload in one array, whose ownership passes to the call.</summary>
    /// <param name="payload">The serialized message.</param>
    public virtual void Complete(byte[] payload) => throw new NotImplementedException();

    /// <summary>The buffer to write the payload to.</summary>
    public virtual IBufferWriter<byte> GetBufferWriter() => throw new NotImplementedException();

    /// <summary>Announces the payload's length in bytes, so that it can be written straight to the transport. Optional; before <see cref="GetBufferWriter"/>.</summary>
    /// <param name="payloadLength">The exact length in bytes.</param>
    public virtual void SetPayloadLength(int payloadLength)
    {
    }

    /// <summary>Ends a payload written to <see cref="GetBufferWriter"/>.</summary>
    public virtual void Complete() => throw new NotImplementedException();
}
