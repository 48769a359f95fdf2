using DqnAspire.Replay.Storage;
using Microsoft.Win32.SafeHandles;

namespace DqnAspire.Replay.Engines.Files;

/// <summary>
/// The ring of observations: <c>frames.bin</c>, slots of a fixed size, sparse until they are written. It is read and
/// written by calls, never through a mapping: a page of a mapping that a full disk, a failing one or a shortened file
/// does not have ends the process.
/// </summary>
internal sealed class FrameFile : IDisposable
{
    public const string FileName = "frames.bin";

    private readonly string _path;
    private readonly int _observationBytes;
    private readonly int _slots;
    private readonly long _length;
    private readonly SafeFileHandle _handle;

    private FrameFile(string path, SafeFileHandle handle, TableSpec spec)
    {
        _path = path;
        _observationBytes = spec.ObservationBytes;
        _slots = spec.Slots;
        _length = Length(spec);
        _handle = handle;
    }

    /// <summary>Makes an empty ring.</summary>
    public static void Create(string directory, TableSpec spec)
    {
        using var handle = File.OpenHandle(
            Path.Combine(directory, FileName), FileMode.CreateNew, FileAccess.Write, FileShare.None);
        RandomAccess.SetLength(handle, Length(spec));
    }

    /// <summary>Opens a ring, for this process alone.</summary>
    public static FrameFile Open(string directory, TableSpec spec)
    {
        var path = Path.Combine(directory, FileName);
        // No other process can open it, so two writers never share a table. Random access: the system does not read
        // ahead.
        var handle = File.OpenHandle(
            path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, FileOptions.RandomAccess);
        try
        {
            var file = new FrameFile(path, handle, spec);
            file.ThrowIfChanged();
            return file;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Writes observations of consecutive records.</summary>
    /// <exception cref="ReplayStoreException">The file has another length than it was made with.</exception>
    public void Write(long first, ReadOnlySpan<byte> observations)
    {
        // A write would fill a file that was shortened with zeros, which a read could not tell from observations.
        ThrowIfChanged();
        var count = observations.Length / _observationBytes;
        var slot = (int)(first % _slots);
        var untilEnd = Math.Min(count, _slots - slot);
        RandomAccess.Write(_handle, observations[..(untilEnd * _observationBytes)], (long)slot * _observationBytes);
        if (untilEnd < count)
        {
            RandomAccess.Write(_handle, observations[(untilEnd * _observationBytes)..], 0);
        }
    }

    /// <summary>Reads consecutive records.</summary>
    /// <returns>How many were read: up to the ring's end, at most as many as there is room for.</returns>
    /// <exception cref="ReplayStoreException">The file is too short.</exception>
    public int ReadRun(long first, int count, Span<byte> observations)
    {
        var slot = (int)(first % _slots);
        count = Math.Min(Math.Min(count, _slots - slot), observations.Length / _observationBytes);
        var wanted = observations[..(count * _observationBytes)];
        var offset = (long)slot * _observationBytes;
        while (!wanted.IsEmpty)
        {
            var read = RandomAccess.Read(_handle, wanted, offset);
            if (read == 0)
            {
                throw new ReplayStoreException($"{_path} ends in the middle of a record.", StoreProblem.Damaged);
            }

            wanted = wanted[read..];
            offset += read;
        }

        return count;
    }

    public void Flush() => RandomAccess.FlushToDisk(_handle);

    public void Dispose() => _handle.Dispose();

    private static long Length(TableSpec spec) => (long)spec.Slots * spec.ObservationBytes;

    private void ThrowIfChanged()
    {
        var length = RandomAccess.GetLength(_handle);
        if (length != _length)
        {
            throw new ReplayStoreException(
                $"{_path} has {length:N0} bytes where {_length:N0} were expected.", StoreProblem.Damaged);
        }
    }
}
