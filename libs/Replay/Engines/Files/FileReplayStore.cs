using DqnAspire.Core.Files;
using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Storage;

namespace DqnAspire.Replay.Engines.Files;

/// <summary>
/// A table in a folder: a ring of observations, a log of commits, and a page of counters and priorities. A block is
/// written to the ring and then committed to the log. The process can be killed at any moment: the next one finds every
/// block that was acknowledged, perhaps one more, and never a part of one.
/// </summary>
/// <remarks>
/// The ring has space for one block more than is ever read, so the block that is being written overwrites nothing that
/// the last commit needs. Data that the operating system has outlives the process, but not a loss of power; with
/// <see cref="FileStoreOptions.FlushToDisk"/> it outlives that too. Otherwise the newest observations are compared with
/// their checksums when the table is opened, and the table ends before the first one that the disk does not have.
/// </remarks>
public sealed class FileReplayStore : IReplayStore
{
    // Observations that are checked at opening: far more than the operating system keeps from the disk for long.
    private const int CheckedRecords = 16 * TableSpec.MaxBlockRecords;

    private readonly string _directory;
    private readonly FileStoreOptions _options;
    private readonly FrameFile _frames;
    private readonly RecordLog _log;
    private readonly StateFile _state;
    // Set by BeginCopy, cleared by the copy's own thread: read and written with Volatile.
    private FolderCopy? _copy;
    private long _first;
    private long _end;
    private bool _isHalfRewound;
    private bool _isDisposed;

    private FileReplayStore(string directory, TableManifest manifest, FileStoreOptions options)
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

    /// <inheritdoc/>
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
    public float MaxPriority
    {
        get => _state.MaxPriority;
        set => _state.MaxPriority = value;
    }

    /// <summary>Makes an empty table and opens it.</summary>
    /// <param name="directory">Its folder: absent, or empty.</param>
    /// <param name="manifest">Size, shape and limits of the table.</param>
    /// <param name="options">How it is stored.</param>
    /// <exception cref="ReplayStoreException">It cannot be made there; no file of it stays.</exception>
    public static FileReplayStore Create(string directory, TableManifest manifest, FileStoreOptions options)
    {
        manifest.Spec.Validate();
        if (ManifestFile.IsTable(directory))
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
        ManifestFile.Save(directory, manifest);
        return Open(directory, options);
    }

    /// <summary>Opens the table in a folder, for this process alone.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="options">How the table is stored.</param>
    /// <exception cref="ReplayStoreException">
    /// There is none, another process has it open, or it cannot be used.
    /// </exception>
    public static FileReplayStore Open(string directory, FileStoreOptions options)
    {
        var manifest = ManifestFile.Load(directory);
        return StoreErrors.Read(directory, "opened", _ => new FileReplayStore(directory, manifest, options));
    }

    /// <summary>
    /// Deletes the table in a folder, and the folder when it is empty then: tables can lie below one another.
    /// </summary>
    /// <param name="directory">The folder.</param>
    /// <exception cref="ReplayStoreException">It cannot be deleted.</exception>
    public static void Delete(string directory) => StoreErrors.Guard(directory, "deleted", _ =>
    {
        // The manifest first: half a table is none.
        File.Delete(Path.Combine(directory, ManifestFile.FileName));
        RemoveFiles(directory);
        if (!Directory.EnumerateFileSystemEntries(directory).Any())
        {
            Directory.Delete(directory);
        }
    });

    /// <summary>Makes a folder for a table, without files of a process that ended before they were a table.</summary>
    internal static void PrepareDirectory(string directory)
    {
        Directory.CreateDirectory(directory);
        RemoveFiles(directory);
    }

    /// <summary>Deletes all files of a table but its manifest.</summary>
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
    public ValueTask SaveLimitsAsync(RateLimits limits, CancellationToken cancellationToken)
    {
        Manifest = Manifest with { Limits = limits };
        ManifestFile.Save(_directory, Manifest);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<RecordRun> RecoverAsync(CancellationToken cancellationToken) =>
        StoreErrors.Read(_directory, "read", _ => Recover()).ToAsyncEnumerable();

    /// <inheritdoc/>
    public float? SavedPriority(long step) => _state.Priority(step);

    /// <inheritdoc/>
    public ValueTask AppendAsync(
        long first,
        Memory<StoredRecord> records,
        ReadOnlyMemory<byte> observations,
        CancellationToken cancellationToken)
    {
        if (_isHalfRewound)
        {
            throw new ReplayStoreException(
                $"{_directory} is rewound to a mark only in part; the rewind is completed when it is opened again.");
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
    public ValueTask ReadAsync(ReadOnlyMemory<ObservationRead> reads, CancellationToken cancellationToken)
    {
        foreach (ref readonly var read in reads.Span)
        {
            _frames.Read(read.Record, read.Destination.Span);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask SavePrioritiesAsync(
        ReadOnlyMemory<long> steps, ReadOnlyMemory<float> priorities, CancellationToken cancellationToken)
    {
        for (var i = 0; i < steps.Length; i++)
        {
            _state.SetPriority(steps.Span[i], priorities.Span[i]);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListMarksAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(StoreErrors.Read(_directory, "read", MarkFiles.List));

    /// <inheritdoc/>
    public ValueTask SaveMarkAsync(string name, ReadOnlyMemory<byte> mark, CancellationToken cancellationToken)
    {
        StoreErrors.Guard(
            _directory,
            "written; the mark was not saved",
            path => MarkFiles.Save(path, name, mark, _options.FlushToDisk));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<byte[]?> LoadMarkAsync(string name, CancellationToken cancellationToken) =>
        ValueTask.FromResult(StoreErrors.Read(_directory, "read", path => MarkFiles.Load(path, name)));

    /// <inheritdoc/>
    public ValueTask<bool> DropMarkAsync(string name, CancellationToken cancellationToken) =>
        ValueTask.FromResult(StoreErrors.Read(_directory, "written", path => MarkFiles.Drop(path, name)));

    /// <inheritdoc/>
    public ValueTask RewindAsync(RewindPoint point, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _copy) is not null)
        {
            throw new ReplayMarkException(
                $"{_directory} is being copied; it can be rewound when the copy is complete.");
        }

        StoreErrors.Guard(
            _directory, "written; it was not rewound", path => RewindFile.Save(path, point, _options.FlushToDisk));
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
        var copy = new FolderCopy(
            directory,
            Manifest,
            _frames,
            _log.OpenFiles(),
            _state.Copy(),
            first,
            _end,
            () => Volatile.Write(ref _copy, null));
        Volatile.Write(ref _copy, copy);
        return copy;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        Volatile.Read(ref _copy)?.Stop();
        _state.Flush();
        _state.Dispose();
        _log.Dispose();
        _frames.Dispose();
    }

    private List<RecordRun> Recover()
    {
        if (RewindFile.Load(_directory) is { } point)
        {
            FollowRewind(point);
        }

        var blocks = _log.Recover();
        var valid = CheckNewest(blocks);
        _first = Math.Max(_state.FirstKept, blocks.Count > 0 ? blocks[0].First : 0);
        _end = _first;
        var runs = new List<RecordRun>();
        foreach (var block in blocks.Take(valid).Where(b => b.End > _first))
        {
            var overwritten = (int)Math.Max(0, _first - block.First);
            runs.Add(new RecordRun(block.First + overwritten, block.Records.AsMemory(overwritten)));
            _end = block.End;
        }

        return runs;
    }

    /// <summary>Does what the rewind file says, or the rest of it when an earlier process was interrupted.</summary>
    private void FollowRewind(RewindPoint point)
    {
        _log.CutTo(point.Records);
        _state.FirstKept = point.FirstKept;
        _state.ReplacePriorities(point.FirstStep, point.Priorities.Span);
        _state.Sampled = point.Sampled;
        _state.MaxPriority = point.MaxPriority;
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

    /// <summary>
    /// Compares the newest observations with their checksums, and cuts off the log where they begin to differ.
    /// </summary>
    /// <returns>Number of blocks that stay.</returns>
    private int CheckNewest(List<LoggedBlock> blocks)
    {
        if (blocks.Count == 0)
        {
            return 0;
        }

        var observation = new byte[Manifest.Spec.ObservationBytes];
        var count = Math.Min(CheckedRecords, Manifest.Spec.Slots - TableSpec.MaxBlockRecords);
        var from = Math.Max(_state.FirstKept, blocks[^1].End - count);
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
        // The observations of the blocks that are cut off may have reached the ring all the same.
        _state.FirstKept = Math.Max(
            _state.FirstKept, blocks[^1].End - (Manifest.Spec.Slots - TableSpec.MaxBlockRecords));
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
