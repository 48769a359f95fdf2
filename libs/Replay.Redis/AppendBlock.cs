using System.Runtime.InteropServices;
using DqnAspire.Core.Files;

namespace DqnAspire.Replay.Redis;

/// <summary>
/// A block as it goes to Redis: index entries and compressed observations. Made once for each append.
/// </summary>
internal sealed class AppendBlock
{
    private readonly byte[] _index;
    private readonly byte[] _frames;
    private readonly int _frameBytes;

    /// <summary>Compresses a block and sets its records' checksums.</summary>
    public AppendBlock(Span<StoredRecord> records, ReadOnlySpan<byte> observations, FrameCodec codec)
    {
        var width = observations.Length / records.Length;
        _index = new byte[records.Length * IndexEntry.Bytes];
        _frames = GC.AllocateUninitializedArray<byte>(observations.Length);
        var entries = MemoryMarshal.Cast<byte, IndexEntry>(_index.AsSpan());
        for (var i = 0; i < records.Length; i++)
        {
            var length = codec.Compress(observations.Slice(i * width, width), _frames.AsSpan(_frameBytes));
            // Of what is stored: a seventeenth of what comes of it is quick to check.
            records[i].Checksum = Crc32C.Of(_frames.AsSpan(_frameBytes, length));
            entries[i] = new IndexEntry(records[i], length);
            _frameBytes += length;
        }
    }

    public ReadOnlyMemory<byte> Index => _index;

    public ReadOnlyMemory<byte> Frames => _frames.AsMemory(0, _frameBytes);
}
