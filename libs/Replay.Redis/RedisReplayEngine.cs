using DqnAspire.Replay.Engines;
using DqnAspire.Replay.Storage;
using StackExchange.Redis;

namespace DqnAspire.Replay.Redis;

/// <summary>
/// Tables in one Redis database. A process that opens a table takes it over from the process that had it open before.
/// </summary>
public sealed class RedisReplayEngine : IReplayEngine
{
    private readonly IConnectionMultiplexer _redis;
    private readonly RedisLink _link;
    private readonly RedisStoreOptions _options;

    /// <summary>Uses the server behind a connection; <see cref="CheckAsync"/> comes before any other method.</summary>
    /// <param name="redis">
    /// The connection, as <see cref="RedisClientDefaults"/> configures it; its owner closes it after the last table.
    /// </param>
    /// <param name="options">How tables are used.</param>
    public RedisReplayEngine(IConnectionMultiplexer redis, RedisStoreOptions options)
    {
        _redis = redis;
        _link = new RedisLink(redis, options.Patience);
        _options = options;
    }

    /// <summary>The server's address, without credentials.</summary>
    public string Address => _link.Address;

    /// <summary>Whether Redis writes an append-only file, so that what it acknowledged outlives it.</summary>
    public bool IsDurable { get; private set; }

    /// <summary>Bytes and round trips between this process and Redis so far.</summary>
    public RedisTraffic Traffic => _link.Traffic;

    /// <summary>Checks that the server can hold tables; waits while it is loading its data.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ReplayStoreException">It cannot be reached, or cannot hold tables.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await _link.RunAsync(db => db.PingAsync(), cancellationToken).ConfigureAwait(false);
        try
        {
            IsDurable = await RedisServerCheck.CheckAsync(_redis, Address).WaitAsync(
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (RedisProblems.Explain(e, Address) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>Lists the names of all tables, in order.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ReplayStoreException">Redis cannot be asked.</exception>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        var names = await _link
            .RunAsync(
                db => db.SetMembersAsync(RedisKeys.Names, RedisLink.Primary), cancellationToken).ConfigureAwait(false);
        return [.. names.Select(name => (string)name!).Order(StringComparer.Ordinal)];
    }

    /// <summary>Pings the server to which tables are written.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The time until its answer.</returns>
    /// <exception cref="ReplayStoreException">It did not answer, or there is no such server now.</exception>
    public Task<TimeSpan> PingAsync(CancellationToken cancellationToken) => _link.PingAsync(cancellationToken);

    /// <summary>Checks that the server does not evict keys of tables; the setting can change while it runs.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ReplayStoreException">It would evict them, or cannot be asked.</exception>
    public Task ThrowIfEvictingAsync(CancellationToken cancellationToken) => _link.RunAsync(
        async db =>
        {
            await RedisServerCheck.ThrowIfEvictingAsync(RedisServerCheck.Find(_redis), Address).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    /// <remarks>
    /// Besides the table's own index: where in Redis each record is, changed priorities, and the cache.
    /// </remarks>
    public long MaxMemoryBytes(TableSpec spec) => spec.IndexBytes
        + ((long)spec.Slots * RecordIndex.RecordBytes)
        + (spec.PriorityExponent > 0 ? (long)spec.Capacity * PriorityMirror.EntryBytes : 0)
        + FrameCache.MaxMemoryBytes(spec, _options.CacheBytes);

    /// <inheritdoc/>
    public async ValueTask<bool> ContainsAsync(string name, CancellationToken cancellationToken) => await _link
        .RunAsync(db => db.KeyExistsAsync(new RedisKeys(name).Table, RedisLink.Primary), cancellationToken)
        .ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<IReplayStore> CreateAsync(
        string name, TableManifest manifest, CancellationToken cancellationToken)
    {
        manifest.Spec.Validate();
        await ThrowIfEvictingAsync(cancellationToken).ConfigureAwait(false);
        var keys = new RedisKeys(name);
        var state = RedisTableState.Empty();
        RedisValue[] values = [name, RedisKeys.Format, manifest.ToJson(), state.Generation, state.Records];
        var answer = (string?)await _link
            .RunAsync(
                db => db.ScriptEvaluateAsync(
                    RedisScripts.Create, [keys.Table, RedisKeys.Names], values, RedisLink.Primary),
                cancellationToken)
            .ConfigureAwait(false);
        return answer == "ok"
            ? new RedisReplayStore(_link, keys, manifest, _options, state, IsDurable)
            : throw new ReplayStoreException(
                $"There is a table '{name}' in Redis at {Address} already.", StoreProblem.Refused);
    }

    /// <inheritdoc/>
    public async ValueTask<IReplayStore> OpenAsync(string name, CancellationToken cancellationToken)
    {
        await ThrowIfEvictingAsync(cancellationToken).ConfigureAwait(false);
        var keys = new RedisKeys(name);
        var generation = RedisTableState.NewGeneration();
        RedisValue[] values = [RedisKeys.Format, generation];
        var fields = (RedisValue[])(await _link
            .RunAsync(
                db => db.ScriptEvaluateAsync(
                    RedisScripts.Open, [keys.Table], values, RedisLink.Primary), cancellationToken)
            .ConfigureAwait(false))!;
        if (fields[0].IsNull)
        {
            throw new ReplayStoreException(
                $"There is no table '{name}' in Redis at {Address}.", StoreProblem.Refused);
        }

        if (fields[0] != RedisKeys.Format)
        {
            throw new ReplayStoreException(
                $"Table '{name}' in Redis at {Address} is of format {fields[0]}; this program reads format "
                + $"{RedisKeys.Format}. It was left as it is.");
        }

        var manifest = TableManifest.Parse($"Key {keys.Table} in Redis at {Address}", (ReadOnlyMemory<byte>)fields[1]);
        var state = ReadState(name, generation, fields);
        return new RedisReplayStore(_link, keys, manifest, _options, state, IsDurable);
    }

    /// <inheritdoc/>
    /// <remarks>A process that has the table open gets an error at its next change.</remarks>
    public async ValueTask<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        var keys = new RedisKeys(name);
        ReadOnlyMemory<byte> manifest = await _link
            .RunAsync(db => db.HashGetAsync(keys.Table, "manifest", RedisLink.Primary), cancellationToken)
            .ConfigureAwait(false);
        if (manifest.IsEmpty)
        {
            return false;
        }

        var spec = TableManifest.Parse($"Key {keys.Table} in Redis at {Address}", manifest).Spec;
        RedisKey[] tableKeys = [keys.Table, RedisKeys.Names, keys.Segments, keys.Marks];
        RedisValue[] values =
            [name, keys.IndexPrefix, keys.FramesPrefix, keys.PrioritiesPrefix, RedisKeys.PriorityKeys(spec)];
        await _link
            .RunAsync(
                db => db.ScriptEvaluateAsync(
                    RedisScripts.Delete, tableKeys, values, RedisLink.Primary), cancellationToken)
            .ConfigureAwait(false);
        return true;
    }

    /// <exception cref="ReplayStoreException">The hash of the table is damaged.</exception>
    private RedisTableState ReadState(string name, string generation, RedisValue[] fields)
    {
        // Somebody's hand can put anything there.
        if (fields[2].TryParse(out long records) && fields[3].TryParse(out long first)
            && fields[4].TryParse(out long sampled) && fields[5].TryParse(out double highest)
            && first >= 0 && records >= first && sampled >= 0)
        {
            return new RedisTableState(generation, records, first, sampled, (float)highest);
        }

        throw new ReplayStoreException(
            $"Table '{name}' in Redis at {Address} is damaged: its counters are no numbers.", StoreProblem.Damaged);
    }
}
