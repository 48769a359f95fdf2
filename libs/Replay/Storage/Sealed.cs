using System.Buffers.Binary;
using DqnAspire.Core.Files;

namespace DqnAspire.Replay.Storage;

/// <summary>Bytes followed by their CRC-32C, for data that is written and read as a whole.</summary>
internal static class Sealed
{
    public static byte[] Seal(ReadOnlySpan<byte> contents)
    {
        var bytes = new byte[contents.Length + sizeof(uint)];
        contents.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(contents.Length), Crc32C.Of(contents));
        return bytes;
    }

    /// <summary>Gives the contents when their checksum is right.</summary>
    public static bool TryOpen(byte[] bytes, out MemoryStream contents)
    {
        var length = Math.Max(0, bytes.Length - sizeof(uint));
        contents = new MemoryStream(bytes, 0, length, writable: false);
        return length > 0
            && BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(length)) == Crc32C.Of(bytes.AsSpan(0, length));
    }
}
