using System.Runtime.CompilerServices;
using DqnAspire.Replay.Storage;
using StackExchange.Redis;

namespace DqnAspire.Replay.Redis;

/// <summary>Reads the segments of a table when it is opened, and fills its index.</summary>
/// <param name="link">The connection.</param>
/// <param name="keys">The table's keys.</param>
/// <param name="index">Receives where the observations are.</param>
/// <param name="firstKept">The oldest valid record.</param>
/// <param name="damaged">Makes the error of a table that is damaged.</param>
internal sealed class SegmentReader(
    RedisLink link, RedisKeys keys, RecordIndex index, long firstKept, Func<string, ReplayStoreException> damaged)
{
    // Segments whose index is read in one round trip: at most 13 MB, which a network of 100 Mbit/s delivers before the
    // client's time-out.
    private const int SegmentsPerRead = 4;

    /// <summary>Reads all segments, oldest first.</summary>
    /// <param name="records">Records that the table should have.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="ReplayStoreException">The table is damaged.</exception>
    public async IAsyncEnumerable<RecordRun> ReadAsync(
        long records, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var names = await link
            .RunAsync(db => db.ListRangeAsync(keys.Segments, flags: RedisLink.Primary), cancellationToken)
            .ConfigureAwait(false);
        foreach (var segments in Array.ConvertAll(names, s => (long)s).Chunk(SegmentsPerRead))
        {
            var indices = await link.RunAsync(
                db => ReadIndicesAsync(db, segments), cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < segments.Length; i++)
            {
                foreach (var run in Read(segments[i], indices[i].Index, indices[i].FrameBytes))
                {
                    yield return run;
                }
            }
        }

        // Without segments the index begins where the table says, which is right for an empty one only.
        if (index.End != records || (names.Length == 0 && records > 0))
        {
            throw damaged($"its {names.Length} segments end at record {index.End} where {records} was expected");
        }
    }

    private async Task<(ReadOnlyMemory<byte> Index, long FrameBytes)[]> ReadIndicesAsync(
        IDatabase database, long[] segments)
    {
        var batch = database.CreateBatch();
        var indices = Array.ConvertAll(segments, s => batch.StringGetAsync(keys.Index(s), RedisLink.Primary));
        var lengths = Array.ConvertAll(segments, s => batch.StringLengthAsync(keys.Frames(s), RedisLink.Primary));
        batch.Execute();
        await Task.WhenAll(indices).ConfigureAwait(false);
        await Task.WhenAll(lengths).ConfigureAwait(false);
        return [.. indices.Zip(lengths, (entries, length) => ((ReadOnlyMemory<byte>)entries.Result, length.Result))];
    }

    private IEnumerable<RecordRun> Read(long first, ReadOnlyMemory<byte> entries, long frameBytes)
    {
        if (index.Segments.Count == 0)
        {
            index.StartAt(first);
        }

        var entryCount = entries.Length / IndexEntry.Bytes;
        if (first != index.End || entryCount == 0 || entries.Length % IndexEntry.Bytes != 0)
        {
            throw damaged($"key {keys.Index(first)} is missing or not whole (an eviction, or somebody's hand?)");
        }

        index.AddSegment();
        var records = new StoredRecord[Math.Min(entryCount, TableSpec.MaxBlockRecords)];
        for (var start = 0; start < entryCount; start += records.Length)
        {
            var count = Math.Min(records.Length, entryCount - start);
            Add(entries.Span, start, records.AsSpan(0, count));
            var skipped = (int)Math.Clamp(firstKept - (first + start), 0, count);
            if (skipped < count)
            {
                yield return new RecordRun(first + start + skipped, records.AsMemory(skipped, count - skipped));
            }
        }

        if (index.Segments[^1].FrameBytes != frameBytes)
        {
            throw damaged(
                $"key {keys.Frames(first)} has {frameBytes} bytes where {index.Segments[^1].FrameBytes} were expected");
        }
    }

    private void Add(ReadOnlySpan<byte> entries, int start, Span<StoredRecord> records)
    {
        var some = IndexEntry.Of(entries).Slice(start, records.Length);
        for (var i = 0; i < records.Length; i++)
        {
            records[i] = some[i].Record;
            index.Add(some[i].Length, some[i].Record.Checksum);
        }
    }
}
