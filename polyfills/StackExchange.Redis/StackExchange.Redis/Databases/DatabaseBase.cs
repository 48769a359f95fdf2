namespace StackExchange.Redis;

/// <summary>The asynchronous commands, whichever way they are sent: at once, with a batch, with a transaction.</summary>
/// <param name="multiplexer">The connections.</param>
/// <param name="database">The number of the database.</param>
/// <param name="asyncState">The state of the tasks.</param>
internal abstract partial class DatabaseBase(ConnectionMultiplexer multiplexer, int database, object? asyncState) : IDatabaseAsync
{
    public int Database => database;

    IConnectionMultiplexer IRedisAsync.Multiplexer => multiplexer;

    protected ConnectionMultiplexer Multiplexer => multiplexer;

    protected object? AsyncState => asyncState;

    public bool IsConnected(RedisKey key, CommandFlags flags = CommandFlags.None) => multiplexer.IsConnected;

    public async Task<TimeSpan> PingAsync(CommandFlags flags = CommandFlags.None)
    {
        var began = TimeProvider.System.GetTimestamp();
        await SendAsync(new Request<bool>(Replies.Accepted, "PING"), flags).ConfigureAwait(false);
        return TimeProvider.System.GetElapsedTime(began);
    }

    public Task<RedisResult> ExecuteAsync(string command, params object[] args) => ExecuteAsync(command, args, CommandFlags.None);

    public Task<RedisResult> ExecuteAsync(string command, ICollection<object>? args, CommandFlags flags = CommandFlags.None)
        => SendAsync(ExecuteMessage(command, args, flags));

    public Task<RedisResult> ScriptEvaluateAsync(string script, RedisKey[]? keys = null, RedisValue[]? values = null, CommandFlags flags = CommandFlags.None)
        => SendAsync(ScriptMessage(script, keys, values, flags));

    public Task<RedisResult> ScriptEvaluateAsync(byte[] hash, RedisKey[]? keys = null, RedisValue[]? values = null, CommandFlags flags = CommandFlags.None)
        => SendAsync(ScriptRequest("EVALSHA", Convert.ToHexStringLower(hash), keys, values), flags);

    public Task<bool> LockTakeAsync(RedisKey key, RedisValue value, TimeSpan expiry, CommandFlags flags = CommandFlags.None)
        => SendAsync(StringRequests.StringSet(key, Token(value), expiry, When.NotExists), flags);

    public async Task<bool> LockExtendAsync(RedisKey key, RedisValue value, TimeSpan expiry, CommandFlags flags = CommandFlags.None)
        => (bool)await ScriptEvaluateAsync(LockScripts.Extend, [key], [Token(value), Milliseconds(expiry)], flags).ConfigureAwait(false);

    public async Task<bool> LockReleaseAsync(RedisKey key, RedisValue value, CommandFlags flags = CommandFlags.None)
        => (bool)await ScriptEvaluateAsync(LockScripts.Release, [key], [Token(value)], flags).ConfigureAwait(false);

    public Task<RedisValue> LockQueryAsync(RedisKey key, CommandFlags flags = CommandFlags.None) => StringGetAsync(key, flags);

    public bool TryWait(Task task) => multiplexer.TryWait(task);

    public void Wait(Task task) => multiplexer.Wait(task);

    public T Wait<T>(Task<T> task) => multiplexer.Wait(task);

    public void WaitAll(params Task[] tasks) => multiplexer.WaitAll(tasks);

    protected static RedisValue Token(RedisValue value)
        => value.IsNull ? throw new ArgumentNullException(nameof(value)) : value;

    protected static long Milliseconds(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMillisecond;

    protected static Request<RedisResult> ScriptRequest(string command, RedisValue script, RedisKey[]? keys, RedisValue[]? values)
        => new(Replies.Result, command, [script, keys?.Length ?? 0, .. Arguments.Of(keys ?? []), .. values ?? []]);

    /// <summary>Sends a command whose result is to be awaited.</summary>
    protected abstract Task<T> SendAsync<T>(Message<T> message);

    protected Task<T> SendAsync<T>(in Request<T> request, CommandFlags flags)
        => request.IsKnown ? Task.FromResult(request.Known!) : SendAsync(Message(request, flags));

    protected Message<T> Message<T>(in Request<T> request, CommandFlags flags) => new(database, request, flags, asyncState) { HasKey = true };

    protected Message<RedisResult> ExecuteMessage(string command, ICollection<object>? args, CommandFlags flags)
    {
        var request = new Request<RedisResult>(Replies.Result, command, Arguments.Of(args));
        CommandRules.Check(command, request.Arguments, multiplexer.Options.AllowAdmin);
        return new Message<RedisResult>(database, request, flags, asyncState);
    }

    protected ScriptMessage ScriptMessage(string script, RedisKey[]? keys, RedisValue[]? values, CommandFlags flags)
        => new(database, ScriptRequest("EVAL", script, keys, values), script, flags, asyncState);
}
