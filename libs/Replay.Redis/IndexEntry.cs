using System.Runtime.InteropServices;

namespace DqnAspire.Replay.Redis;

/// <summary>
/// A record in a segment's index: the record, and how long its observation is there. Little-endian, as in memory.
/// </summary>
/// <param name="record">The record, with the CRC-32C of its observation as it is there.</param>
/// <param name="length">Bytes of its observation, compressed.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4, Size = Bytes)]
internal readonly struct IndexEntry(in StoredRecord record, int length)
{
    public const int Bytes = StoredRecord.Bytes + sizeof(int);

    public readonly StoredRecord Record = record;
    public readonly int Length = length;

    /// <summary>The entries in a segment's index, or its beginning.</summary>
    public static ReadOnlySpan<IndexEntry> Of(ReadOnlySpan<byte> index) => MemoryMarshal.Cast<byte, IndexEntry>(index);
}
