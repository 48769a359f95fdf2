using System.Runtime.InteropServices;
using DqnAspire.Core.Files;
using DqnAspire.Replay.Storage;
using StackExchange.Redis;

namespace DqnAspire.Replay.Redis;

/// <summary>
/// Observations that have to come from Redis: asked for together, neighbours in one range, and a record that is wanted
/// several times once only.
/// </summary>
/// <param name="keys">The table's keys.</param>
internal sealed class ColdReads(RedisKeys keys)
{
    // Bytes that cost less than another command.
    private const int BridgedGap = 4096;
    private const int MaxRange = 1 << 20;

    private readonly List<Wanted> _wanted = [];
    private readonly List<ByteRange> _ranges = [];

    /// <summary>Wants an observation.</summary>
    public void Add(in ObservationRead read, in RecordIndex.Place place) =>
        _wanted.Add(new Wanted(read.Record, read.Destination, place));

    /// <summary>Asks for all of them; the commands are sent before this returns.</summary>
    public Task<RedisValue[]> SendAsync(IDatabase database)
    {
        if (_ranges.Count == 0)
        {
            FindRanges();
        }

        var batch = database.CreateBatch();
        var answers = new Task<RedisValue>[_ranges.Count];
        for (var i = 0; i < answers.Length; i++)
        {
            var range = _ranges[i];
            answers[i] = batch.StringGetRangeAsync(
                keys.Frames(range.Segment), range.Offset, range.End - 1, RedisLink.Primary);
        }

        batch.Execute();
        return Task.WhenAll(answers);
    }

    /// <summary>Puts what has come where it is wanted.</summary>
    /// <param name="answers">What <see cref="SendAsync"/> gave.</param>
    /// <param name="decoded">Is told of each record once, with its observation.</param>
    /// <returns>Bytes that have come, and bytes of observations that came of them.</returns>
    /// <exception cref="ReplayStoreException">A record is not there, or not what was stored.</exception>
    public (long Bytes, long ObservationBytes) Decode(RedisValue[] answers, Action<long, ReadOnlySpan<byte>> decoded)
    {
        var (bytes, observationBytes) = (0L, 0L);
        for (var i = 0; i < answers.Length; i++)
        {
            var range = _ranges[i];
            ReadOnlyMemory<byte> answer = answers[i];
            bytes += answer.Length;
            for (var r = range.FirstRead; r < range.EndRead; r++)
            {
                var wanted = _wanted[r];
                if (r > range.FirstRead && _wanted[r - 1].Record == wanted.Record)
                {
                    _wanted[r - 1].Destination.CopyTo(wanted.Destination);
                    continue;
                }

                Decode(wanted, range, answer);
                observationBytes += wanted.Destination.Length;
                decoded(wanted.Record, wanted.Destination.Span);
            }
        }

        return (bytes, observationBytes);
    }

    private void Decode(in Wanted wanted, in ByteRange range, ReadOnlyMemory<byte> answer)
    {
        var offset = wanted.Place.Offset - range.Offset;
        if (answer.Length < offset + wanted.Place.Length)
        {
            throw new ReplayStoreException(
                $"Record {wanted.Record} of table '{keys.Name}' is not in Redis any more: another writer, or "
                + $"somebody's hand, removed key {keys.Frames(range.Segment)}.");
        }

        var stored = answer.Slice(offset, wanted.Place.Length);
        if (Crc32C.Of(stored.Span) != wanted.Place.Checksum
            || !FrameCodec.TryDecompress(stored, wanted.Destination.Span))
        {
            throw new ReplayStoreException(
                $"Record {wanted.Record} of table '{keys.Name}' is damaged in Redis: "
                + $"key {keys.Frames(range.Segment)}.");
        }
    }

    private void FindRanges()
    {
        _wanted.Sort(static (a, b) => a.Record.CompareTo(b.Record));
        for (var i = 0; i < _wanted.Count; i++)
        {
            var place = _wanted[i].Place;
            var end = place.Offset + place.Length;
            if (_ranges.Count > 0)
            {
                ref var last = ref CollectionsMarshal.AsSpan(_ranges)[^1];
                if (place.Segment == last.Segment && place.Offset <= last.End + BridgedGap
                    && end - last.Offset <= MaxRange)
                {
                    last = last with { End = end, EndRead = i + 1 };
                    continue;
                }
            }

            _ranges.Add(new ByteRange(place.Segment, place.Offset, end, i, i + 1));
        }
    }

    private readonly record struct Wanted(long Record, Memory<byte> Destination, RecordIndex.Place Place);

    /// <summary>What one command asks for.</summary>
    /// <param name="Segment">Names the key.</param>
    /// <param name="Offset">The first byte.</param>
    /// <param name="End">The byte after the last.</param>
    /// <param name="FirstRead">The first that is in it of what is wanted, in order of records.</param>
    /// <param name="EndRead">The one after the last.</param>
    private readonly record struct ByteRange(long Segment, int Offset, int End, int FirstRead, int EndRead);
}
