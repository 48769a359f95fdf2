using System.Diagnostics;
using DqnAspire.Replay.Storage;
using StackExchange.Redis;

namespace DqnAspire.Replay.Redis;

/// <summary>The way to Redis: waits while it is away, says what else is wrong in one line.</summary>
/// <param name="redis">The connection; its owner ends it.</param>
/// <param name="patience">How long to wait for a server that is away.</param>
internal sealed class RedisLink(IConnectionMultiplexer redis, TimeSpan patience)
{
    /// <summary>Where every command goes: a replica takes no writes, and may lack what was acknowledged.</summary>
    public const CommandFlags Primary = CommandFlags.DemandMaster;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    private readonly IDatabase _database = redis.GetDatabase();

    /// <summary>What errors call the server.</summary>
    public string Address { get; } = RedisProblems.AddressOf(redis.GetEndPoints(configuredOnly: true));

    public RedisTraffic Traffic { get; } = new();

    /// <summary>
    /// Sends commands and waits for what they give; again where there is no telling whether they arrived. So they must do no harm
    /// when they are run twice. The first time they are sent before this returns.
    /// </summary>
    /// <param name="send">Sends them.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ReplayStoreException">Redis refuses, or was away for too long.</exception>
    public async Task<T> RunAsync<T>(Func<IDatabase, Task<T>> send, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var pause = ShortestPause;
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
                // Without a connection commands wait in the client. Pauses are for a server that answers that it is not ready, or is none to write to.
                await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
                pause = pause < LongestPause ? 2 * pause : LongestPause;
            }
            catch (Exception e) when (RedisProblems.Explain(e, Address) is { } explained)
            {
                throw explained;
            }
        }
    }

    /// <summary>The same for callers that cannot but wait.</summary>
    public T Run<T>(Func<IDatabase, Task<T>> send) => RunAsync(send, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Asks the primary for a sign of life, once.</summary>
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

    /// <summary>Sends a script that nobody waits for; what goes wrong with it is told by the next command.</summary>
    public void Post(string script, RedisKey[] keys, RedisValue[] values)
    {
        try
        {
            _database.ScriptEvaluate(script, keys, values, Primary | CommandFlags.FireAndForget);
        }
        catch (Exception e) when (RedisProblems.IsAway(e))
        {
            // Nothing to wait for: the counters go with the next append.
        }
    }
}
