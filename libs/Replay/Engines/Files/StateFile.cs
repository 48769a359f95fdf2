using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using DqnAspire.Replay.Storage;

namespace DqnAspire.Replay.Engines.Files;

/// <summary>
/// Counters and changed priorities: <c>state.bin</c>, mapped. Each number has eight bytes that are written at once, so
/// that a process that is killed leaves every number old or new. A priority is stored with the low half of its
/// transition's number, which tells it from one that an earlier transition left in the same place.
/// </summary>
internal sealed unsafe class StateFile : IDisposable
{
    public const string FileName = "state.bin";

    private const int HeaderBytes = 64;
    private const int SampledOffset = 16;
    private const int MaxPriorityOffset = 24;
    private const int FirstKeptOffset = 32;

    private static readonly byte[] Magic = "DQNSTATE"u8.ToArray();

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private readonly int _capacity;
    private readonly long _length;

    private StateFile(string path, TableSpec spec)
    {
        _capacity = spec.Capacity;
        _length = Length(spec);
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, _length, MemoryMappedFileAccess.ReadWrite);
        _view = _file.CreateViewAccessor(0, _length, MemoryMappedFileAccess.ReadWrite);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    public long Sampled
    {
        get => Volatile.Read(ref Word(SampledOffset));
        set => Volatile.Write(ref Word(SampledOffset), value);
    }

    public float MaxPriority
    {
        get => BitConverter.Int32BitsToSingle((int)Volatile.Read(ref Word(MaxPriorityOffset)));
        set => Volatile.Write(ref Word(MaxPriorityOffset), BitConverter.SingleToInt32Bits(value));
    }

    /// <summary>
    /// Records before this one were overwritten by records that a rewind dropped; 0 when there are none.
    /// </summary>
    public long FirstKept
    {
        get => Volatile.Read(ref Word(FirstKeptOffset));
        set => Volatile.Write(ref Word(FirstKeptOffset), value);
    }

    /// <summary>
    /// Makes an empty state. The file is written in full, because a mapped page must never meet a full disk.
    /// </summary>
    public static void Create(string directory, TableSpec spec)
    {
        using var stream = new FileStream(
            Path.Combine(directory, FileName), FileMode.CreateNew, FileAccess.Write, FileShare.None);
        var header = new byte[HeaderBytes];
        Magic.CopyTo(header, 0);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), TableManifest.Format);
        stream.Write(header);
        var zeros = new byte[1 << 16];
        for (var left = Length(spec) - HeaderBytes; left > 0; left -= zeros.Length)
        {
            stream.Write(zeros, 0, (int)Math.Min(left, zeros.Length));
        }
    }

    public static StateFile Open(string directory, TableSpec spec)
    {
        var path = Path.Combine(directory, FileName);
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read))
        {
            var header = new byte[HeaderBytes];
            stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
            if (!header.AsSpan(0, Magic.Length).SequenceEqual(Magic) || stream.Length != Length(spec))
            {
                throw new ReplayStoreException($"{path} is not this table's state.");
            }

            var format = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(8));
            if (format != TableManifest.Format)
            {
                throw new ReplayStoreException(
                    $"{path} is of format {format}; this program reads format {TableManifest.Format}.");
            }
        }

        return new StateFile(path, spec);
    }

    public float? Priority(long step)
    {
        var word = Volatile.Read(ref Priorities(step));
        return (int)(word >> 32) == Tag(step) ? BitConverter.Int32BitsToSingle((int)word) : null;
    }

    public void SetPriority(long step, float priority) =>
        Volatile.Write(ref Priorities(step), ((long)Tag(step) << 32) | (uint)BitConverter.SingleToInt32Bits(priority));

    /// <summary>Clears the priority of a transition whose number will be used again.</summary>
    public void ClearPriority(long step) => Volatile.Write(ref Priorities(step), 0);

    /// <summary>Makes these the only priorities.</summary>
    /// <param name="firstStep">Number of the transition that the first belongs to; the others follow.</param>
    /// <param name="priorities">At most as many as the table's capacity.</param>
    public void ReplacePriorities(long firstStep, ReadOnlySpan<float> priorities)
    {
        new Span<byte>(_start + HeaderBytes, checked((int)(_length - HeaderBytes))).Clear();
        for (var i = 0; i < priorities.Length; i++)
        {
            SetPriority(firstStep + i, priorities[i]);
        }
    }

    /// <summary>Copies the file as it is now.</summary>
    public byte[] Copy() => new ReadOnlySpan<byte>(_start, checked((int)_length)).ToArray();

    public void Flush() => _view.Flush();

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    // No transition has the tag 0.
    private static int Tag(long step) => unchecked((int)(step + 1));

    private static long Length(TableSpec spec) =>
        HeaderBytes + (spec.PriorityExponent > 0 ? (long)spec.Capacity * sizeof(long) : 0);

    private ref long Priorities(long step) => ref Word(HeaderBytes + (step % _capacity * sizeof(long)));

    private ref long Word(long offset) => ref *(long*)(_start + offset);
}
