using System.Globalization;
using System.Runtime.CompilerServices;
using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Storage;
using StackExchange.Redis;

namespace DqnAspire.Replay.Redis;

/// <summary>
/// A table in Redis. Observations are compressed; a bounded number is kept in this process too. Opening takes the table
/// over: the next change by the process that had it open before fails, and changes nothing.
/// </summary>
/// <remarks>
/// While Redis is away, appends wait for it, at most <see cref="RedisStoreOptions.Patience"/>. An append that was given
/// up then, or cancelled by its caller, may have arrived all the same: the next one removes it first.
/// </remarks>
public sealed class RedisReplayStore : IReplayStore
{
    // A segment is deleted as a whole, and read as a whole at opening.
    private const int SegmentBytes = 4 << 20;
    private const int MinSegmentRecords = 1024;
    private const int MaxSegmentRecords = 1 << 16;

    private const int StateSaveMilliseconds = 1000;

    // Guards _index, _cache, _rewinds, _reads, _hits, _copy, and the change of _priorities by a rewind: reads, an
    // append and a copy that ends use them at once. The other fields belong to the calls that take turns (see
    // IReplayStore).
    private readonly Lock _lock = new();
    private readonly RedisLink _link;
    private readonly RedisKeys _keys;
    private readonly FencedWriter _writer;
    private readonly RecordIndex _index;
    private readonly FrameCache _cache;
    private readonly FrameCodec _codec;
    private readonly int _segmentRecords;
    private PriorityMirror _priorities;
    private RedisStoreCopy? _copy;
    private long _records;
    private long _first;
    private long _appends;
    private long _sampled;
    private float _maxPriority;
    private long _stateSaved;
    private long _hits;
    private long _reads;
    private int _rewinds;
    private bool _isEndUncertain;

    internal RedisReplayStore(
        RedisLink link,
        RedisKeys keys,
        TableManifest manifest,
        RedisStoreOptions options,
        RedisTableState state,
        bool isDurable)
    {
        _link = link;
        _keys = keys;
        _writer = new FencedWriter(link, keys, state.Generation);
        _records = state.Records;
        _first = state.First;
        _sampled = state.Sampled;
        _maxPriority = state.MaxPriority;
        _index = new RecordIndex(manifest.Spec);
        _index.StartAt(state.Records);
        _cache = new FrameCache(manifest.Spec, options.CacheBytes);
        _codec = new FrameCodec(manifest.Spec.ObservationBytes);
        _priorities = new PriorityMirror(manifest.Spec);
        _segmentRecords = Math.Clamp(manifest.Spec.Slots / 8, MinSegmentRecords, MaxSegmentRecords);
        Manifest = manifest;
        IsDurable = isDurable;
    }

    /// <inheritdoc/>
    public TableManifest Manifest { get; private set; }

    /// <inheritdoc/>
    /// <remarks>Whether Redis wrote an append-only file when it was connected to.</remarks>
    public bool IsDurable { get; }

    /// <inheritdoc/>
    public long MemoryBytes => _cache.Bytes;

    /// <inheritdoc/>
    public (long Hits, long Reads) CacheUse => (_hits, _reads);

    /// <inheritdoc/>
    /// <remarks>It is sent to Redis with the next change, or a second later.</remarks>
    public long Sampled
    {
        get => _sampled;
        set
        {
            _sampled = value;
            var now = Environment.TickCount64;
            if (now - _stateSaved > StateSaveMilliseconds)
            {
                _stateSaved = now;
                PostState();
            }
        }
    }

    /// <inheritdoc/>
    public float MaxPriority
    {
        get => _maxPriority;
        set => _maxPriority = value;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<RecordRun> RecoverAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var key = 0; key < RedisKeys.PriorityKeys(Manifest.Spec); key++)
        {
            ReadOnlyMemory<byte> bytes = await _link
                .RunAsync(db => db.StringGetAsync(_keys.Priorities(key), RedisLink.Primary), cancellationToken)
                .ConfigureAwait(false);
            _priorities.Load(key, bytes.Span);
        }

        var segments = new SegmentReader(_link, _keys, _index, _first, _writer.Damaged);
        await foreach (var run in segments.ReadAsync(_records, cancellationToken).ConfigureAwait(false))
        {
            yield return run;
        }
    }

    /// <inheritdoc/>
    public float? SavedPriority(long step) => _priorities[step];

    /// <inheritdoc/>
    public async ValueTask AppendAsync(
        long first,
        Memory<StoredRecord> records,
        ReadOnlyMemory<byte> observations,
        CancellationToken cancellationToken)
    {
        if (records.IsEmpty)
        {
            return;
        }

        if (_isEndUncertain)
        {
            await TruncateAsync(first, cancellationToken).ConfigureAwait(false);
        }
        else if (first != _records && _index.Segments.Count == 0)
        {
            await StartAtAsync(first, cancellationToken).ConfigureAwait(false);
        }

        var block = new AppendBlock(records.Span, observations.Span, _codec);
        var end = first + records.Length;
        var isNew = _index.Segments.Count == 0
            || !HasSpaceFor(_index.Segments[^1], records.Length, block.Frames.Length);
        var segment = isNew ? first : _index.Segments[^1].First;
        var leaving = _index.CountBefore(Math.Min(end - Manifest.Spec.Slots, _copy?.Next ?? long.MaxValue));
        RedisKey[] keys =
        [
            _keys.Table, _keys.Segments, _keys.Index(segment), _keys.Frames(segment),
            .. _keys.OfSegments(_index.Segments.Take(leaving).Select(s => s.First)),
        ];
        RedisValue[] values =
        [
            ++_appends, first, end, segment, isNew ? 1 : 0, block.Index, block.Frames, _sampled, Text(_maxPriority),
        ];
        _isEndUncertain = true;
        await _writer.ChangeAsync(RedisScripts.Append, keys, values, cancellationToken).ConfigureAwait(false);
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
    public ValueTask ReadAsync(ReadOnlyMemory<ObservationRead> reads, CancellationToken cancellationToken)
    {
        ColdReads? cold = null;
        int rewinds;
        lock (_lock)
        {
            rewinds = _rewinds;
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

        return cold is null ? ValueTask.CompletedTask : new ValueTask(FetchAsync(cold, rewinds, cancellationToken));
    }

    /// <inheritdoc/>
    public ValueTask SavePrioritiesAsync(
        ReadOnlyMemory<long> steps, ReadOnlyMemory<float> priorities, CancellationToken cancellationToken)
    {
        if (steps.IsEmpty)
        {
            return ValueTask.CompletedTask;
        }

        var changes = _priorities.Set(steps.Span, priorities.Span);
        RedisKey[] keys = [_keys.Table, .. changes.Keys.Select(_keys.Priorities)];
        RedisValue[] values = [_sampled, Text(_maxPriority), .. changes.Values.Select(v => (RedisValue)v)];
        return new ValueTask(_writer.ChangeAsync(RedisScripts.Priorities, keys, values, cancellationToken));
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> ListMarksAsync(CancellationToken cancellationToken)
    {
        var names = await _link
            .RunAsync(db => db.HashKeysAsync(_keys.Marks, RedisLink.Primary), cancellationToken).ConfigureAwait(false);
        return [.. names.Select(name => (string)name!).Order(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async ValueTask SaveMarkAsync(string name, ReadOnlyMemory<byte> mark, CancellationToken cancellationToken) =>
        await _writer
            .ChangeAsync(RedisScripts.SaveMark, [_keys.Table, _keys.Marks], [name, mark], cancellationToken)
            .ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<byte[]?> LoadMarkAsync(string name, CancellationToken cancellationToken) => await _link
        .RunAsync(db => db.HashGetAsync(_keys.Marks, name, RedisLink.Primary), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<bool> DropMarkAsync(string name, CancellationToken cancellationToken) => await _writer
        .ChangeAsync(
            RedisScripts.DropMark, [_keys.Table, _keys.Marks], [name], cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask RewindAsync(RewindPoint point, CancellationToken cancellationToken)
    {
        if (IsBeingCopied())
        {
            throw new ReplayMarkException(
                $"Table '{_keys.Name}' is being copied; it can be rewound when the copy is complete.");
        }

        var (last, dropped) = _index.PlanCut(point.Records);
        var priorities = new PriorityMirror(Manifest.Spec);
        priorities.Replace(point.FirstStep, point.Priorities.Span);
        int[] priorityKeys = [.. Enumerable.Range(0, RedisKeys.PriorityKeys(Manifest.Spec))];
        RedisKey[] keys =
        [
            _keys.Table, _keys.Segments, _keys.Index(last.First), _keys.Frames(last.First), _keys.Marks,
            .. priorityKeys.Select(_keys.Priorities), .. _keys.OfSegments(dropped),
        ];
        RedisValue[] values =
        [
            point.Records, last.Count * IndexEntry.Bytes, last.FrameBytes,
            point.FirstKept, point.Sampled, Text(point.MaxPriority),
            point.DroppedMarks.Count, priorityKeys.Length, dropped.Count,
            .. point.DroppedMarks.Select(m => (RedisValue)m),
            .. priorityKeys.Select(k => (RedisValue)priorities.KeyBytes(k)),
            .. dropped.Select(s => (RedisValue)s),
        ];
        await _writer.ChangeAsync(RedisScripts.Rewind, keys, values, cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            _index.CutAt(point.Records);
            _cache.Clear();
            _rewinds++;
            (_records, _first, _sampled, _maxPriority) =
                (point.Records, point.FirstKept, point.Sampled, point.MaxPriority);
            _priorities = priorities;
        }

        _isEndUncertain = false;
    }

    /// <inheritdoc/>
    public async ValueTask SaveLimitsAsync(RateLimits limits, CancellationToken cancellationToken)
    {
        var manifest = Manifest with { Limits = limits };
        await _writer
            .ChangeAsync(RedisScripts.Describe, [_keys.Table], ["manifest", manifest.ToJson()], cancellationToken)
            .ConfigureAwait(false);
        Manifest = manifest;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Segments that the copy still needs stay in Redis until it has them, so Redis uses more memory meanwhile.
    /// </remarks>
    public IStoreCopy BeginCopy(string directory)
    {
        lock (_lock)
        {
            if (_copy is not null)
            {
                throw new ReplayStoreException(
                    $"Table '{_keys.Name}' is being copied already.", StoreProblem.Refused);
            }

            return _copy = new RedisStoreCopy(
                directory,
                Manifest,
                _link,
                _keys,
                [.. _index.Segments],
                (_records, _sampled, _maxPriority),
                _priorities.Copy(),
                EndCopy);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _copy?.Stop();
        PostState();
    }

    private static string Text(float priority) => priority.ToString("R", CultureInfo.InvariantCulture);

    private bool HasSpaceFor(RecordIndex.Segment last, int records, int frameBytes) =>
        last.Count + records <= _segmentRecords && last.FrameBytes + frameBytes <= SegmentBytes;

    private async Task FetchAsync(ColdReads cold, int rewinds, CancellationToken cancellationToken)
    {
        var answers = await _link.RunAsync(cold.SendAsync, cancellationToken).ConfigureAwait(false);
        var (bytes, observationBytes) = cold.Decode(answers, (record, observation) =>
        {
            lock (_lock)
            {
                // The numbers of records that a rewind dropped may belong to others meanwhile.
                if (rewinds == _rewinds)
                {
                    _cache.Put(record, observation);
                }
            }
        });
        _link.Traffic.Received(bytes, observationBytes);
    }

    /// <summary>Lets an empty table begin with a number other than 0.</summary>
    private async Task StartAtAsync(long record, CancellationToken cancellationToken)
    {
        await _writer
            .ChangeAsync(RedisScripts.Describe, [_keys.Table], ["records", record, "first", record], cancellationToken)
            .ConfigureAwait(false);
        _index.StartAt(record);
        (_records, _first) = (record, record);
    }

    /// <summary>
    /// Makes sure that the table ends before a record, whether or not appends that were given up arrived.
    /// </summary>
    private async Task TruncateAsync(long record, CancellationToken cancellationToken)
    {
        var (last, dropped) = _index.PlanCut(record);
        RedisKey[] keys =
        [
            _keys.Table, _keys.Segments, _keys.Index(last.First), _keys.Frames(last.First),
            .. _keys.OfSegments(dropped),
        ];
        RedisValue[] values =
            [record, last.Count * IndexEntry.Bytes, last.FrameBytes, .. dropped.Select(s => (RedisValue)s)];
        await _writer.ChangeAsync(RedisScripts.Truncate, keys, values, cancellationToken).ConfigureAwait(false);
        _isEndUncertain = false;
    }

    private void PostState() => _writer.Post("sampled", _sampled, "highest", Text(_maxPriority));

    private bool IsBeingCopied()
    {
        lock (_lock)
        {
            return _copy is not null;
        }
    }

    private void EndCopy()
    {
        lock (_lock)
        {
            _copy = null;
        }
    }
}
