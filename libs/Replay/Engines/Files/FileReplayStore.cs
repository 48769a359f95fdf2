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
    private readonly string _directory;
    private readonly FileStoreOptions _options;
    private readonly CachedFrames _frames;
    private readonly RecordLog _log;
    private readonly StateFile _state;
    private readonly StoreUse _use;
    // Set by BeginCopy, cleared by the copy's own thread: read and written with Volatile.
    private FolderCopy? _copy;
    private long _first;
    private long _end;
    private bool _isHalfRewound;

    private FileReplayStore(string directory, TableManifest manifest, FileStoreOptions options)
    {
        _directory = directory;
        _use = new StoreUse(directory);
        _options = options;
        Manifest = manifest;
        var frames = FrameFile.Open(directory, manifest.Spec);
        try
        {
            _state = StateFile.Open(directory, manifest.Spec);
        }
        catch
        {
            frames.Dispose();
            throw;
        }

        _log = new RecordLog(directory, manifest.Spec);
        _frames = new CachedFrames(
            frames, new FrameCache(manifest.Spec, options.ResidentBytes), manifest.Spec.ObservationBytes);
    }

    /// <inheritdoc/>
    public TableManifest Manifest { get; private set; }

    /// <inheritdoc/>
    public bool IsDurable => true;

    /// <inheritdoc/>
    public long MemoryBytes => _frames.MemoryBytes;

    /// <inheritdoc/>
    public (long Hits, long Reads) CacheUse => _frames.Use;

    /// <inheritdoc/>
    public long Sampled
    {
        get => _state.Sampled;
        set
        {
            _use.ThrowIfEnded();
            try
            {
                _state.Sampled = value;
            }
            catch (Exception e) when (StoreUse.IsFailure(e))
            {
                throw _use.Explain("written", e);
            }
        }
    }

    /// <inheritdoc/>
    public float MaxPriority
    {
        get => _state.MaxPriority;
        set
        {
            _use.ThrowIfEnded();
            try
            {
                _state.MaxPriority = value;
            }
            catch (Exception e) when (StoreUse.IsFailure(e))
            {
                throw _use.Explain("written", e);
            }
        }
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
            throw new ReplayStoreException($"{directory} holds a table already.", StoreProblem.Refused);
        }

        var missing = TableFolder.FindMissing(directory);
        FileReplayStore? store = null;
        try
        {
            StoreErrors.Guard(directory, "made", _ =>
            {
                TableFolder.Prepare(directory);
                FrameFile.Create(directory, manifest.Spec);
                StateFile.Create(directory, manifest.Spec);
                store = new FileReplayStore(directory, manifest, options);
            });
            // A folder is a table from the moment it has this, and everything else has succeeded by then.
            ManifestFile.Save(directory, manifest);
            return store!;
        }
        catch
        {
            store?.Dispose();
            TableFolder.Discard(directory, missing);
            throw;
        }
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
        TableFolder.RemoveFiles(directory);
        TableFolder.RemoveIfEmpty(directory);
    });

    /// <inheritdoc/>
    public ValueTask SaveLimitsAsync(RateLimits limits, CancellationToken cancellationToken)
    {
        _use.ThrowIfEnded();
        var manifest = Manifest with { Limits = limits };
        ManifestFile.Save(_directory, manifest);
        Manifest = manifest;
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
        _use.ThrowIfEnded();
        if (_isHalfRewound)
        {
            throw new ReplayStoreException(
                $"{_directory} is rewound to a mark only in part; the rewind is completed when it is opened again.",
                StoreProblem.Refused);
        }

        var width = Manifest.Spec.ObservationBytes;
        for (var i = 0; i < records.Length; i++)
        {
            records.Span[i].Checksum = Crc32C.Of(observations.Span.Slice(i * width, width));
        }

        Volatile.Read(ref _copy)?.CopyThrough(first + records.Length - Manifest.Spec.Slots);
        try
        {
            _frames.Write(first, observations.Span, _options.FlushToDisk);
            _log.Commit(first, records.Span, _options.FlushToDisk);
        }
        catch (Exception e) when (StoreUse.IsFailure(e))
        {
            throw _use.Explain("written; nothing of the block was added", e);
        }

        _frames.Keep(first, observations.Span);
        _end = first + records.Length;
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ReadAsync(ReadOnlyMemory<ObservationRead> reads, CancellationToken cancellationToken)
    {
        _use.ThrowIfEnded();
        try
        {
            _frames.Read(reads.Span);
        }
        catch (Exception e) when (StoreUse.IsFailure(e))
        {
            throw _use.Explain("read", e);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask SavePrioritiesAsync(
        ReadOnlyMemory<long> steps, ReadOnlyMemory<float> priorities, CancellationToken cancellationToken)
    {
        _use.ThrowIfEnded();
        try
        {
            _state.SetPriorities(steps.Span, priorities.Span);
        }
        catch (Exception e) when (StoreUse.IsFailure(e))
        {
            throw _use.Explain("written", e);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListMarksAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(StoreErrors.Read(_directory, "read", MarkFiles.List));

    /// <inheritdoc/>
    public ValueTask SaveMarkAsync(string name, ReadOnlyMemory<byte> mark, CancellationToken cancellationToken)
    {
        _use.ThrowIfEnded();
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
        _use.ThrowIfEnded();
        ThrowIfCopied();
        StoreErrors.Guard(
            _directory, "written; it was not rewound", path => RewindFile.Save(path, point, _options.FlushToDisk));
        _isHalfRewound = true;
        try
        {
            FollowRewind(point);
        }
        catch (Exception e) when (StoreUse.IsFailure(e))
        {
            throw _use.Explain("written", e);
        }

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
            throw new ReplayStoreException($"{_directory} is being copied already.", StoreProblem.Refused);
        }

        _use.ThrowIfEnded();

        var first = Math.Max(_first, _end - Manifest.Spec.Slots + TableSpec.MaxBlockRecords);
        var copy = new FolderCopy(
            directory,
            Manifest,
            _frames.File,
            StoreErrors.Read(_directory, "read", _ => _log.OpenFiles()),
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
        if (!_use.Close())
        {
            return;
        }

        Volatile.Read(ref _copy)?.Stop();
        _state.Dispose();
        _log.Dispose();
        _frames.Dispose();
    }

    private void ThrowIfCopied()
    {
        if (Volatile.Read(ref _copy) is not null)
        {
            throw new ReplayMarkException(
                $"{_directory} is being copied; it can be rewound when the copy is complete.");
        }
    }

    private List<RecordRun> Recover()
    {
        if (RewindFile.Load(_directory) is { } point)
        {
            FollowRewind(point);
        }

        (_first, _end, var runs) = new FileRecovery(Manifest.Spec, _frames.File, _state, _log).Recover();
        return runs;
    }

    /// <summary>Does what the rewind file says, or the rest of it when an earlier process was interrupted.</summary>
    private void FollowRewind(RewindPoint point)
    {
        _frames.Forget();
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
}
