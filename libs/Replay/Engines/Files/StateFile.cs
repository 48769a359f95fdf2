using System.Runtime.InteropServices;
using DqnAspire.Replay.Storage;
using Microsoft.Win32.SafeHandles;

namespace DqnAspire.Replay.Engines.Files;

/// <summary>
/// Counters and changed priorities: <c>state.bin</c>, and a copy of it in memory, which answers all reads. Each number
/// has eight bytes that are written at once, so that a process that is killed leaves every number old or new. A
/// priority is stored with the low half of its transition's number, which tells it from one that an earlier transition
/// left in the same place.
/// </summary>
internal sealed class StateFile : IDisposable
{
    public const string FileName = "state.bin";

    // The file is an array of words of eight bytes. The header: magic, format, the three counters, three unused.
    private const int HeaderWords = 8;
    private const int SampledWord = 2;
    private const int MaxPriorityWord = 3;
    private const int FirstKeptWord = 4;

    // Words between two that are written which cost less than another call.
    private const int BridgedWords = 1024;

    private static readonly long Magic = BitConverter.ToInt64("DQNSTATE"u8);

    private readonly string _path;
    private readonly SafeFileHandle _handle;
    private readonly int _capacity;
    private readonly int _length;
    private long[]? _words;
    private int[] _changed = [];

    private StateFile(string path, SafeFileHandle handle, TableSpec spec)
    {
        (_path, _handle) = (path, handle);
        _capacity = spec.Capacity;
        _length = Length(spec);
    }

    public long Sampled
    {
        get => Words[SampledWord];
        set => Set(SampledWord, value);
    }

    public float MaxPriority
    {
        get => BitConverter.Int32BitsToSingle((int)Words[MaxPriorityWord]);
        set
        {
            if (MaxPriority != value)
            {
                Set(MaxPriorityWord, BitConverter.SingleToInt32Bits(value));
            }
        }
    }

    /// <summary>
    /// Records before this one were overwritten by records that a rewind dropped; 0 when there are none.
    /// </summary>
    public long FirstKept
    {
        get => Words[FirstKeptWord];
        set => Set(FirstKeptWord, value);
    }

    /// <summary>The file in memory, which is read when it is first needed.</summary>
    private long[] Words => _words ??= Load();

    /// <summary>Bytes of memory that a table's state takes.</summary>
    public static long MemoryBytes(TableSpec spec) => (long)Length(spec) * sizeof(long);

    /// <summary>
    /// Makes an empty state. The file is written in full, so that no change of it ever meets a full disk.
    /// </summary>
    public static void Create(string directory, TableSpec spec)
    {
        using var stream = new FileStream(
            Path.Combine(directory, FileName), FileMode.CreateNew, FileAccess.Write, FileShare.None);
        var words = new long[HeaderWords];
        words[0] = Magic;
        words[1] = TableManifest.Format;
        stream.Write(MemoryMarshal.AsBytes(words.AsSpan()));
        var zeros = new byte[1 << 16];
        for (var left = MemoryBytes(spec) - (HeaderWords * sizeof(long)); left > 0; left -= zeros.Length)
        {
            stream.Write(zeros, 0, (int)Math.Min(left, zeros.Length));
        }
    }

    public static StateFile Open(string directory, TableSpec spec)
    {
        var path = Path.Combine(directory, FileName);
        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            var file = new StateFile(path, handle, spec);
            file.CheckHeader();
            return file;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public float? Priority(long step)
    {
        var word = Words[Place(step)];
        return (int)(word >> 32) == Tag(step) ? BitConverter.Int32BitsToSingle((int)word) : null;
    }

    /// <summary>Changes priorities.</summary>
    /// <param name="steps">Numbers of the transitions.</param>
    /// <param name="priorities">One each.</param>
    public void SetPriorities(ReadOnlySpan<long> steps, ReadOnlySpan<float> priorities)
    {
        if (steps.IsEmpty)
        {
            return;
        }

        ThrowIfChanged();
        if (_changed.Length < steps.Length)
        {
            _changed = new int[steps.Length];
        }

        for (var i = 0; i < steps.Length; i++)
        {
            _changed[i] = Enter(steps[i], priorities[i]);
        }

        var changed = _changed.AsSpan(0, steps.Length);
        changed.Sort();
        for (var i = 0; i < changed.Length;)
        {
            var first = changed[i];
            var last = first;
            for (; i < changed.Length && changed[i] - last <= BridgedWords; i++)
            {
                last = changed[i];
            }

            Write(first, last + 1 - first);
        }
    }

    /// <summary>Clears the priority of a transition whose number will be used again.</summary>
    public void ClearPriority(long step) => Set(Place(step), 0);

    /// <summary>Makes these the only priorities.</summary>
    /// <param name="firstStep">Number of the transition that the first belongs to; the others follow.</param>
    /// <param name="priorities">At most as many as the table's capacity.</param>
    public void ReplacePriorities(long firstStep, ReadOnlySpan<float> priorities)
    {
        ThrowIfChanged();
        Words.AsSpan(HeaderWords).Clear();
        for (var i = 0; i < priorities.Length; i++)
        {
            Enter(firstStep + i, priorities[i]);
        }

        Write(HeaderWords, _length - HeaderWords);
    }

    /// <summary>Copies the file as it is now.</summary>
    public byte[] Copy() => MemoryMarshal.AsBytes(Words.AsSpan()).ToArray();

    public void Flush() => RandomAccess.FlushToDisk(_handle);

    public void Dispose() => _handle.Dispose();

    // No transition has the tag 0.
    private static int Tag(long step) => unchecked((int)(step + 1));

    private static int Length(TableSpec spec) => HeaderWords + (spec.PriorityExponent > 0 ? spec.Capacity : 0);

    private int Place(long step) => HeaderWords + (int)(step % _capacity);

    private int Enter(long step, float priority)
    {
        var place = Place(step);
        Words[place] = ((long)Tag(step) << 32) | (uint)BitConverter.SingleToInt32Bits(priority);
        return place;
    }

    private void Set(int word, long value)
    {
        ThrowIfChanged();
        Words[word] = value;
        Write(word, 1);
    }

    private void Write(int word, int count) =>
        RandomAccess.Write(
            _handle, MemoryMarshal.AsBytes(Words.AsSpan(word, count)), (long)word * sizeof(long));

    private void CheckHeader()
    {
        var header = new long[HeaderWords];
        var read = RandomAccess.Read(_handle, MemoryMarshal.AsBytes(header.AsSpan()), 0);
        if (read < HeaderWords * sizeof(long) || header[0] != Magic)
        {
            throw new ReplayStoreException($"{_path} is not this table's state.", StoreProblem.Damaged);
        }

        if ((int)header[1] != TableManifest.Format)
        {
            throw new ReplayStoreException(
                $"{_path} is of format {(int)header[1]}; this program reads format {TableManifest.Format}.",
                StoreProblem.Damaged);
        }

        ThrowIfChanged();
    }

    private long[] Load()
    {
        var words = new long[_length];
        var left = MemoryMarshal.AsBytes(words.AsSpan());
        for (var offset = 0L; !left.IsEmpty;)
        {
            // A span of bytes is longer than one call reads.
            var read = RandomAccess.Read(_handle, left[..Math.Min(left.Length, 1 << 24)], offset);
            if (read == 0)
            {
                throw new ReplayStoreException($"{_path} became shorter while it was read.", StoreProblem.Damaged);
            }

            left = left[read..];
            offset += read;
        }

        return words;
    }

    private void ThrowIfChanged()
    {
        var length = RandomAccess.GetLength(_handle);
        if (length != (long)_length * sizeof(long))
        {
            throw new ReplayStoreException(
                $"{_path} has {length:N0} bytes where {(long)_length * sizeof(long):N0} were expected.",
                StoreProblem.Damaged);
        }
    }
}
