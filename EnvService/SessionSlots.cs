using Grpc.Core;
using Microsoft.Extensions.Options;

namespace DqnAspire.EnvService;

/// <summary>Counts the sessions that are open and refuses those above the limit.</summary>
/// <param name="options">The limit.</param>
/// <param name="metrics">Where the count is shown.</param>
public sealed class SessionSlots(IOptions<EnvServiceOptions> options, EnvMetrics metrics)
{
    private readonly int _limit = options.Value.MaxSessions;
    private int _taken;

    /// <summary>Says that others will leave, and when to try again, as gRPC has it for retries.</summary>
    public static Metadata AskAgain => new() { { "grpc-retry-pushback-ms", "1000" } };

    /// <summary>Takes a slot until the result is disposed.</summary>
    /// <returns>The slot; null when all are taken.</returns>
    public IDisposable? TryEnter()
    {
        if (Interlocked.Increment(ref _taken) > _limit)
        {
            Interlocked.Decrement(ref _taken);
            return null;
        }

        metrics.SessionStarted();
        return new Slot(this);
    }

    private void Leave()
    {
        Interlocked.Decrement(ref _taken);
        metrics.SessionEnded();
    }

    private sealed class Slot(SessionSlots owner) : IDisposable
    {
        private SessionSlots? _owner = owner;

        public void Dispose() => Interlocked.Exchange(ref _owner, null)?.Leave();
    }
}
