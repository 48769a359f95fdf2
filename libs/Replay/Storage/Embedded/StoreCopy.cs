using Microsoft.Win32.SafeHandles;

namespace DqnAspire.Replay.Storage.Embedded;

/// <summary>A copy of a table that is being made while the table is in use. It is a table's folder itself.</summary>
public sealed class StoreCopy
{
    // About 0.4 MiB of Atari frames: an append that has to wait for one run waits well under a millisecond.
    private const int RunRecords = 64;

    private readonly Lock _lock = new();
    private readonly string _directory;
    private readonly TableManifest _manifest;
    private readonly FrameFile _frames;
    private readonly List<(string Name, SafeFileHandle Handle, long Length)> _logs;
    private readonly byte[] _state;
    private readonly Action _ended;
    private readonly byte[] _buffer;
    private FrameFile? _target;
    private Exception? _failure;
    private bool _stopped;
    private long _next;

    internal StoreCopy(
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
        _buffer = new byte[RunRecords * manifest.Spec.ObservationBytes];
        try
        {
            EmbeddedReplayStore.CreateFiles(directory, manifest.Spec);
            StoreErrors.Guard(directory, "opened", _ => _target = FrameFile.Open(directory, manifest.Spec, 1 << 20));
        }
        catch
        {
            CloseLogs();
            throw;
        }
    }

    /// <summary>Records that the copy holds: all before this one.</summary>
    public long End { get; }

    /// <summary>Bytes written so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>Copies; when this returns, the folder is a table.</summary>
    /// <exception cref="ReplayStoreException">It could not be written, or the table was closed; the folder is not a table then.</exception>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public void Run(CancellationToken cancellationToken)
    {
        try
        {
            while (CopyRun(End))
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (_failure is { } failure)
            {
                throw new ReplayStoreException($"{_directory} cannot be written: {failure.Message}", failure);
            }

            if (_stopped)
            {
                throw new ReplayStoreException($"{_directory} was not completed: its table was closed.");
            }

            StoreErrors.Guard(_directory, "written", _ =>
            {
                CopyRest();
                _target!.Flush();
            });
            _manifest.Save(_directory);
        }
        finally
        {
            _ended();
            _target!.Dispose();
            CloseLogs();
        }
    }

    /// <summary>Makes sure that observations before a record are copied, because they are about to be overwritten.</summary>
    internal void CopyThrough(long end)
    {
        while (CopyRun(Math.Min(end, End)))
        {
        }
    }

    /// <summary>The table goes away; what is not copied yet cannot be.</summary>
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
                var count = _frames.ReadRun(_next, (int)Math.Min(RunRecords, end - _next), _buffer);
                var bytes = _buffer.AsSpan(0, count * _manifest.Spec.ObservationBytes);
                _target!.Write(_next, bytes);
                _next += count;
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
            using var file = File.OpenHandle(Path.Combine(_directory, name), FileMode.Create, FileAccess.Write, FileShare.None);
            for (long offset = 0; offset < length;)
            {
                var read = RandomAccess.Read(handle, _buffer.AsSpan(0, (int)Math.Min(_buffer.Length, length - offset)), offset);
                if (read == 0)
                {
                    throw new ReplayStoreException($"{name} became shorter while it was copied.");
                }

                RandomAccess.Write(file, _buffer.AsSpan(0, read), offset);
                offset += read;
            }

            Bytes += length;
        }

        File.WriteAllBytes(Path.Combine(_directory, StateFile.FileName), _state);
        Bytes += _state.Length;
    }

    private void CloseLogs()
    {
        foreach (var (_, handle, _) in _logs)
        {
            handle.Dispose();
        }
    }
}
