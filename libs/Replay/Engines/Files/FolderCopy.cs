using DqnAspire.Replay.Storage;
using Microsoft.Win32.SafeHandles;

namespace DqnAspire.Replay.Engines.Files;

/// <summary>
/// A copy of a table in files, made while the table is in use: the ring is copied ahead of the appends.
/// </summary>
internal sealed class FolderCopy : IStoreCopy
{
    // Copied at once. An append that has to wait for a run waits well under a millisecond.
    private const int RunBytes = 1 << 18;

    // Guards the copying of runs: _target, _failure, _stopped, _next, Bytes and _buffer. The copy's own thread and
    // the appends that overtake it share them.
    private readonly Lock _lock = new();
    private readonly string _directory;
    private readonly TableManifest _manifest;
    private readonly FrameFile _frames;
    private readonly List<(string Name, SafeFileHandle Handle, long Length)> _logs;
    private readonly byte[] _state;
    private readonly Action _ended;
    private readonly byte[] _buffer;
    private readonly int _runRecords;
    private FrameFile? _target;
    private Exception? _failure;
    private bool _stopped;
    private bool _isUrgent;
    private long _next;

    internal FolderCopy(
        string directory,
        TableManifest manifest,
        FrameFile frames,
        List<(string Name, SafeFileHandle Handle, long Length)> logs,
        byte[] state,
        long first,
        long end,
        Action ended)
    {
        _directory = directory;
        _manifest = manifest;
        _frames = frames;
        _logs = logs;
        _state = state;
        _ended = ended;
        _next = first;
        End = end;
        _runRecords = Math.Max(1, RunBytes / manifest.Spec.ObservationBytes);
        _buffer = new byte[_runRecords * manifest.Spec.ObservationBytes];
    }

    /// <inheritdoc/>
    public long End { get; }

    /// <inheritdoc/>
    public long Bytes { get; private set; }

    /// <inheritdoc/>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.Run(() => Run(cancellationToken), CancellationToken.None);

    private void Run(CancellationToken cancellationToken)
    {
        var isComplete = false;
        try
        {
            // A table without records has a ring, too.
            lock (_lock)
            {
                StoreErrors.Guard(_directory, "made", _ => _target ??= CreateTarget());
            }

            while (CopyRun(End))
            {
                cancellationToken.ThrowIfCancellationRequested();
                // Without a pause this thread would take the lock again before an append that waits for it.
                SpinWait.SpinUntil(() => !Volatile.Read(ref _isUrgent));
            }

            if (_failure is { } failure)
            {
                throw new ReplayStoreException($"{_directory} cannot be written: {failure.Message}", failure);
            }

            if (_stopped)
            {
                throw new ReplayStoreException(
                    $"{_directory} was not completed: its table was closed.", StoreProblem.Refused);
            }

            StoreErrors.Guard(_directory, "written", _ => CopyRest());
            // Not flushed: while a file system writes a gigabyte to the disk, other appends wait.
            ManifestFile.Save(_directory, _manifest, flush: false);
            isComplete = true;
        }
        finally
        {
            _ended();
            CloseFiles(isComplete);
        }
    }

    /// <summary>Copies the observations before a record, because an append is about to overwrite them.</summary>
    internal void CopyThrough(long end)
    {
        end = Math.Min(end, End);
        if (Volatile.Read(ref _next) >= end)
        {
            return;
        }

        Volatile.Write(ref _isUrgent, true);
        while (CopyRun(end))
        {
        }

        Volatile.Write(ref _isUrgent, false);
    }

    /// <summary>Ends the copy, because the table is closed.</summary>
    internal void Stop()
    {
        lock (_lock)
        {
            _stopped = true;
        }
    }

    private bool CopyRun(long end)
    {
        lock (_lock)
        {
            if (_next >= end || _failure is not null || _stopped)
            {
                return false;
            }

            try
            {
                _target ??= CreateTarget();
                var count = _frames.ReadRun(_next, (int)Math.Min(_runRecords, end - _next), _buffer);
                var bytes = _buffer.AsSpan(0, count * _manifest.Spec.ObservationBytes);
                _target.Write(_next, bytes);
                Volatile.Write(ref _next, _next + count);
                Bytes += bytes.Length;
            }
            catch (Exception e) when (StoreErrors.IsFileError(e) || e is ReplayStoreException)
            {
                // An append must not fail because a copy does.
                _failure = e;
            }

            return _next < end && _failure is null;
        }
    }

    private void CopyRest()
    {
        foreach (var (name, handle, length) in _logs)
        {
            using var file = File.OpenHandle(
                Path.Combine(_directory, name), FileMode.Create, FileAccess.Write, FileShare.None);
            for (long offset = 0; offset < length;)
            {
                var read = RandomAccess.Read(
                    handle, _buffer.AsSpan(0, (int)Math.Min(_buffer.Length, length - offset)), offset);
                if (read == 0)
                {
                    throw new ReplayStoreException($"{name} became shorter while it was copied.", StoreProblem.Damaged);
                }

                RandomAccess.Write(file, _buffer.AsSpan(0, read), offset);
                offset += read;
            }

            Bytes += length;
        }

        File.WriteAllBytes(Path.Combine(_directory, StateFile.FileName), _state);
        Bytes += _state.Length;
    }

    private FrameFile CreateTarget()
    {
        TableFolder.Prepare(_directory);
        FrameFile.Create(_directory, _manifest.Spec);
        return FrameFile.Open(_directory, _manifest.Spec);
    }

    private void CloseFiles(bool isComplete)
    {
        foreach (var (_, handle, _) in _logs)
        {
            handle.Dispose();
        }

        lock (_lock)
        {
            _target?.Dispose();
        }

        if (!isComplete)
        {
            TableFolder.Discard(_directory, []);
        }
    }
}
