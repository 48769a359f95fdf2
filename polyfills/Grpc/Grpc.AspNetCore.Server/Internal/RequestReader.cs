using System.Buffers;
using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Net.Internal;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Reads messages from a request's pipe and deserializes them where they lie.</summary>
internal sealed class RequestReader(ServerCall call)
{
    private readonly MessageDeserializationContext _context = new();
    private readonly PipeReader _body = call.HttpContext.Request.BodyReader;

    /// <summary>Reads the only message of a request and its end.</summary>
    /// <exception cref="RpcException">There is no message, more than one, or a malformed one.</exception>
    public async ValueTask<T> ReadSingleAsync<T>(Func<DeserializationContext, T> deserializer)
        where T : class
    {
        var message = await ReadAsync(deserializer, CancellationToken.None) ?? throw Incomplete();
        var result = await _body.ReadAsync();
        var isEnd = result.IsCompleted && result.Buffer.IsEmpty;
        _body.AdvanceTo(result.Buffer.Start);
        return isEnd ? message : throw new RpcException(new Status(StatusCode.Internal, "Additional data after the message received."));
    }

    /// <summary>Reads the next message; null at the end of the request.</summary>
    /// <exception cref="RpcException">The message is malformed, cut short, or over the limit.</exception>
    public async ValueTask<T?> ReadAsync<T>(Func<DeserializationContext, T> deserializer, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            var result = await _body.ReadAsync(cancellationToken);
            var (consumed, examined) = (result.Buffer.Start, result.Buffer.End);
            try
            {
                if (TryRead(result.Buffer, deserializer, out var message, out var end))
                {
                    (consumed, examined) = (end, end);
                    return message;
                }

                if (result.IsCompleted)
                {
                    return result.Buffer.IsEmpty ? null : throw Incomplete();
                }
            }
            finally
            {
                _body.AdvanceTo(consumed, examined);
            }
        }
    }

    private static RpcException Incomplete() => new(new Status(StatusCode.Internal, "Incomplete message."));

    private bool TryRead<T>(in ReadOnlySequence<byte> buffer, Func<DeserializationContext, T> deserializer, out T? message, out SequencePosition end)
        where T : class
    {
        message = null;
        end = default;
        var maxSize = call.Options.MaxReceiveMessageSize;
        if (!MessageHeader.TryRead(buffer, maxSize, out var compressed, out var length) || buffer.Length - MessageHeader.Size < length)
        {
            return false;
        }

        var payload = buffer.Slice(MessageHeader.Size, length);
        end = payload.End;
        message = _context.Read(compressed ? call.Decompress(payload) : payload, deserializer);
        return true;
    }
}
