using System.Buffers;
using System.Buffers.Binary;
using Grpc.Core;

namespace Grpc.Net.Internal;

/// <summary>The five bytes before every message: a compressed flag and the length, big endian.</summary>
internal static class MessageHeader
{
    public const int Size = 5;

    private static readonly Status TooLarge = new(StatusCode.ResourceExhausted, "Received message exceeds the maximum configured message size.");

    public static void Write(Span<byte> destination, int length, bool compressed)
    {
        destination[0] = compressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(destination[1..], (uint)length);
    }

    /// <summary>Reads a header.</summary>
    /// <param name="header">Exactly <see cref="Size"/> bytes.</param>
    /// <param name="maxSize">The receive limit in bytes; null for none.</param>
    /// <returns>Whether the message is compressed, and its length in bytes.</returns>
    /// <exception cref="RpcException">The flag is invalid or the length is over the limit.</exception>
    public static (bool Compressed, int Length) Read(ReadOnlySpan<byte> header, int? maxSize)
    {
        if (header[0] > 1)
        {
            throw new RpcException(new Status(StatusCode.Internal, $"Unexpected compressed flag value {header[0]} in message header."));
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        if (length > (uint)(maxSize ?? Array.MaxLength))
        {
            throw new RpcException(TooLarge);
        }

        return (header[0] == 1, (int)length);
    }

    /// <summary>Reads a header from the start of a sequence; false when it has fewer bytes.</summary>
    public static bool TryRead(in ReadOnlySequence<byte> buffer, int? maxSize, out bool compressed, out int length)
    {
        (compressed, length) = (false, 0);
        if (buffer.Length < Size)
        {
            return false;
        }

        if (buffer.FirstSpan.Length >= Size)
        {
            (compressed, length) = Read(buffer.FirstSpan[..Size], maxSize);
        }
        else
        {
            Span<byte> header = stackalloc byte[Size];
            buffer.Slice(0, Size).CopyTo(header);
            (compressed, length) = Read(header, maxSize);
        }

        return true;
    }

    public static RpcException TooLargeException() => new(TooLarge);
}
