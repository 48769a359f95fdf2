using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using DqnAspire.Core;

namespace DqnAspire.Environments.State;

/// <summary>
/// What saved states travel in: 7 bytes of mark, one of version, the length of the content (8 bytes), the content
/// compressed, and the SHA-256 of all that. Screens are most of a state, and shrink to a small part.
/// </summary>
internal static class StateEnvelope
{
    private const byte Version = 1;
    private const int HeaderSize = 16;
    private const int HashSize = SHA256.HashSizeInBytes;

    /// <summary>Brotli's: of the fast ones, the first that looks for repetitions beyond a few bytes.</summary>
    private const int Quality = 2;

    private const int WindowBits = 22;

    private static ReadOnlySpan<byte> Mark => "DQNENVS"u8;

    /// <summary>Closes an envelope.</summary>
    /// <param name="content">What is in it.</param>
    public static byte[] Seal(ReadOnlySpan<byte> content)
    {
        var envelope = new byte[HeaderSize + BrotliEncoder.GetMaxCompressedLength(content.Length) + HashSize];
        Mark.CopyTo(envelope);
        envelope[Mark.Length] = Version;
        BinaryPrimitives.WriteInt64LittleEndian(envelope.AsSpan(HeaderSize - sizeof(long)), content.Length);
        var room = envelope.AsSpan(HeaderSize..^HashSize);
        if (!BrotliEncoder.TryCompress(content, room, out var packed, Quality, WindowBits))
        {
            throw new InvalidOperationException($"{content.Length} bytes of state could not be compressed.");
        }

        var end = HeaderSize + packed;
        SHA256.HashData(envelope.AsSpan(..end), envelope.AsSpan(end));
        return envelope[..(end + HashSize)];
    }

    /// <summary>Opens an envelope.</summary>
    /// <param name="envelope">What <see cref="Seal"/> gave.</param>
    /// <param name="maxContentBytes">Maximum bytes that the content may have.</param>
    /// <exception cref="StateException">It is none, of another version, damaged or too large.</exception>
    public static byte[] Open(ReadOnlySpan<byte> envelope, long maxContentBytes)
    {
        if (envelope.Length < HeaderSize + HashSize || !envelope.StartsWith(Mark))
        {
            throw new StateException($"These {envelope.Length} bytes are no saved state of environments.");
        }

        if (envelope[Mark.Length] != Version)
        {
            throw new StateException(
                $"The state has version {envelope[Mark.Length]}; this program reads version {Version}.");
        }

        if (!SHA256.HashData(envelope[..^HashSize]).AsSpan().SequenceEqual(envelope[^HashSize..]))
        {
            throw new StateException("The state is cut off or damaged: its checksum does not fit.");
        }

        var length = BinaryPrimitives.ReadInt64LittleEndian(envelope[(HeaderSize - sizeof(long))..]);
        if (length < 0 || length > maxContentBytes)
        {
            throw new StateException(
                $"The state takes {length} bytes; what it is for takes at most {maxContentBytes}.");
        }

        var content = new byte[length];
        return BrotliDecoder.TryDecompress(envelope[HeaderSize..^HashSize], content, out var written)
            && written == length
            ? content
            : throw new StateException($"The state does not unpack to the {length} bytes that it says.");
    }
}
