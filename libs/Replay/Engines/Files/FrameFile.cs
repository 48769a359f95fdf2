using System.IO.MemoryMappedFiles;
using DqnAspire.Replay.Storage;
using Microsoft.Win32.SafeHandles;

namespace DqnAspire.Replay.Engines.Files;

/// <summary>
/// The ring of observations: <c>frames.bin</c>, slots of a fixed size, sparse until they are written. Writes are plain
/// writes, which report a full disk where a mapped page would end the process. The part of the file that may be
/// resident is read through a mapping, the rest with plain reads, which copy from the operating system's cache and cost
/// a system call each.
/// </summary>
internal sealed unsafe class FrameFile : IDisposable
{
    public const string FileName = "frames.bin";

    private readonly string _path;
    private readonly int _observationBytes;
    private readonly int _slots;
    private readonly long _mappedBytes;
    private readonly SafeFileHandle _handle;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private long _slotsRead;

    private FrameFile(string path, SafeFileHandle handle, TableSpec spec, long residentBytes)
    {
        _path = path;
        _observationBytes = spec.ObservationBytes;
        _slots = spec.Slots;
        _handle = handle;
        _mappedBytes = Math.Clamp(residentBytes, 1, Length(spec));
        _file = MemoryMappedFile.CreateFromFile(
            handle, null, Length(spec), MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        _view = _file.CreateViewAccessor(0, _mappedBytes, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    /// <summary>Maximum of the mapping that can be resident, in bytes: as far as it was read.</summary>
    public long ResidentBytes => Math.Min(_mappedBytes, _slotsRead * _observationBytes);

    /// <summary>Records read through the mapping.</summary>
    public long Hits { get; private set; }

    /// <summary>Records read.</summary>
    public long Reads { get; private set; }

    /// <summary>Makes an empty ring.</summary>
    public static void Create(string directory, TableSpec spec)
    {
        using var handle = File.OpenHandle(
            Path.Combine(directory, FileName), FileMode.CreateNew, FileAccess.Write, FileShare.None);
        RandomAccess.SetLength(handle, Length(spec));
    }

    /// <summary>Opens a ring, for this process alone.</summary>
    public static FrameFile Open(string directory, TableSpec spec, long residentBytes)
    {
        var path = Path.Combine(directory, FileName);
        // No other process can open it, so two writers never share a table. Random access: the system does not read
        // ahead.
        var handle = File.OpenHandle(
            path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, FileOptions.RandomAccess);
        try
        {
            return RandomAccess.GetLength(handle) == Length(spec)
                ? new FrameFile(path, handle, spec, residentBytes)
                : throw new ReplayStoreException(
                    $"{path} has {RandomAccess.GetLength(handle):N0} bytes where {Length(spec):N0} were expected.");
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Writes observations of consecutive records.</summary>
    public void Write(long first, ReadOnlySpan<byte> observations)
    {
        var count = observations.Length / _observationBytes;
        var slot = (int)(first % _slots);
        var untilEnd = Math.Min(count, _slots - slot);
        RandomAccess.Write(_handle, observations[..(untilEnd * _observationBytes)], (long)slot * _observationBytes);
        if (untilEnd < count)
        {
            RandomAccess.Write(_handle, observations[(untilEnd * _observationBytes)..], 0);
        }
    }

    /// <summary>Copies a record's observation.</summary>
    public void Read(long record, Span<byte> observation)
    {
        var slot = record % _slots;
        Reads++;
        _slotsRead = Math.Max(_slotsRead, slot + 1);
        var offset = slot * _observationBytes;
        if (offset + _observationBytes > _mappedBytes)
        {
            ReadRun(record, 1, observation);
            return;
        }

        Hits++;
        new ReadOnlySpan<byte>(_start + offset, _observationBytes).CopyTo(observation);
    }

    /// <summary>Reads consecutive records without the mapping, so that copying a table leaves memory alone.</summary>
    /// <returns>How many were read: up to the ring's end, at most as many as there is room for.</returns>
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
                throw new ReplayStoreException($"{_path} ends in the middle of a record.");
            }

            wanted = wanted[read..];
            offset += read;
        }

        return count;
    }

    public void Flush() => RandomAccess.FlushToDisk(_handle);

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
        _handle.Dispose();
    }

    private static long Length(TableSpec spec) => (long)spec.Slots * spec.ObservationBytes;
}
