using System.Runtime.InteropServices;
using System.Text;
using DqnAspire.Replay;
using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Storage;

namespace JournalReplay;

/// <summary>
/// A table in memory whose every change is also an entry of a journal. The file only grows, which is good enough for
/// small tables and short runs.
/// </summary>
internal sealed class JournalStore : IReplayStore
{
    private readonly JournalFile _journal;
    private readonly SortedDictionary<string, byte[]> _marks = new(StringComparer.Ordinal);
    private readonly Dictionary<long, float> _priorities = [];
    private readonly StoredRecord[] _records;
    private readonly byte[][] _observations;
    private long _first;
    private long _end;
    private long _reads;
    private bool _isDisposed;

    private JournalStore(JournalFile journal, TableManifest manifest)
    {
        (_journal, Manifest) = (journal, manifest);
        _records = new StoredRecord[manifest.Spec.Slots];
        _observations = new byte[manifest.Spec.Slots][];
    }

    private enum Entry : byte
    {
        Manifest,
        Append,
        Priorities,
        Counters,
        SaveMark,
        DropMark,
        Rewind,
    }

    public TableManifest Manifest { get; private set; }

    public bool IsDurable => true;

    public long MemoryBytes => Math.Min(_end - _first, _records.Length) * Manifest.Spec.ObservationBytes;

    public (long Hits, long Reads) CacheUse => (_reads, _reads);

    public long Sampled { get; set; }

    public float MaxPriority { get; set; }

    public static JournalStore Create(string path, TableManifest manifest)
    {
        var store = new JournalStore(new JournalFile(path, FileMode.CreateNew), manifest);
        store.AddManifest();
        return store;
    }

    public static JournalStore Open(string path)
    {
        var journal = new JournalFile(path, FileMode.Open);
        JournalStore? store = null;
        try
        {
            journal.ReadAll(entry =>
            {
                var kind = (Entry)entry.ReadByte();
                if (kind == Entry.Manifest)
                {
                    var manifest = TableManifest.Parse(path, Encoding.UTF8.GetBytes(entry.ReadString()));
                    store ??= new JournalStore(journal, manifest);
                    store.Manifest = manifest;
                }
                else
                {
                    store!.Replay(kind, entry);
                }
            });
            return store ?? throw new ReplayStoreException($"{path} does not begin with a table's manifest.");
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    public IAsyncEnumerable<RecordRun> RecoverAsync(CancellationToken cancellationToken) => Runs().ToAsyncEnumerable();

    public float? SavedPriority(long step) => _priorities.TryGetValue(step, out var priority) ? priority : null;

    public ValueTask AppendAsync(
        long first,
        Memory<StoredRecord> records,
        ReadOnlyMemory<byte> observations,
        CancellationToken cancellationToken)
    {
        _journal.Add(entry =>
        {
            entry.Write((byte)Entry.Append);
            entry.Write(first);
            entry.Write(records.Length);
            entry.Write(MemoryMarshal.AsBytes(records.Span));
            entry.Write(observations.Span);
            WriteCounters(entry);
        });
        Append(first, records.Span, observations.Span);
        return ValueTask.CompletedTask;
    }

    public ValueTask ReadAsync(ReadOnlyMemory<ObservationRead> reads, CancellationToken cancellationToken)
    {
        foreach (ref readonly var read in reads.Span)
        {
            _observations[read.Record % _records.Length].CopyTo(read.Destination.Span);
        }

        _reads += reads.Length;
        return ValueTask.CompletedTask;
    }

    public ValueTask SavePrioritiesAsync(
        ReadOnlyMemory<long> steps, ReadOnlyMemory<float> priorities, CancellationToken cancellationToken)
    {
        _journal.Add(entry =>
        {
            entry.Write((byte)Entry.Priorities);
            entry.Write(steps.Length);
            entry.Write(MemoryMarshal.AsBytes(steps.Span));
            entry.Write(MemoryMarshal.AsBytes(priorities.Span));
            WriteCounters(entry);
        });
        Save(steps.Span, priorities.Span);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<string>> ListMarksAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<string>>([.. _marks.Keys]);

    public ValueTask SaveMarkAsync(string name, ReadOnlyMemory<byte> mark, CancellationToken cancellationToken)
    {
        _journal.Add(entry =>
        {
            entry.Write((byte)Entry.SaveMark);
            entry.Write(name);
            entry.Write(mark.Length);
            entry.Write(mark.Span);
        });
        _marks[name] = mark.ToArray();
        return ValueTask.CompletedTask;
    }

    public ValueTask<byte[]?> LoadMarkAsync(string name, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_marks.GetValueOrDefault(name));

    public ValueTask<bool> DropMarkAsync(string name, CancellationToken cancellationToken)
    {
        _journal.Add(entry =>
        {
            entry.Write((byte)Entry.DropMark);
            entry.Write(name);
        });
        return ValueTask.FromResult(_marks.Remove(name));
    }

    public ValueTask RewindAsync(RewindPoint point, CancellationToken cancellationToken)
    {
        // One entry: the table is rewound completely, or not at all when the process is killed here.
        _journal.Add(entry =>
        {
            entry.Write((byte)Entry.Rewind);
            entry.Write(point.Records);
            entry.Write(point.FirstKept);
            entry.Write(point.FirstStep);
            entry.Write(point.Priorities.Length);
            entry.Write(MemoryMarshal.AsBytes(point.Priorities.Span));
            entry.Write(point.DroppedMarks.Count);
            foreach (var mark in point.DroppedMarks)
            {
                entry.Write(mark);
            }

            entry.Write(point.Sampled);
            entry.Write(point.MaxPriority);
        });
        Rewind(point);
        return ValueTask.CompletedTask;
    }

    public ValueTask SaveLimitsAsync(RateLimits limits, CancellationToken cancellationToken)
    {
        Manifest = Manifest with { Limits = limits };
        AddManifest();
        return ValueTask.CompletedTask;
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _journal.Add(entry =>
        {
            entry.Write((byte)Entry.Counters);
            WriteCounters(entry);
        });
        _journal.Dispose();
    }

    private void AddManifest() => _journal.Add(entry =>
    {
        entry.Write((byte)Entry.Manifest);
        entry.Write(Manifest.ToJson());
    });

    private void WriteCounters(BinaryWriter entry)
    {
        entry.Write(Sampled);
        entry.Write(MaxPriority);
    }

    private void ReadCounters(BinaryReader entry) => (Sampled, MaxPriority) = (entry.ReadInt64(), entry.ReadSingle());

    private IEnumerable<RecordRun> Runs()
    {
        for (var first = Math.Max(_first, _end - _records.Length); first < _end; first += TableSpec.MaxBlockRecords)
        {
            var run = new StoredRecord[Math.Min(_end - first, TableSpec.MaxBlockRecords)];
            for (var i = 0; i < run.Length; i++)
            {
                run[i] = _records[(first + i) % _records.Length];
            }

            yield return new RecordRun(first, run);
        }
    }

    private void Replay(Entry kind, BinaryReader entry)
    {
        switch (kind)
        {
            case Entry.Append:
                var first = entry.ReadInt64();
                var records = ReadArray<StoredRecord>(entry, entry.ReadInt32());
                Append(first, records, entry.ReadBytes(records.Length * Manifest.Spec.ObservationBytes));
                ReadCounters(entry);
                break;
            case Entry.Priorities:
                var count = entry.ReadInt32();
                Save(ReadArray<long>(entry, count), ReadArray<float>(entry, count));
                ReadCounters(entry);
                break;
            case Entry.Counters:
                ReadCounters(entry);
                break;
            case Entry.SaveMark:
                _marks[entry.ReadString()] = entry.ReadBytes(entry.ReadInt32());
                break;
            case Entry.DropMark:
                _marks.Remove(entry.ReadString());
                break;
            default:
                Rewind(ReadPoint(entry));
                break;
        }
    }

    private static RewindPoint ReadPoint(BinaryReader entry)
    {
        var (records, firstKept, firstStep) = (entry.ReadInt64(), entry.ReadInt64(), entry.ReadInt64());
        var priorities = ReadArray<float>(entry, entry.ReadInt32());
        string[] marks = [.. Enumerable.Range(0, entry.ReadInt32()).Select(_ => entry.ReadString())];
        return new RewindPoint(
            records, firstKept, entry.ReadInt64(), entry.ReadSingle(), firstStep, priorities, marks);
    }

    private static T[] ReadArray<T>(BinaryReader entry, int count)
        where T : unmanaged
    {
        var array = new T[count];
        entry.BaseStream.ReadExactly(MemoryMarshal.AsBytes(array.AsSpan()));
        return array;
    }

    private void Append(long first, ReadOnlySpan<StoredRecord> records, ReadOnlySpan<byte> observations)
    {
        if (_first == _end)
        {
            _first = first;
        }

        var width = Manifest.Spec.ObservationBytes;
        for (var i = 0; i < records.Length; i++)
        {
            var slot = (first + i) % _records.Length;
            _records[slot] = records[i];
            _observations[slot] = observations.Slice(i * width, width).ToArray();
        }

        _end = first + records.Length;
    }

    private void Save(ReadOnlySpan<long> steps, ReadOnlySpan<float> priorities)
    {
        for (var i = 0; i < steps.Length; i++)
        {
            _priorities[steps[i]] = priorities[i];
        }
    }

    private void Rewind(RewindPoint point)
    {
        (_first, _end) = (Math.Min(point.FirstKept, point.Records), point.Records);
        (Sampled, MaxPriority) = (point.Sampled, point.MaxPriority);
        _priorities.Clear();
        for (var i = 0; i < point.Priorities.Length; i++)
        {
            _priorities[point.FirstStep + i] = point.Priorities.Span[i];
        }

        foreach (var name in point.DroppedMarks)
        {
            _marks.Remove(name);
        }
    }
}
