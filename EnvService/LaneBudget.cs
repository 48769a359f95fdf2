using System.Globalization;
using DqnAspire.Contracts.Env.V1;
using DqnAspire.Environments;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace DqnAspire.EnvService;

/// <summary>
/// The memory that all sessions' lanes may take together. What a session takes is estimated before it is taken, as the
/// product of lanes and a lane's size, each of which may be in its range.
/// </summary>
/// <param name="registry">The environments.</param>
/// <param name="options">The limit.</param>
public sealed class LaneBudget(EnvironmentRegistry registry, IOptions<EnvServiceOptions> options)
{
    /// <summary>
    /// Observations that a lane has: its own, the screen it is made of, those of a step and of a reset, and messages.
    /// </summary>
    private const int ObservationsPerLane = 6;

    private const int SmallestLane = 4096;
    private const double Megabyte = 1e6;

    private readonly long _limit = options.Value.MaxMemoryBytes > 0
        ? options.Value.MaxMemoryBytes
        : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;
    private long _taken;

    /// <summary>Takes the memory of a session's lanes until the result is disposed.</summary>
    /// <param name="open">What is opened; what is wrong with it, opening it says.</param>
    /// <exception cref="RpcException">RESOURCE_EXHAUSTED: it does not fit; the message has the numbers.</exception>
    public IDisposable? Reserve(OpenLanes open)
    {
        if (open.Lanes < 1 || registry.Find(open.EnvironmentId) is not { } definition)
        {
            return null;
        }

        var needed = (double)open.Lanes * LaneBytes(definition, open);
        if (needed > _limit)
        {
            throw Refused(open, needed, _limit, askAgain: false);
        }

        var taken = Interlocked.Add(ref _taken, (long)needed);
        if (taken > _limit)
        {
            Interlocked.Add(ref _taken, -(long)needed);
            throw Refused(open, needed, _limit - (taken - (long)needed), askAgain: true);
        }

        return new Reservation(this, (long)needed);
    }

    /// <summary>What making a lane takes of this thread's memory, measured, and its observations.</summary>
    private static long LaneBytes(EnvironmentDefinition definition, OpenLanes open)
    {
        // The first one may make what all share.
        _ = definition.Create(open.Options);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var environment = definition.Create(open.Options);
        var made = GC.GetAllocatedBytesForCurrentThread() - before;
        return SmallestLane + made + ((long)ObservationsPerLane * environment.ObservationSpace.ByteCount);
    }

    private static RpcException Refused(OpenLanes open, double needed, double left, bool askAgain) => new(
        new Status(StatusCode.ResourceExhausted, string.Create(
            CultureInfo.InvariantCulture,
            $"open.lanes: {open.Lanes} lanes take about {needed / Megabyte:N0} MB, "
            + $"and {left / Megabyte:N0} MB are left (setting "
            + $"{EnvServiceOptions.Section}:{nameof(EnvServiceOptions.MaxMemoryBytes)}).")),
        askAgain ? SessionSlots.AskAgain : []);

    private sealed class Reservation(LaneBudget owner, long bytes) : IDisposable
    {
        private long _bytes = bytes;

        public void Dispose() => Interlocked.Add(ref owner._taken, -Interlocked.Exchange(ref _bytes, 0));
    }
}
