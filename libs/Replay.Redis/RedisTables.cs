using DqnAspire.Replay.Storage;
using DqnAspire.Replay.Storage.Embedded;
using StackExchange.Redis;

namespace DqnAspire.Replay.Redis;

/// <summary>The tables in one Redis database.</summary>
public sealed class RedisTables
{
    // Scripts that write, UNLINK and users are older; RESP3 is what the client prefers, and nothing older is tested.
    private static readonly Version OldestServer = new(6, 0);

    private readonly RedisLink _link;
    private readonly RedisStoreOptions _options;

    private RedisTables(RedisLink link, RedisStoreOptions options, bool isDurable)
    {
        _link = link;
        _options = options;
        IsDurable = isDurable;
    }

    /// <summary>The server's address, without credentials.</summary>
    public string Address => _link.Address;

    /// <summary>Whether Redis writes an append-only file, so that what it acknowledged outlives it.</summary>
    public bool IsDurable { get; }

    /// <summary>What went to and fro so far.</summary>
    public RedisTraffic Traffic => _link.Traffic;

    /// <summary>Checks that a server is one that can hold tables; waits while it is still loading its data.</summary>
    /// <param name="redis">The connection, as <see cref="RedisClientDefaults"/> sets it; its owner ends it, after the last table was closed.</param>
    /// <param name="options">How its tables are used.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ReplayStoreException">It cannot be reached, or cannot hold tables.</exception>
    public static async Task<RedisTables> ConnectAsync(IConnectionMultiplexer redis, RedisStoreOptions options, CancellationToken cancellationToken = default)
    {
        var link = new RedisLink(redis, options.Patience);
        await link.RunAsync(db => db.PingAsync(), cancellationToken).ConfigureAwait(false);
        try
        {
            return new RedisTables(link, options, await CheckAsync(redis, link.Address).WaitAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (RedisProblems.Explain(e, link.Address) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>The names of all tables, in order.</summary>
    /// <exception cref="ReplayStoreException">Redis cannot be asked.</exception>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        var names = await _link.RunAsync(db => db.SetMembersAsync(RedisKeys.Names, RedisLink.Primary), cancellationToken).ConfigureAwait(false);
        return [.. names.Select(name => (string)name!).Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether there is a table with a name.</summary>
    /// <exception cref="ReplayStoreException">Redis cannot be asked.</exception>
    public bool Contains(string name) => _link.Run(db => db.KeyExistsAsync(new RedisKeys(name).Table, RedisLink.Primary));

    /// <summary>Makes an empty table, and opens it.</summary>
    /// <exception cref="ReplayStoreException">There is one of this name, or Redis cannot keep it.</exception>
    public RedisReplayStore Create(string name, TableManifest manifest)
    {
        manifest.Spec.Validate();
        return Create(new RedisKeys(name), manifest, RedisTableState.New(0));
    }

    /// <summary>Makes a table of what another store holds, and opens it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="source">The other store, in which nothing is changed meanwhile.</param>
    /// <param name="cancellationToken">Gives it up; nothing of the table stays.</param>
    /// <exception cref="ReplayStoreException">The source cannot be read, or the table not be made; nothing of it stays.</exception>
    public RedisReplayStore Import(string name, EmbeddedReplayStore source, CancellationToken cancellationToken)
    {
        RedisReplayStore? store = null;
        var observations = new byte[TableSpec.MaxBlockRecords * source.Manifest.Spec.ObservationBytes];
        try
        {
            source.Recover((first, records) =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                store ??= Create(new RedisKeys(name), source.Manifest, RedisTableState.New(first));
                Import(store, source, first, records, observations);
            });
            store ??= Create(name, source.Manifest);
            store.HighestPriority = source.HighestPriority;
            store.Sampled = source.Sampled;
            // Opened anew, it is read as any table is.
            store.Dispose();
            return Open(name);
        }
        catch
        {
            if (store is not null)
            {
                Delete(name);
            }

            throw;
        }
    }

    /// <summary>Opens a table and takes it over from whoever had it.</summary>
    /// <exception cref="ReplayStoreException">There is none, it is of another version, or Redis cannot be asked.</exception>
    public RedisReplayStore Open(string name)
    {
        var keys = new RedisKeys(name);
        var epoch = RedisTableState.NewEpoch();
        var fields = (RedisValue[])_link.Run(db => db.ScriptEvaluateAsync(RedisScripts.Open, [keys.Table], [RedisKeys.Format, epoch], RedisLink.Primary))!;
        if (fields[0].IsNull)
        {
            throw new ReplayStoreException($"There is no table '{name}' in Redis at {Address}.");
        }

        if (fields[0] != RedisKeys.Format)
        {
            throw new ReplayStoreException(
                $"Table '{name}' in Redis at {Address} is of format {fields[0]}; this program reads format {RedisKeys.Format}. It was left as it is.");
        }

        var manifest = TableManifest.Parse($"Key {keys.Table} in Redis at {Address}", (ReadOnlyMemory<byte>)fields[1]);
        var state = new RedisTableState(epoch, (long)fields[2], (long)fields[3], (long)fields[4], (float)fields[5]);
        return new RedisReplayStore(_link, keys, manifest, _options, state, IsDurable);
    }

    /// <summary>Deletes a table; whoever has it open is told so by its next change.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="ReplayStoreException">Redis cannot do it.</exception>
    public bool Delete(string name)
    {
        var keys = new RedisKeys(name);
        ReadOnlyMemory<byte> manifest = _link.Run(db => db.HashGetAsync(keys.Table, "manifest", RedisLink.Primary));
        if (manifest.IsEmpty)
        {
            return false;
        }

        var spec = TableManifest.Parse($"Key {keys.Table} in Redis at {Address}", manifest).Spec;
        RedisValue[] values = [name, keys.IndexPrefix, keys.FramesPrefix, keys.PrioritiesPrefix, RedisKeys.PriorityKeys(spec)];
        _link.Run(db => db.ScriptEvaluateAsync(RedisScripts.Delete, [keys.Table, RedisKeys.Names, keys.Segments, keys.Marks], values, RedisLink.Primary));
        return true;
    }

    /// <summary>Asks the server that tables are written to for a sign of life.</summary>
    /// <returns>How long it took.</returns>
    /// <exception cref="ReplayStoreException">There was none, or there is no such server at present.</exception>
    public Task<TimeSpan> PingAsync(CancellationToken cancellationToken) => _link.PingAsync(cancellationToken);

    /// <summary>Checks that a server can hold tables.</summary>
    /// <returns>Whether it writes an append-only file.</returns>
    private static async Task<bool> CheckAsync(IConnectionMultiplexer redis, string address)
    {
        var servers = redis.GetServers();
        var server = Array.Find(servers, s => s is { IsConnected: true, IsReplica: false }) ?? Array.Find(servers, s => s.IsConnected) ?? servers[0];
        if (server.Version < OldestServer)
        {
            throw new ReplayStoreException(
                $"Redis at {address} is of version {server.Version}; tables need {OldestServer} or later. Install a newer redis-server.", StoreProblem.Refused);
        }

        if (server.ServerType == ServerType.Cluster)
        {
            throw new ReplayStoreException(
                $"Redis at {address} is a cluster; a table's keys lie on one server. Name a server with cluster-enabled no in ConnectionStrings:redis.", StoreProblem.Refused);
        }

        if (server.IsReplica)
        {
            throw new ReplayStoreException($"Redis at {address} is a read-only replica; name its primary in ConnectionStrings:redis.", StoreProblem.Refused);
        }

        var info = (await server.InfoAsync().ConfigureAwait(false)).SelectMany(section => section).ToLookup(f => f.Key, f => f.Value);
        var policy = info["maxmemory_policy"].FirstOrDefault("noeviction");
        if (info["maxmemory"].FirstOrDefault("0") != "0" && policy.StartsWith("allkeys-", StringComparison.Ordinal))
        {
            throw new ReplayStoreException(
                $"Redis at {address} would evict experience when its memory is full (maxmemory-policy {policy}); set maxmemory-policy noeviction.", StoreProblem.Refused);
        }

        return info["aof_enabled"].FirstOrDefault() == "1";
    }

    private static void Import(RedisReplayStore store, EmbeddedReplayStore source, long first, ReadOnlySpan<StoredRecord> records, byte[] observations)
    {
        var width = source.Manifest.Spec.ObservationBytes;
        for (var i = 0; i < records.Length; i++)
        {
            source.Read(first + i, observations.AsSpan(i * width, width));
        }

        var copies = records.ToArray();
        store.AppendAsync(first, copies, observations.AsMemory(0, copies.Length * width), CancellationToken.None).AsTask().GetAwaiter().GetResult();
        var steps = source.Manifest.Spec.PriorityExponent > 0 ? copies.Where(r => r.Step >= 0).Select(r => r.Step) : [];
        var changed = steps.Where(step => source.SavedPriority(step) is not null).ToArray();
        store.SavePrioritiesAsync(changed, Array.ConvertAll(changed, step => source.SavedPriority(step)!.Value), CancellationToken.None)
            .AsTask().GetAwaiter().GetResult();
    }

    private RedisReplayStore Create(RedisKeys keys, TableManifest manifest, RedisTableState state)
    {
        RedisValue[] values = [keys.Name, RedisKeys.Format, manifest.ToJson(), state.Epoch, state.Records];
        var answer = (string?)_link.Run(db => db.ScriptEvaluateAsync(RedisScripts.Create, [keys.Table, RedisKeys.Names], values, RedisLink.Primary));
        return answer == "ok"
            ? new RedisReplayStore(_link, keys, manifest, _options, state, IsDurable)
            : throw new ReplayStoreException($"There is a table '{keys.Name}' in Redis at {Address} already.");
    }
}
