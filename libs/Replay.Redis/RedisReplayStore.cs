using System.Globalization;
using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Storage;
using DqnAspire.Replay.Storage.Embedded;
using StackExchange.Redis;

namespace DqnAspire.Replay.Redis;

/// <summary>
/// A table in Redis, which is where it lives: whoever opens it next goes on from there. Observations are compressed; a bounded number
/// is kept in this process too. Opening takes the table over: whoever had it before is told so by its next change, and changes nothing.
/// </summary>
/// <remarks>
/// While Redis is away, appends wait for it, at most <see cref="RedisStoreOptions.Patience"/>. An append that was given up, by then or by
/// its caller, may have arrived after all: the next one takes it back first.
/// </remarks>
public sealed class RedisReplayStore : IReplayStore
{
    // A segment is deleted as a whole, and read as a whole at opening.
    private const int SegmentBytes = 4 << 20;
    private const int SmallestSegmentRecords = 1024;
    private const int LargestSegmentRecords = 1 << 16;

    // Segments whose index is asked for together at opening: 13 MB at most, which a network of 100 Mbit/s delivers before the client's time is out.
    private const int SegmentsPerRead = 4;

    private const int StateSaveMilliseconds = 1000;

    private readonly Lock _lock = new();
    private readonly RedisLink _link;
    private readonly RedisKeys _keys;
    private readonly string _epoch;
    private readonly RecordIndex _index;
    private readonly FrameCache _cache;
    private readonly FrameCodec _codec;
    private PriorityMirror _priorities;
    private readonly int _segmentRecords;
    private RedisStoreCopy? _copy;
    private long _records;
    private long _first;
    private long _appends;
    private long _sampled;
    private float _highest;
    private long _stateSaved;
    private long _hits;
    private long _reads;
    private int _generation;
    private bool _isEndUncertain;
    private bool _isLost;

    internal RedisReplayStore(RedisLink link, RedisKeys keys, TableManifest manifest, RedisStoreOptions options, RedisTableState state, bool isDurable)
    {
        _link = link;
        _keys = keys;
        _epoch = state.Epoch;
        _records = state.Records;
        _first = state.First;
        _sampled = state.Sampled;
        _highest = state.HighestPriority;
        _index = new RecordIndex(manifest.Spec);
        _index.StartAt(state.Records);
        _cache = new FrameCache(manifest.Spec, options.CacheBytes);
        _codec = new FrameCodec(manifest.Spec.ObservationBytes);
        _priorities = new PriorityMirror(manifest.Spec);
        _segmentRecords = Math.Clamp(manifest.Spec.Slots / 8, SmallestSegmentRecords, LargestSegmentRecords);
        Manifest = manifest;
        IsDurable = isDurable;
    }

    /// <summary>Bytes of memory that a table in Redis takes besides observations and its own index: where each record is, and changed priorities.</summary>
    public static long IndexBytes(TableSpec spec) =>
        ((long)spec.Slots * (sizeof(int) + sizeof(int) + sizeof(uint))) + (spec.PriorityExponent > 0 ? (long)spec.Capacity * PriorityMirror.EntryBytes : 0);

    /// <summary>What the table is.</summary>
    public TableManifest Manifest { get; private set; }

    /// <inheritdoc/>
    /// <remarks>Whether Redis wrote an append-only file when it was connected to.</remarks>
    public bool IsDurable { get; }

    /// <inheritdoc/>
    public long MemoryBytes => _cache.Bytes;

    /// <inheritdoc/>
    public (long Hits, long Reads) CacheUse => (_hits, _reads);

    /// <inheritdoc/>
    /// <remarks>Goes to Redis with the next change, or by itself a second later.</remarks>
    public long Sampled
    {
        get => _sampled;
        set
        {
            _sampled = value;
            var now = Environment.TickCount64;
            if (now - _stateSaved > StateSaveMilliseconds && !_isLost)
            {
                _stateSaved = now;
                _link.Post(RedisScripts.Describe, [_keys.Table], State());
            }
        }
    }

    /// <inheritdoc/>
    public float HighestPriority
    {
        get => _highest;
        set => _highest = value;
    }

    /// <inheritdoc/>
    public void Recover(RecordVisitor visit)
    {
        ReadPriorities();
        var segments = Array.ConvertAll(_link.Run(db => db.ListRangeAsync(_keys.Segments, flags: RedisLink.Primary)), s => (long)s);
        for (var start = 0; start < segments.Length; start += SegmentsPerRead)
        {
            var some = segments[start..Math.Min(segments.Length, start + SegmentsPerRead)];
            var indices = _link.Run(db => ReadIndicesAsync(db, some));
            for (var i = 0; i < some.Length; i++)
            {
                Recover(some[i], indices[i].Index, indices[i].FrameBytes, visit);
            }
        }

        // Without segments the index begins where the table says, which is right for an empty one only.
        if (_index.End != _records || (segments.Length == 0 && _records > 0))
        {
            throw Damaged($"its {segments.Length} segments end at record {_index.End} where {_records} was expected");
        }
    }

    /// <inheritdoc/>
    public float? SavedPriority(long step) => _priorities[step];

    /// <inheritdoc/>
    public async ValueTask AppendAsync(long first, Memory<StoredRecord> records, ReadOnlyMemory<byte> observations, CancellationToken cancellationToken)
    {
        if (records.IsEmpty)
        {
            return;
        }

        if (_isEndUncertain)
        {
            await TruncateAsync(first, cancellationToken).ConfigureAwait(false);
        }

        var block = new AppendBlock(records.Span, observations.Span, _codec);
        var end = first + records.Length;
        var isNew = _index.Segments.Count == 0 || _index.Segments[^1] is var last
            && (last.Count + records.Length > _segmentRecords || last.FrameBytes + block.Frames.Length > SegmentBytes);
        var segment = isNew ? first : _index.Segments[^1].First;
        var leaving = CountLeaving(end - Manifest.Spec.Slots);
        List<RedisKey> keys = [_keys.Table, _keys.Segments, _keys.Index(segment), _keys.Frames(segment)];
        keys.AddRange(SegmentKeys(_index.Segments.Take(leaving).Select(s => s.First)));
        RedisValue[] values =
        [
            _epoch, ++_appends, first, end, segment, isNew ? 1 : 0, block.Index, block.Frames, _sampled, Text(_highest),
        ];
        _isEndUncertain = true;
        await ChangeAsync(RedisScripts.Append, [.. keys], values, cancellationToken).ConfigureAwait(false);
        _isEndUncertain = false;
        _records = end;
        _link.Traffic.Sent(block.Frames.Length, observations.Length);
        lock (_lock)
        {
            _index.RemoveFirst(leaving);
            if (isNew)
            {
                _index.AddSegment();
            }

            var width = Manifest.Spec.ObservationBytes;
            var entries = IndexEntry.Of(block.Index.Span);
            for (var i = 0; i < entries.Length; i++)
            {
                _index.Add(entries[i].Length, entries[i].Record.Checksum);
                _cache.Put(first + i, observations.Span.Slice(i * width, width));
            }
        }
    }

    /// <inheritdoc/>
    public void Read(long record, Span<byte> observation)
    {
        var bytes = new byte[observation.Length];
        var read = ReadAsync(new[] { new ObservationRead(record, bytes) }, CancellationToken.None);
        if (!read.IsCompletedSuccessfully)
        {
            read.AsTask().GetAwaiter().GetResult();
        }

        bytes.CopyTo(observation);
    }

    /// <inheritdoc/>
    public ValueTask ReadAsync(ReadOnlyMemory<ObservationRead> reads, CancellationToken cancellationToken)
    {
        ColdReads? cold = null;
        int generation;
        lock (_lock)
        {
            generation = _generation;
            foreach (ref readonly var read in reads.Span)
            {
                _reads++;
                if (_cache.TryRead(read.Record, read.Destination.Span))
                {
                    _hits++;
                }
                else
                {
                    cold ??= new ColdReads(_keys);
                    cold.Add(read, _index.Find(read.Record));
                }
            }
        }

        return cold is null ? ValueTask.CompletedTask : new ValueTask(FetchAsync(cold, generation, cancellationToken));
    }

    /// <inheritdoc/>
    public ValueTask SavePrioritiesAsync(ReadOnlyMemory<long> steps, ReadOnlyMemory<float> priorities, CancellationToken cancellationToken)
    {
        if (steps.IsEmpty)
        {
            return ValueTask.CompletedTask;
        }

        var changes = _priorities.Set(steps.Span, priorities.Span);
        RedisKey[] keys = [_keys.Table, .. changes.Keys.Select(_keys.Priorities)];
        RedisValue[] values = [_epoch, _sampled, Text(_highest), .. changes.Values.Select(v => (RedisValue)v)];
        return new ValueTask(ChangeAsync(RedisScripts.Priorities, keys, values, cancellationToken));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> ListMarks() =>
        [.. _link.Run(db => db.HashKeysAsync(_keys.Marks, RedisLink.Primary)).Select(name => (string)name!).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public async ValueTask SaveMarkAsync(string name, ReadOnlyMemory<byte> mark, CancellationToken cancellationToken) =>
        await ChangeAsync(RedisScripts.SaveMark, [_keys.Table, _keys.Marks], [_epoch, name, mark], cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public byte[]? LoadMark(string name) => _link.Run(db => db.HashGetAsync(_keys.Marks, name, RedisLink.Primary));

    /// <inheritdoc/>
    public async ValueTask<bool> DropMarkAsync(string name, CancellationToken cancellationToken) =>
        await ChangeAsync(RedisScripts.DropMark, [_keys.Table, _keys.Marks], [_epoch, name], cancellationToken).ConfigureAwait(false) == "ok";

    /// <inheritdoc/>
    public async ValueTask RewindAsync(RewindPoint point, CancellationToken cancellationToken)
    {
        if (_copy is not null)
        {
            throw new ReplayMarkException($"Table '{_keys.Name}' is being copied; it can go back to a mark when the copy is made.");
        }

        var (last, going) = PlanCut(point.Records);
        var priorities = new PriorityMirror(Manifest.Spec);
        priorities.Replace(point.FirstStep, point.Priorities.Span);
        int[] priorityKeys = [.. Enumerable.Range(0, RedisKeys.PriorityKeys(Manifest.Spec))];
        RedisKey[] keys =
        [
            _keys.Table, _keys.Segments, _keys.Index(last.First), _keys.Frames(last.First), _keys.Marks,
            .. priorityKeys.Select(_keys.Priorities), .. SegmentKeys(going),
        ];
        RedisValue[] values =
        [
            _epoch, point.Records, last.Count * IndexEntry.Bytes, last.FrameBytes, point.FirstKept, point.Sampled, Text(point.HighestPriority),
            point.DroppedMarks.Count, priorityKeys.Length, going.Count,
            .. point.DroppedMarks.Select(m => (RedisValue)m), .. priorityKeys.Select(k => (RedisValue)priorities.KeyBytes(k)), .. going.Select(s => (RedisValue)s),
        ];
        await ChangeAsync(RedisScripts.Rewind, keys, values, cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            _index.CutAt(point.Records);
            _cache.Clear();
            _generation++;
            (_records, _first, _sampled, _highest) = (point.Records, point.FirstKept, point.Sampled, point.HighestPriority);
            _priorities = priorities;
        }

        _isEndUncertain = false;
    }

    /// <inheritdoc/>
    public void SaveLimits(RateLimits limits)
    {
        var manifest = Manifest with { Limits = limits };
        ChangeAsync(RedisScripts.Describe, [_keys.Table], [_epoch, "manifest", manifest.ToJson()], CancellationToken.None).GetAwaiter().GetResult();
        Manifest = manifest;
    }

    /// <inheritdoc/>
    /// <remarks>Segments that the copy still needs stay in Redis until it has them, so Redis takes more memory meanwhile.</remarks>
    public IStoreCopy BeginCopy(string directory)
    {
        lock (_lock)
        {
            if (_copy is not null)
            {
                throw new ReplayStoreException($"Table '{_keys.Name}' is being copied already.");
            }

            var state = new RedisTableState(_epoch, _records, _first, _sampled, _highest);
            return _copy = new RedisStoreCopy(directory, Manifest, _link, _keys, [.. _index.Segments], state, _priorities.Copy(), EndCopy);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _copy?.Stop();
        if (!_isLost)
        {
            _link.Post(RedisScripts.Describe, [_keys.Table], State());
        }
    }

    private static string Text(float priority) => priority.ToString("R", CultureInfo.InvariantCulture);

    private async Task<(ReadOnlyMemory<byte> Index, long FrameBytes)[]> ReadIndicesAsync(IDatabase database, long[] segments)
    {
        var batch = database.CreateBatch();
        var indices = Array.ConvertAll(segments, s => batch.StringGetAsync(_keys.Index(s), RedisLink.Primary));
        var lengths = Array.ConvertAll(segments, s => batch.StringLengthAsync(_keys.Frames(s), RedisLink.Primary));
        batch.Execute();
        await Task.WhenAll(indices).ConfigureAwait(false);
        await Task.WhenAll(lengths).ConfigureAwait(false);
        return [.. indices.Zip(lengths, (index, length) => ((ReadOnlyMemory<byte>)index.Result, length.Result))];
    }

    private void ReadPriorities()
    {
        for (var key = 0; key < RedisKeys.PriorityKeys(Manifest.Spec); key++)
        {
            ReadOnlyMemory<byte> bytes = _link.Run(db => db.StringGetAsync(_keys.Priorities(key), RedisLink.Primary));
            _priorities.Load(key, bytes.Span);
        }
    }

    private void Recover(long first, ReadOnlyMemory<byte> index, long frameBytes, RecordVisitor visit)
    {
        var entries = IndexEntry.Of(index.Span);
        if (_index.Segments.Count == 0)
        {
            _index.StartAt(first);
        }

        if (first != _index.End || entries.Length == 0 || index.Length % IndexEntry.Bytes != 0)
        {
            throw Damaged($"key {_keys.Index(first)} is missing or not whole (an eviction, or somebody's hand?)");
        }

        _index.AddSegment();
        var records = new StoredRecord[Math.Min(entries.Length, TableSpec.MaxBlockRecords)];
        for (var start = 0; start < entries.Length; start += records.Length)
        {
            var count = Math.Min(records.Length, entries.Length - start);
            for (var i = 0; i < count; i++)
            {
                var entry = entries[start + i];
                records[i] = entry.Record;
                _index.Add(entry.Length, entry.Record.Checksum);
            }

            var skipped = (int)Math.Clamp(_first - (first + start), 0, count);
            if (skipped < count)
            {
                visit(first + start + skipped, records.AsSpan(skipped, count - skipped));
            }
        }

        if (_index.Segments[^1].FrameBytes != frameBytes)
        {
            throw Damaged($"key {_keys.Frames(first)} has {frameBytes} bytes where {_index.Segments[^1].FrameBytes} were expected");
        }
    }

    private async Task FetchAsync(ColdReads cold, int generation, CancellationToken cancellationToken)
    {
        var answers = await _link.RunAsync(cold.SendAsync, cancellationToken).ConfigureAwait(false);
        var (bytes, observationBytes) = cold.Decode(answers, (record, observation) =>
        {
            lock (_lock)
            {
                // Numbers that were taken back may have been given again meanwhile.
                if (generation == _generation)
                {
                    _cache.Put(record, observation);
                }
            }
        });
        _link.Traffic.Received(bytes, observationBytes);
    }

    /// <summary>Makes sure that the table ends before a record, whatever became of appends that were given up.</summary>
    private async Task TruncateAsync(long record, CancellationToken cancellationToken)
    {
        var (last, going) = PlanCut(record);
        RedisKey[] keys = [_keys.Table, _keys.Segments, _keys.Index(last.First), _keys.Frames(last.First), .. SegmentKeys(going)];
        RedisValue[] values = [_epoch, record, last.Count * IndexEntry.Bytes, last.FrameBytes, .. going.Select(s => (RedisValue)s)];
        await ChangeAsync(RedisScripts.Truncate, keys, values, cancellationToken).ConfigureAwait(false);
        _isEndUncertain = false;
    }

    /// <summary>What becomes of the segments when the table ends before a record.</summary>
    /// <returns>The one that becomes the last, empty when there is none; and the first records of those that go.</returns>
    private (RecordIndex.Segment Last, List<long> Going) PlanCut(long record)
    {
        List<long> going = [.. _index.Segments.Where(s => s.First >= record).Select(s => s.First)];
        foreach (var begun in new[] { record, _index.End }.Distinct().Except(going))
        {
            // An append that was given up may have begun it.
            going.Add(begun);
        }

        return (_index.LastBefore(record), going);
    }

    private IEnumerable<RedisKey> SegmentKeys(IEnumerable<long> segments) => segments.SelectMany(s => new[] { _keys.Index(s), _keys.Frames(s) });

    /// <summary>Runs a script that changes the table.</summary>
    /// <returns>What it answers, when it is one of its good answers.</returns>
    private async Task<string> ChangeAsync(string script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken)
    {
        var answer = (string?)await _link.RunAsync(db => db.ScriptEvaluateAsync(script, keys, values, RedisLink.Primary), cancellationToken).ConfigureAwait(false);
        if (answer is "ok" or "none")
        {
            return answer;
        }

        _isLost = true;
        throw answer switch
        {
            "taken" => new ReplayStoreException(
                $"Table '{_keys.Name}' in Redis at {_link.Address} was taken over by another ReplayService; this one cannot write to it any more. Close it here, or stop the other one.",
                StoreProblem.Taken),
            "gone" => new ReplayStoreException(
                $"Table '{_keys.Name}' is not in Redis at {_link.Address} any more: it was deleted, or Redis was restarted without its data.", StoreProblem.Taken),
            _ => Damaged("Redis lost records that it had acknowledged: it was restarted without appendonly yes, from an older file, or after a kill with appendfsync everysec. Close the table and open it again to go on from what is there"),
        };
    }

    private RedisValue[] State() => [_epoch, "sampled", _sampled, "highest", Text(_highest)];

    private int CountLeaving(long oldestKept)
    {
        var kept = Math.Min(oldestKept, _copy?.Next ?? long.MaxValue);
        var count = 0;
        while (count + 1 < _index.Segments.Count && _index.Segments[count].End <= kept)
        {
            count++;
        }

        return count;
    }

    private void EndCopy()
    {
        lock (_lock)
        {
            _copy = null;
        }
    }

    private ReplayStoreException Damaged(string how) => new($"Table '{_keys.Name}' in Redis at {_link.Address} is damaged: {how}.");
}
