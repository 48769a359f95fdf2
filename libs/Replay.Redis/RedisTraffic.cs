using System.Diagnostics;

namespace DqnAspire.Replay.Redis;

/// <summary>What went to and fro between this process and Redis.</summary>
public sealed class RedisTraffic
{
    private long _roundTrips;
    private long _ticks;
    private long _sentBytes;
    private long _sentObservationBytes;
    private long _receivedBytes;
    private long _receivedObservationBytes;

    /// <summary>Round trips; commands that were sent together count once.</summary>
    public long RoundTrips => Volatile.Read(ref _roundTrips);

    /// <summary>Time that they took together.</summary>
    public TimeSpan Time => Stopwatch.GetElapsedTime(0, Volatile.Read(ref _ticks));

    /// <summary>Bytes of observations sent, compressed.</summary>
    public long SentBytes => Volatile.Read(ref _sentBytes);

    /// <summary>The same before compression.</summary>
    public long SentObservationBytes => Volatile.Read(ref _sentObservationBytes);

    /// <summary>Bytes of observations received, compressed.</summary>
    public long ReceivedBytes => Volatile.Read(ref _receivedBytes);

    /// <summary>Bytes of observations that came of them.</summary>
    public long ReceivedObservationBytes => Volatile.Read(ref _receivedObservationBytes);

    internal void RoundTrip(long started)
    {
        Interlocked.Increment(ref _roundTrips);
        Interlocked.Add(ref _ticks, Stopwatch.GetTimestamp() - started);
    }

    internal void Sent(long bytes, long observationBytes)
    {
        Interlocked.Add(ref _sentBytes, bytes);
        Interlocked.Add(ref _sentObservationBytes, observationBytes);
    }

    internal void Received(long bytes, long observationBytes)
    {
        Interlocked.Add(ref _receivedBytes, bytes);
        Interlocked.Add(ref _receivedObservationBytes, observationBytes);
    }
}
