using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace DqnAspire.Replay.Storage.Embedded;

/// <summary>
/// The ring of observations: <c>frames.bin</c>, a slot of fixed size each, sparse until it is written. It is written with
/// plain writes, which report a full disk where a mapped page would end the process, and read through a mapping. The mapping
/// is made anew when the pages that were touched come to the limit: the process lets go of them, and those that the
/// operating system still has in its cache come back without the disk.
/// </summary>
internal sealed unsafe class FrameFile : IDisposable
{
    public const string FileName = "frames.bin";

    // What one page fault may bring in: Linux maps up to this much around it.
    private const int WindowBits = 16;

    private readonly string _path;
    private readonly int _observationBytes;
    private readonly int _slots;
    private readonly long _residentLimit;
    private readonly SafeFileHandle _handle;
    private readonly MemoryMappedFile _file;
    private readonly ulong[] _touched;
    private MemoryMappedViewAccessor _view;
    private byte* _start;
    private long _residentBytes;

    private FrameFile(string path, SafeFileHandle handle, TableSpec spec, long residentLimit)
    {
        _path = path;
        _observationBytes = spec.ObservationBytes;
        _slots = spec.Slots;
        _residentLimit = residentLimit;
        _handle = handle;
        _file = MemoryMappedFile.CreateFromFile(handle, null, Length(spec), MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        _touched = new ulong[(Length(spec) >> (WindowBits + 6)) + 1];
        _view = Map();
    }

    public long ResidentBytes => _residentBytes;

    public long Hits { get; private set; }

    public long Reads { get; private set; }

    /// <summary>Makes an empty ring.</summary>
    public static void Create(string directory, TableSpec spec)
    {
        using var handle = File.OpenHandle(Path.Combine(directory, FileName), FileMode.CreateNew, FileAccess.Write, FileShare.None);
        RandomAccess.SetLength(handle, Length(spec));
    }

    /// <summary>Opens a ring, for this process alone.</summary>
    public static FrameFile Open(string directory, TableSpec spec, long residentLimit)
    {
        var path = Path.Combine(directory, FileName);
        // Nobody else opens it meanwhile, so no two writers ever share a table. Random access: no reading ahead.
        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, FileOptions.RandomAccess);
        try
        {
            return RandomAccess.GetLength(handle) == Length(spec)
                ? new FrameFile(path, handle, spec, residentLimit)
                : throw new ReplayStoreException($"{path} has {RandomAccess.GetLength(handle):N0} bytes where {Length(spec):N0} were expected.");
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

    /// <summary>Copies a record's observation out of the mapping.</summary>
    public void Read(long record, Span<byte> observation)
    {
        var offset = record % _slots * _observationBytes;
        Reads++;
        if (!Touch(offset, offset + _observationBytes - 1))
        {
            Hits++;
        }

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
        Unmap();
        _file.Dispose();
        _handle.Dispose();
    }

    private static long Length(TableSpec spec) => (long)spec.Slots * spec.ObservationBytes;

    /// <summary>Counts the windows of a range that come into memory now; false when all were there.</summary>
    private bool Touch(long first, long last)
    {
        var isNew = false;
        for (var window = first >> WindowBits; window <= last >> WindowBits; window++)
        {
            ref var bits = ref _touched[window >> 6];
            if ((bits & (1UL << (int)window)) != 0)
            {
                continue;
            }

            if (_residentBytes + (1 << WindowBits) > _residentLimit && _residentBytes > 0)
            {
                Unmap();
                Array.Clear(_touched);
                _residentBytes = 0;
                _view = Map();
            }

            bits |= 1UL << (int)window;
            _residentBytes += 1 << WindowBits;
            isNew = true;
        }

        return isNew;
    }

    private MemoryMappedViewAccessor Map()
    {
        var view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        return view;
    }

    private void Unmap()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
    }
}
