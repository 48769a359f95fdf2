using System.Buffers;
using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Grpc.Net.Internal;

/// <summary>
/// Writes framed messages to a buffer. A message whose marshaller announces its length goes there directly behind its header; others, and
/// compressed ones, pass through a rented buffer. One is reused for all messages of a call, one message at a time.
/// </summary>
internal sealed class MessageSerializationContext(int? maxSize) : SerializationContext
{
    private readonly int? _maxSize = maxSize;
    private IBufferWriter<byte>? _output;
    private ICompressionProvider? _compression;
    private CompressionLevel? _compressionLevel;
    private PooledBufferWriter? _intermediate;
    private int? _announced;
    private State _state = State.Complete;

    private enum State
    {
        Started,
        Direct,
        Buffered,
        Complete,
    }

    /// <summary>Writes one message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="serializer">The marshaller's serializer.</param>
    /// <param name="output">Where the header and the payload go.</param>
    /// <param name="compression">Compresses the payload; null leaves it as it is.</param>
    /// <param name="compressionLevel">Level of compression; null for the provider's own.</param>
    /// <exception cref="RpcException">The message is over the send limit.</exception>
    /// <exception cref="InvalidOperationException">The serializer did not complete the message.</exception>
    public void Write<T>(
        T message,
        Action<T, SerializationContext> serializer,
        IBufferWriter<byte> output,
        ICompressionProvider? compression = null,
        CompressionLevel? compressionLevel = null)
    {
        _output = output;
        _compression = compression;
        _compressionLevel = compressionLevel;
        _announced = null;
        _state = State.Started;
        try
        {
            serializer(message, this);
            if (_state != State.Complete)
            {
                throw new InvalidOperationException($"The serializer of {typeof(T).Name} returned without completing the message.");
            }
        }
        finally
        {
            _output = null;
            _state = State.Complete;
            _intermediate?.Dispose();
        }
    }

    public override void SetPayloadLength(int payloadLength)
    {
        Require(State.Started);
        _announced = payloadLength;
    }

    public override IBufferWriter<byte> GetBufferWriter()
    {
        if (_state == State.Started)
        {
            if (_announced is { } length && _compression is null)
            {
                WriteHeader(length, compressed: false);
                _state = State.Direct;
            }
            else
            {
                _intermediate ??= new PooledBufferWriter();
                _intermediate.EnsureFree(_announced ?? 0);
                _state = State.Buffered;
            }
        }

        return _state switch
        {
            State.Direct => _output!,
            State.Buffered => _intermediate!,
            _ => throw InvalidState(),
        };
    }

    public override void Complete()
    {
        switch (_state)
        {
            case State.Direct:
                break;
            case State.Buffered:
                WritePayload(_intermediate!.WrittenSpan);
                break;
            default:
                throw InvalidState();
        }

        _state = State.Complete;
    }

    public override void Complete(byte[] payload)
    {
        Require(State.Started);
        WritePayload(payload);
        _state = State.Complete;
    }

    private void WritePayload(ReadOnlySpan<byte> payload)
    {
        // .NET's gzip makes no bytes of no bytes, which other makes take for a stream cut short: an empty message goes as it is.
        if (_compression is null || payload.Length == 0)
        {
            WriteHeader(payload.Length, compressed: false);
            _output!.Write(payload);
            return;
        }

        CheckSize(payload.Length);
        using var compressed = new MemoryStream();
        using (var stream = _compression.CreateCompressionStream(compressed, _compressionLevel))
        {
            stream.Write(payload);
        }

        var bytes = compressed.GetBuffer().AsSpan(0, (int)compressed.Length);
        WriteHeader(bytes.Length, compressed: true);
        _output!.Write(bytes);
    }

    private void WriteHeader(int length, bool compressed)
    {
        CheckSize(length);
        if (_output is PooledBufferWriter buffer)
        {
            // One array for the whole message instead of growing step by step.
            buffer.EnsureFree(MessageHeader.Size + length);
        }

        MessageHeader.Write(_output!.GetSpan(MessageHeader.Size), length, compressed);
        _output.Advance(MessageHeader.Size);
    }

    private void CheckSize(int length)
    {
        if (length > _maxSize)
        {
            throw new RpcException(new Status(StatusCode.ResourceExhausted, "Sending message exceeds the maximum configured message size."));
        }
    }

    private void Require(State state)
    {
        if (_state != state)
        {
            throw InvalidState();
        }
    }

    private InvalidOperationException InvalidState() => new($"Not valid in the current state: {_state}");
}
