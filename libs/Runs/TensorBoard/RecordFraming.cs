using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using DqnAspire.Core.Files;

namespace DqnAspire.Runs.TensorBoard;

/// <summary>
/// TFRecord: a record is its length (8 bytes, little-endian), the masked CRC-32C of these bytes (4), the data, and the
/// masked CRC-32C of the data (4).
/// </summary>
internal static class RecordFraming
{
    private const uint MaskDelta = 0xA282EAD8;
    private const int LengthBytes = sizeof(ulong);
    private const int ChecksumBytes = sizeof(uint);

    /// <summary>Appends a record.</summary>
    /// <param name="output">Gets 16 bytes more than <paramref name="data"/> has.</param>
    /// <param name="data">The record.</param>
    public static void Append(IBufferWriter<byte> output, ReadOnlySpan<byte> data)
    {
        var size = LengthBytes + ChecksumBytes + data.Length + ChecksumBytes;
        var record = output.GetSpan(size);
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record[LengthBytes..], MaskedChecksum(record[..LengthBytes]));
        data.CopyTo(record[(LengthBytes + ChecksumBytes)..]);
        BinaryPrimitives.WriteUInt32LittleEndian(record[(size - ChecksumBytes)..], MaskedChecksum(data));
        output.Advance(size);
    }

    /// <summary>
    /// CRC-32C, turned right by 15 bits, plus a constant: a checksum of data that holds checksums is weak without.
    /// </summary>
    public static uint MaskedChecksum(ReadOnlySpan<byte> data) =>
        BitOperations.RotateRight(Crc32C.Of(data), 15) + MaskDelta;
}
