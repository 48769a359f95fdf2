using System.Buffers;
using Grpc.Core;
using Grpc.Net.Internal;

namespace Grpc.Net.Client.Internal;

/// <summary>
/// Reads messages from a response stream through one rented buffer: a message lies in it in one piece, so that marshallers take their fast
/// path, and a read takes whatever has arrived, so that a small message costs one read. Not thread safe.
/// </summary>
internal sealed class ResponseReader(Stream stream, CompressionProviders compression, string? encoding, int? maxSize) : IDisposable
{
    private const int InitialSize = 16 * 1024;

    private readonly MessageDeserializationContext _context = new();
    private byte[] _buffer = [];
    private int _start;
    private int _end;

    private int Available => _end - _start;

    /// <summary>Reads the next message.</summary>
    /// <param name="deserializer">The marshaller's deserializer.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The message; null at the end of the stream.</returns>
    /// <exception cref="RpcException">The message is malformed, cut short, or over the limit.</exception>
    public async ValueTask<T?> ReadAsync<T>(Func<DeserializationContext, T> deserializer, CancellationToken cancellationToken)
        where T : class
    {
        if (!await FillAsync(MessageHeader.Size, cancellationToken).ConfigureAwait(false))
        {
            return Available == 0 ? null : throw Truncated("header");
        }

        var (compressed, length) = MessageHeader.Read(_buffer.AsSpan(_start, MessageHeader.Size), maxSize);
        _start += MessageHeader.Size;
        if (!await FillAsync(length, cancellationToken).ConfigureAwait(false))
        {
            throw Truncated("content");
        }

        var payload = new ReadOnlySequence<byte>(_buffer, _start, length);
        _start += length;
        return _context.Read(compressed ? compression.Decompress(payload, encoding, maxSize) : payload, deserializer);
    }

    /// <summary>Reads the end of a response that may hold no further message.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="RpcException">There are more bytes.</exception>
    public async ValueTask ReadEndAsync(CancellationToken cancellationToken)
    {
        if (await FillAsync(1, cancellationToken).ConfigureAwait(false))
        {
            throw new RpcException(new Status(StatusCode.Internal, "Unexpected data after finished reading message."));
        }
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }

    private static RpcException Truncated(string part) =>
        new(new Status(StatusCode.Internal, $"Unexpected end of content while reading the message {part}."));

    /// <summary>Makes so many bytes available in one piece; false when the stream ends before.</summary>
    private async ValueTask<bool> FillAsync(int count, CancellationToken cancellationToken)
    {
        while (Available < count)
        {
            EnsureRoom(count);
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return false;
            }

            _end += read;
        }

        return true;
    }

    private void EnsureRoom(int count)
    {
        if (Available == 0)
        {
            (_start, _end) = (0, 0);
        }

        if (_buffer.Length - _start >= count)
        {
            return;
        }

        // Room for the next header too: it usually arrives with the end of this message.
        var wanted = count + MessageHeader.Size;
        if (_buffer.Length >= wanted)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, Available);
        }
        else
        {
            var grown = ArrayPool<byte>.Shared.Rent(Math.Max(InitialSize, wanted));
            _buffer.AsSpan(_start, Available).CopyTo(grown);
            Dispose();
            _buffer = grown;
        }

        (_start, _end) = (0, _end - _start);
    }
}
