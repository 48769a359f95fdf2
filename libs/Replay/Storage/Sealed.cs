using System.Buffers.Binary;
using DqnAspire.Core.Files;

namespace DqnAspire.Replay.Storage;

/// <summary>Bytes with their CRC-32C behind them, for what is written whole and read whole.</summary>
internal static class Sealed
{
    public static byte[] Seal(ReadOnlySpan<byte> contents)
    {
        var bytes = new byte[contents.Length + sizeof(uint)];
        contents.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(contents.Length), Crc32C.Of(contents));
        return bytes;
    }

    /// <summary>The contents, when the checksum is theirs.</summary>
    public static bool TryOpen(byte[] bytes, out MemoryStream contents)
    {
        var length = Math.Max(0, bytes.Length - sizeof(uint));
        contents = new MemoryStream(bytes, 0, length, writable: false);
        return length > 0 && BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(length)) == Crc32C.Of(bytes.AsSpan(0, length));
    }
}
