using DqnAspire.Core.Files;
using DqnAspire.Replay.Engines.Files;
using DqnAspire.Replay.Storage;
using StackExchange.Redis;

namespace DqnAspire.Replay.Redis;

/// <summary>A copy of a table in Redis that is made in a folder of the file engine.</summary>
internal sealed class RedisStoreCopy : IStoreCopy
{
    private const int BlockBytes = 4 << 20;

    private readonly string _directory;
    private readonly TableManifest _manifest;
    private readonly RedisLink _link;
    private readonly RedisKeys _keys;
    private readonly RecordIndex.Segment[] _segments;
    private readonly (long Records, long Sampled, float MaxPriority) _state;
    private readonly PriorityMirror _priorities;
    private readonly Action _ended;
    private readonly byte[] _observations;
    private readonly int _blockRecords;
    private long _next;
    private volatile bool _stopped;

    internal RedisStoreCopy(
        string directory,
        TableManifest manifest,
        RedisLink link,
        RedisKeys keys,
        RecordIndex.Segment[] segments,
        (long Records, long Sampled, float MaxPriority) state,
        PriorityMirror priorities,
        Action ended)
    {
        _directory = directory;
        _manifest = manifest;
        _link = link;
        _keys = keys;
        _segments = segments;
        _state = state;
        _priorities = priorities;
        _ended = ended;
        _next = segments.Length > 0 ? segments[0].First : state.Records;
        _blockRecords = Math.Clamp(BlockBytes / manifest.Spec.ObservationBytes, 1, TableSpec.MaxBlockRecords);
        _observations = new byte[_blockRecords * manifest.Spec.ObservationBytes];
    }

    /// <inheritdoc/>
    public long End => _state.Records;

    /// <inheritdoc/>
    public long Bytes { get; private set; }

    /// <summary>Records from this one on are still needed.</summary>
    internal long Next => Volatile.Read(ref _next);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var staged = StagedTable.Begin(_directory, _manifest);
            foreach (var segment in _segments)
            {
                await CopyAsync(segment, staged.Store, cancellationToken).ConfigureAwait(false);
            }

            staged.Store.Sampled = _state.Sampled;
            staged.Store.MaxPriority = _state.MaxPriority;
            staged.Complete();
        }
        finally
        {
            _ended();
        }
    }

    /// <summary>Ends the copy, because the table is closed.</summary>
    internal void Stop() => _stopped = true;

    private async Task CopyAsync(RecordIndex.Segment segment, IReplayStore target, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> index =
            await ReadAsync(_keys.Index(segment.First), (long)segment.Count * IndexEntry.Bytes).ConfigureAwait(false);
        ReadOnlyMemory<byte> frames =
            await ReadAsync(_keys.Frames(segment.First), segment.FrameBytes).ConfigureAwait(false);
        if (index.Length != segment.Count * IndexEntry.Bytes || frames.Length != segment.FrameBytes)
        {
            throw Gone(segment.First);
        }

        for (var start = 0; start < segment.Count; start += _blockRecords)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_stopped)
            {
                throw new ReplayStoreException(
                    $"{_directory} was not completed: its table was closed.", StoreProblem.Refused);
            }

            var count = Math.Min(_blockRecords, segment.Count - start);
            var block = index.Slice(start * IndexEntry.Bytes, count * IndexEntry.Bytes);
            frames = await CopyBlockAsync(segment.First + start, block, frames, target).ConfigureAwait(false);
            Volatile.Write(ref _next, segment.First + start + count);
        }

        _link.Traffic.Received(segment.FrameBytes, (long)segment.Count * _manifest.Spec.ObservationBytes);
    }

    private Task<RedisValue> ReadAsync(RedisKey key, long bytes) =>
        _link.RunAsync(db => db.StringGetRangeAsync(key, 0, bytes - 1, RedisLink.Primary), CancellationToken.None);

    /// <summary>Copies the records of some index entries.</summary>
    /// <returns>The observations of the segment that follow.</returns>
    private async ValueTask<ReadOnlyMemory<byte>> CopyBlockAsync(
        long first, ReadOnlyMemory<byte> index, ReadOnlyMemory<byte> frames, IReplayStore target)
    {
        var records = new StoredRecord[index.Length / IndexEntry.Bytes];
        frames = Decode(first, IndexEntry.Of(index.Span), frames, records);
        var observations = _observations.AsMemory(0, records.Length * _manifest.Spec.ObservationBytes);
        await target.AppendAsync(first, records, observations, CancellationToken.None).ConfigureAwait(false);
        var steps = records.Where(r => r.Step >= 0 && _priorities[r.Step] is not null).Select(r => r.Step).ToArray();
        var priorities = Array.ConvertAll(steps, step => _priorities[step]!.Value);
        await target.SavePrioritiesAsync(steps, priorities, CancellationToken.None).ConfigureAwait(false);
        Bytes += observations.Length + (records.Length * StoredRecord.Bytes);
        return frames;
    }

    private ReadOnlyMemory<byte> Decode(
        long first, ReadOnlySpan<IndexEntry> entries, ReadOnlyMemory<byte> frames, StoredRecord[] records)
    {
        var width = _manifest.Spec.ObservationBytes;
        for (var i = 0; i < entries.Length; i++)
        {
            records[i] = entries[i].Record;
            var stored = frames[..entries[i].Length];
            if (Crc32C.Of(stored.Span) != records[i].Checksum
                || !FrameCodec.TryDecompress(stored, _observations.AsSpan(i * width, width)))
            {
                throw Gone(first + i);
            }

            frames = frames[entries[i].Length..];
        }

        return frames;
    }

    private ReplayStoreException Gone(long record) =>
        new(
            $"{_directory} was not completed: record {record} of table '{_keys.Name}' is damaged, or not in Redis any "
            + "more.");
}
