using System.Diagnostics.Metrics;
using DqnAspire.Replay.Redis;

namespace DqnAspire.ReplayService.Redis;

/// <summary>
/// What goes to and fro between the service and Redis, which neither the client nor Aspire's package measures.
/// </summary>
internal static class RedisMetrics
{
    /// <summary>Makes the instruments.</summary>
    public static void Observe(IMeterFactory meters, RedisTraffic traffic)
    {
        var meter = meters.Create(ReplayMetrics.MeterName);
        meter.CreateObservableCounter(
            "dqn.replay.redis.round_trips",
            () => traffic.RoundTrips,
            "{round_trip}",
            "Round trips to Redis; commands sent together count once.");
        meter.CreateObservableCounter(
            "dqn.replay.redis.duration",
            () => traffic.Time.TotalSeconds,
            "s",
            "Time that round trips to Redis took together.");
        meter.CreateObservableCounter(
            "dqn.replay.redis.sent", () => traffic.SentBytes, "By", "Bytes of observations sent to Redis, compressed.");
        meter.CreateObservableCounter(
            "dqn.replay.redis.received",
            () => traffic.ReceivedBytes,
            "By",
            "Bytes of observations received from Redis, compressed.");
        meter.CreateObservableGauge(
            "dqn.replay.redis.compression",
            () => traffic.SentBytes > 0 ? (double)traffic.SentObservationBytes / traffic.SentBytes : 1,
            "1",
            "Bytes of observations before compression for each byte sent to Redis.");
    }
}
