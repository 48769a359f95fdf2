using DqnAspire.Core.Files;

namespace DqnAspire.Replay.Storage.Embedded;

/// <summary>
/// A table in a folder of its own: a ring of observations, a log of commits, and a page of counters and priorities. A block
/// is written to the ring, then committed to the log; only then it counts. Whatever instant the process is killed at, the
/// next finds every block that was acknowledged, perhaps one more, and never a part of one.
/// </summary>
/// <remarks>
/// The ring has room for one block more than is ever read, so a block on its way overwrites nothing that the last commit
/// needs. What was handed to the operating system outlives the process, not a loss of power; with
/// <see cref="EmbeddedStoreOptions.FlushToDisk"/> it outlives that too. Without, the newest observations are compared with
/// their checksums at opening, and the table ends before the first that the disk did not get.
/// </remarks>
public sealed class EmbeddedReplayStore : IReplayStore
{
    // Observations that are checked at opening: far more than lie in the operating system's hands for long.
    private const int CheckedRecords = 16 * TableSpec.MaxBlockRecords;

    private readonly string _directory;
    private readonly EmbeddedStoreOptions _options;
    private readonly FrameFile _frames;
    private readonly RecordLog _log;
    private readonly StateFile _state;
    private StoreCopy? _copy;
    private long _first;
    private long _end;
    private bool _isHalfRewound;

    private EmbeddedReplayStore(string directory, TableManifest manifest, EmbeddedStoreOptions options)
    {
        _directory = directory;
        _options = options;
        Manifest = manifest;
        _frames = FrameFile.Open(directory, manifest.Spec, options.ResidentBytes);
        try
        {
            _state = StateFile.Open(directory, manifest.Spec);
            _log = new RecordLog(directory, manifest.Spec);
        }
        catch
        {
            _frames.Dispose();
            throw;
        }
    }

    /// <summary>What the table is.</summary>
    public TableManifest Manifest { get; private set; }

    /// <inheritdoc/>
    public bool IsDurable => true;

    /// <inheritdoc/>
    public long MemoryBytes => _frames.ResidentBytes;

    /// <inheritdoc/>
    public (long Hits, long Reads) CacheUse => (_frames.Hits, _frames.Reads);

    /// <inheritdoc/>
    public long Sampled
    {
        get => _state.Sampled;
        set => _state.Sampled = value;
    }

    /// <inheritdoc/>
    public float HighestPriority
    {
        get => _state.Highest;
        set => _state.Highest = value;
    }

    /// <summary>Makes an empty table and opens it.</summary>
    /// <param name="directory">Its folder: absent, or empty.</param>
    /// <param name="manifest">What it is.</param>
    /// <param name="options">How it is kept.</param>
    /// <exception cref="ReplayStoreException">It cannot be made there; nothing of it stays.</exception>
    public static EmbeddedReplayStore Create(string directory, TableManifest manifest, EmbeddedStoreOptions options)
    {
        manifest.Spec.Validate();
        if (TableManifest.IsTable(directory))
        {
            throw new ReplayStoreException($"{directory} holds a table already.");
        }

        StoreErrors.Guard(directory, "made", _ =>
        {
            PrepareDirectory(directory);
            try
            {
                FrameFile.Create(directory, manifest.Spec);
                StateFile.Create(directory, manifest.Spec);
            }
            catch
            {
                RemoveFiles(directory);
                throw;
            }
        });
        // A folder is a table from the moment it has this.
        manifest.Save(directory);
        return Open(directory, options);
    }

    /// <summary>Opens the table in a folder, for this process alone.</summary>
    /// <exception cref="ReplayStoreException">There is none, another process has it open, or it cannot be read or written.</exception>
    public static EmbeddedReplayStore Open(string directory, EmbeddedStoreOptions options)
    {
        EmbeddedReplayStore? store = null;
        var manifest = TableManifest.Load(directory);
        StoreErrors.Guard(directory, "opened", _ => store = new EmbeddedReplayStore(directory, manifest, options));
        return store!;
    }

    /// <summary>Deletes the table in a folder, and the folder when nothing else is in it (names may lie below one another).</summary>
    /// <exception cref="ReplayStoreException">It cannot be deleted.</exception>
    public static void Delete(string directory) => StoreErrors.Guard(directory, "deleted", _ =>
    {
        // The manifest first: half a table is none.
        File.Delete(Path.Combine(directory, TableManifest.FileName));
        RemoveFiles(directory);
        if (!Directory.EnumerateFileSystemEntries(directory).Any())
        {
            Directory.Delete(directory);
        }
    });

    /// <summary>Makes a folder for a table's files, without any that a process left which ended before they were a table.</summary>
    internal static void PrepareDirectory(string directory)
    {
        Directory.CreateDirectory(directory);
        RemoveFiles(directory);
    }

    /// <summary>Removes all of a table but its manifest.</summary>
    internal static void RemoveFiles(string directory)
    {
        foreach (var path in Directory.EnumerateFiles(directory, "records-*.log"))
        {
            File.Delete(path);
        }

        MarkFiles.DropAll(directory);
        RewindFile.Remove(directory);
        File.Delete(Path.Combine(directory, FrameFile.FileName));
        File.Delete(Path.Combine(directory, StateFile.FileName));
    }

    /// <inheritdoc/>
    public void SaveLimits(Sampling.RateLimits limits)
    {
        Manifest = Manifest with { Limits = limits };
        Manifest.Save(_directory);
    }

    /// <inheritdoc/>
    public void Recover(RecordVisitor visit) => StoreErrors.Guard(_directory, "read", _ =>
    {
        if (RewindFile.Load(_directory) is { } point)
        {
            FollowRewind(point);
        }

        var blocks = _log.Recover();
        var whole = CheckNewest(blocks);
        _first = Math.Max(_state.FirstKept, blocks.Count > 0 ? blocks[0].First : 0);
        _end = _first;
        foreach (var block in blocks.Take(whole).Where(b => b.End > _first))
        {
            var overwritten = (int)Math.Max(0, _first - block.First);
            visit(block.First + overwritten, block.Records.AsSpan(overwritten));
            _end = block.End;
        }
    });

    /// <inheritdoc/>
    public float? SavedPriority(long step) => _state.Priority(step);

    /// <inheritdoc/>
    public ValueTask AppendAsync(long first, Memory<StoredRecord> records, ReadOnlyMemory<byte> observations, CancellationToken cancellationToken)
    {
        if (_isHalfRewound)
        {
            throw new ReplayStoreException($"{_directory} went back to a mark only in part; opened again, it goes back wholly.");
        }

        var width = Manifest.Spec.ObservationBytes;
        for (var i = 0; i < records.Length; i++)
        {
            records.Span[i].Checksum = Crc32C.Of(observations.Span.Slice(i * width, width));
        }

        Volatile.Read(ref _copy)?.CopyThrough(first + records.Length - Manifest.Spec.Slots);
        StoreErrors.Guard(_directory, "written; nothing of the block was added", _ =>
        {
            _frames.Write(first, observations.Span);
            if (_options.FlushToDisk)
            {
                _frames.Flush();
            }

            _log.Commit(first, records.Span, _options.FlushToDisk);
        });
        _end = first + records.Length;
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Read(long record, Span<byte> observation) => _frames.Read(record, observation);

    /// <inheritdoc/>
    public ValueTask SavePrioritiesAsync(ReadOnlyMemory<long> steps, ReadOnlyMemory<float> priorities, CancellationToken cancellationToken)
    {
        for (var i = 0; i < steps.Length; i++)
        {
            _state.SetPriority(steps.Span[i], priorities.Span[i]);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> ListMarks()
    {
        IReadOnlyList<string> names = [];
        StoreErrors.Guard(_directory, "read", path => names = MarkFiles.List(path));
        return names;
    }

    /// <inheritdoc/>
    public ValueTask SaveMarkAsync(string name, ReadOnlyMemory<byte> mark, CancellationToken cancellationToken)
    {
        StoreErrors.Guard(_directory, "written; the mark was not kept", path => MarkFiles.Save(path, name, mark, _options.FlushToDisk));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public byte[]? LoadMark(string name)
    {
        byte[]? mark = null;
        StoreErrors.Guard(_directory, "read", path => mark = MarkFiles.Load(path, name));
        return mark;
    }

    /// <inheritdoc/>
    public ValueTask<bool> DropMarkAsync(string name, CancellationToken cancellationToken)
    {
        var wasThere = false;
        StoreErrors.Guard(_directory, "written", path => wasThere = MarkFiles.Drop(path, name));
        return ValueTask.FromResult(wasThere);
    }

    /// <inheritdoc/>
    public ValueTask RewindAsync(RewindPoint point, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _copy) is not null)
        {
            throw new ReplayMarkException($"{_directory} is being copied; it can go back to a mark when the copy is made.");
        }

        StoreErrors.Guard(_directory, "written; it did not go back", path => RewindFile.Save(path, point, _options.FlushToDisk));
        _isHalfRewound = true;
        StoreErrors.Guard(_directory, "written", _ => FollowRewind(point));
        _isHalfRewound = false;
        _first = point.FirstKept;
        _end = point.Records;
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    /// <remarks>Observations are copied just before an append overwrites them.</remarks>
    public IStoreCopy BeginCopy(string directory)
    {
        if (Volatile.Read(ref _copy) is not null)
        {
            throw new ReplayStoreException($"{_directory} is being copied already.");
        }

        var first = Math.Max(_first, _end - Manifest.Spec.Slots + TableSpec.MaxBlockRecords);
        var copy = new StoreCopy(directory, Manifest, _frames, _log.OpenFiles(), _state.Copy(), first, _end, () => Volatile.Write(ref _copy, null));
        Volatile.Write(ref _copy, copy);
        return copy;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Volatile.Read(ref _copy)?.Stop();
        _state.Flush();
        _state.Dispose();
        _log.Dispose();
        _frames.Dispose();
    }

    /// <summary>Does what the rewind file says, from wherever it was interrupted.</summary>
    private void FollowRewind(RewindPoint point)
    {
        _log.CutTo(point.Records);
        _state.FirstKept = point.FirstKept;
        _state.ReplacePriorities(point.FirstStep, point.Priorities.Span);
        _state.Sampled = point.Sampled;
        _state.Highest = point.HighestPriority;
        foreach (var name in point.DroppedMarks)
        {
            MarkFiles.Drop(_directory, name);
        }

        if (_options.FlushToDisk)
        {
            _state.Flush();
        }

        RewindFile.Remove(_directory);
    }

    /// <summary>Compares the newest observations with their checksums, and cuts off the log where they begin to differ.</summary>
    /// <returns>Blocks that stay.</returns>
    private int CheckNewest(List<LoggedBlock> blocks)
    {
        if (blocks.Count == 0)
        {
            return 0;
        }

        var observation = new byte[Manifest.Spec.ObservationBytes];
        var from = Math.Max(_state.FirstKept, blocks[^1].End - Math.Min(CheckedRecords, Manifest.Spec.Slots - TableSpec.MaxBlockRecords));
        for (var b = 0; b < blocks.Count; b++)
        {
            var block = blocks[b];
            for (var i = 0; i < block.Records.Length && block.End > from; i++)
            {
                if (block.First + i < from)
                {
                    continue;
                }

                _frames.ReadRun(block.First + i, 1, observation);
                if (Crc32C.Of(observation) != block.Records[i].Checksum)
                {
                    CutFrom(blocks, b);
                    return b;
                }
            }
        }

        return blocks.Count;
    }

    private void CutFrom(List<LoggedBlock> blocks, int index)
    {
        // What is cut off may have reached the ring all the same.
        _state.FirstKept = Math.Max(_state.FirstKept, blocks[^1].End - (Manifest.Spec.Slots - TableSpec.MaxBlockRecords));
        _log.CutFrom(blocks[index]);
        if (Manifest.Spec.PriorityExponent > 0)
        {
            foreach (var record in blocks.Skip(index).SelectMany(b => b.Records).Where(r => r.Step >= 0))
            {
                _state.ClearPriority(record.Step);
            }
        }
    }
}
