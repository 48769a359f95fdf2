using System.Runtime.InteropServices;
using DqnAspire.Replay.Storage;

namespace DqnAspire.Replay.Engines.Files;

/// <summary>
/// The observations of a table: the ring in its file, and those of them that this process keeps. One append may run
/// beside reads.
/// </summary>
/// <param name="file">The ring; this owns it.</param>
/// <param name="cache">What the process keeps.</param>
/// <param name="observationBytes">Bytes of an observation.</param>
internal sealed class CachedFrames(FrameFile file, FrameCache cache, int observationBytes) : IDisposable
{
    // Guards cache, which an append and a read use at once. Held while observations are copied in memory, never while
    // the file is read or written.
    private readonly Lock _lock = new();
    private ObservationRead[] _missing = [];
    private int _missingCount;
    private long _hits;
    private long _reads;

    /// <summary>Bytes of memory that observations take now.</summary>
    public long MemoryBytes => cache.Bytes;

    /// <summary>Observations that were found in memory, and all that were read.</summary>
    public (long Hits, long Reads) Use => (_hits, _reads);

    /// <summary>The ring without what is kept of it, so that copying a table leaves memory alone.</summary>
    public FrameFile File => file;

    /// <summary>Writes observations of consecutive records.</summary>
    public void Write(long first, ReadOnlySpan<byte> observations, bool flush)
    {
        file.Write(first, observations);
        if (flush)
        {
            file.Flush();
        }
    }

    /// <summary>Keeps observations that were written and committed.</summary>
    public void Keep(long first, ReadOnlySpan<byte> observations)
    {
        for (var i = 0; i < observations.Length / observationBytes; i++)
        {
            lock (_lock)
            {
                cache.Put(first + i, observations.Slice(i * observationBytes, observationBytes));
            }
        }
    }

    /// <summary>Forgets what is kept, because the numbers of records are used again.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            cache.Clear();
        }
    }

    /// <summary>Copies observations.</summary>
    public void Read(ReadOnlySpan<ObservationRead> reads)
    {
        _missingCount = 0;
        lock (_lock)
        {
            foreach (ref readonly var read in reads)
            {
                if (!cache.TryRead(read.Record, read.Destination.Span))
                {
                    Miss(read);
                }
            }
        }

        _reads += reads.Length;
        _hits += reads.Length - _missingCount;
        for (var i = 0; i < _missingCount;)
        {
            i += ReadRun(_missing.AsSpan(i, _missingCount - i));
        }
    }

    public void Dispose() => file.Dispose();

    private void Miss(in ObservationRead read)
    {
        if (_missingCount == _missing.Length)
        {
            Array.Resize(ref _missing, Math.Max(64, 2 * _missing.Length));
        }

        _missing[_missingCount++] = read;
    }

    /// <summary>
    /// Reads the first of some observations, and those after it that lie before it both in the ring and in memory: a
    /// stack is asked for from its newest observation back, and a lane that is alone has its stacks in one piece.
    /// </summary>
    /// <returns>How many were read.</returns>
    private int ReadRun(ReadOnlySpan<ObservationRead> reads)
    {
        MemoryMarshal.TryGetArray<byte>(reads[0].Destination, out var oldest);
        var count = 1;
        while (count < reads.Length
            && reads[count].Record == reads[count - 1].Record - 1
            && MemoryMarshal.TryGetArray<byte>(reads[count].Destination, out var next)
            && next.Array == oldest.Array && next.Offset == oldest.Offset - observationBytes)
        {
            oldest = next;
            count++;
        }

        var first = reads[count - 1].Record;
        var run = count == 1
            ? reads[0].Destination.Span : oldest.Array.AsSpan(oldest.Offset, count * observationBytes);
        // The ring's end may lie within.
        var before = file.ReadRun(first, count, run);
        if (before < count)
        {
            file.ReadRun(first + before, count - before, run[(before * observationBytes)..]);
        }

        lock (_lock)
        {
            for (var i = 0; i < count; i++)
            {
                cache.Fill(first + i, run.Slice(i * observationBytes, observationBytes));
            }
        }

        return count;
    }
}
