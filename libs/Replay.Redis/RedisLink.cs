using System.Diagnostics;
using DqnAspire.Replay.Storage;
using StackExchange.Redis;

namespace DqnAspire.Replay.Redis;

/// <summary>Sends commands to Redis: waits while it is away, and explains other errors in one line.</summary>
/// <param name="redis">The connection; its owner closes it.</param>
/// <param name="patience">How long to wait for a server that is away.</param>
internal sealed class RedisLink(IConnectionMultiplexer redis, TimeSpan patience)
{
    /// <summary>Every command goes to the primary: a replica takes no writes, and may lack acknowledged data.</summary>
    public const CommandFlags Primary = CommandFlags.DemandMaster;

    private static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MaxPause = TimeSpan.FromMilliseconds(500);

    private readonly IDatabase _database = redis.GetDatabase();

    /// <summary>The server's name in errors.</summary>
    public string Address { get; } = RedisProblems.AddressOf(redis.GetEndPoints(configuredOnly: true));

    public RedisTraffic Traffic { get; } = new();

    /// <summary>
    /// Sends commands and waits for their answers. It sends them again when it is unknown whether they arrived, so they
    /// must do no harm when they run twice. The first time they are sent before this returns.
    /// </summary>
    /// <param name="send">Sends them.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ReplayStoreException">Redis refuses, or was away for too long.</exception>
    public async Task<T> RunAsync<T>(Func<IDatabase, Task<T>> send, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var pause = MinPause;
        while (true)
        {
            var sent = Stopwatch.GetTimestamp();
            try
            {
                var answer = await send(_database).WaitAsync(cancellationToken).ConfigureAwait(false);
                Traffic.RoundTrip(sent);
                return answer;
            }
            catch (Exception e) when (RedisProblems.IsAway(e) && Stopwatch.GetElapsedTime(started) < patience)
            {
                // Without a connection commands wait in the client. The pause is for a server that answers that it is
                // not ready, or that it takes no writes.
                await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
                pause = pause < MaxPause ? 2 * pause : MaxPause;
            }
            catch (Exception e) when (RedisProblems.Explain(e, Address) is { } explained)
            {
                throw explained;
            }
        }
    }

    /// <summary>Pings the primary, once.</summary>
    public async Task<TimeSpan> PingAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _database.PingAsync(Primary).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (RedisProblems.Explain(e, Address) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>Sends a script without waiting for its answer; the next command reports what is wrong.</summary>
    public void Post(string script, RedisKey[] keys, RedisValue[] values)
    {
        try
        {
            _database.ScriptEvaluate(script, keys, values, Primary | CommandFlags.FireAndForget);
        }
        catch (Exception e) when (RedisProblems.IsAway(e))
        {
            // The next append sends the counters again.
        }
    }
}
