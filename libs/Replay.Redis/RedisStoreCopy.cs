using DqnAspire.Core.Files;
using DqnAspire.Replay.Storage;
using DqnAspire.Replay.Storage.Embedded;

namespace DqnAspire.Replay.Redis;

/// <summary>A copy of a table in Redis that is being made in a folder. It grows in a folder beside, which becomes the table's when it is whole.</summary>
internal sealed class RedisStoreCopy : IStoreCopy
{
    private const string PartSuffix = ".part";
    private const int BlockBytes = 4 << 20;

    private readonly string _directory;
    private readonly TableManifest _manifest;
    private readonly RedisLink _link;
    private readonly RedisKeys _keys;
    private readonly RecordIndex.Segment[] _segments;
    private readonly RedisTableState _state;
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
        RedisTableState state,
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
    public void Run(CancellationToken cancellationToken)
    {
        var part = _directory + PartSuffix;
        try
        {
            StoreErrors.Guard(part, "made", _ => DeletePart(part));
            using (var target = EmbeddedReplayStore.Create(part, _manifest, new EmbeddedStoreOptions { ResidentBytes = 1 << 20 }))
            {
                foreach (var segment in _segments)
                {
                    Copy(segment, target, cancellationToken);
                }

                target.Sampled = _state.Sampled;
                target.HighestPriority = _state.HighestPriority;
            }

            StoreErrors.Guard(_directory, "made", _ => Directory.Move(part, _directory));
        }
        finally
        {
            _ended();
            DeletePart(part);
        }
    }

    /// <summary>The table goes away; what is not copied yet cannot be.</summary>
    internal void Stop() => _stopped = true;

    private static void DeletePart(string part)
    {
        if (Directory.Exists(part))
        {
            Directory.Delete(part, recursive: true);
        }
    }

    private void Copy(RecordIndex.Segment segment, EmbeddedReplayStore target, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> index = _link.Run(db => db.StringGetRangeAsync(_keys.Index(segment.First), 0, ((long)segment.Count * IndexEntry.Bytes) - 1, RedisLink.Primary));
        ReadOnlyMemory<byte> frames = _link.Run(db => db.StringGetRangeAsync(_keys.Frames(segment.First), 0, segment.FrameBytes - 1, RedisLink.Primary));
        if (index.Length != segment.Count * IndexEntry.Bytes || frames.Length != segment.FrameBytes)
        {
            throw Gone(segment.First);
        }

        for (var start = 0; start < segment.Count; start += _blockRecords)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_stopped)
            {
                throw new ReplayStoreException($"{_directory} was not completed: its table was closed.");
            }

            var entries = IndexEntry.Of(index.Span).Slice(start, Math.Min(_blockRecords, segment.Count - start));
            frames = CopyBlock(segment.First + start, entries, frames, target);
            Volatile.Write(ref _next, segment.First + start + entries.Length);
        }

        _link.Traffic.Received(segment.FrameBytes, (long)segment.Count * _manifest.Spec.ObservationBytes);
    }

    private ReadOnlyMemory<byte> CopyBlock(long first, ReadOnlySpan<IndexEntry> entries, ReadOnlyMemory<byte> frames, EmbeddedReplayStore target)
    {
        var width = _manifest.Spec.ObservationBytes;
        var records = new StoredRecord[entries.Length];
        var steps = new List<long>();
        var priorities = new List<float>();
        for (var i = 0; i < entries.Length; i++)
        {
            records[i] = entries[i].Record;
            var observation = _observations.AsSpan(i * width, width);
            var stored = frames[..entries[i].Length];
            if (Crc32C.Of(stored.Span) != records[i].Checksum || !FrameCodec.TryDecompress(stored, observation))
            {
                throw Gone(first + i);
            }

            frames = frames[entries[i].Length..];
            if (records[i].Step >= 0 && _priorities[records[i].Step] is { } priority)
            {
                steps.Add(records[i].Step);
                priorities.Add(priority);
            }
        }

        // Files answer at once.
        target.AppendAsync(first, records, _observations.AsMemory(0, records.Length * width), CancellationToken.None).GetAwaiter().GetResult();
        target.SavePrioritiesAsync(steps.ToArray(), priorities.ToArray(), CancellationToken.None).GetAwaiter().GetResult();
        Bytes += records.Length * (width + StoredRecord.Bytes);
        return frames;
    }

    private ReplayStoreException Gone(long record) =>
        new($"{_directory} was not completed: record {record} of table '{_keys.Name}' is damaged, or not in Redis any more.");
}
