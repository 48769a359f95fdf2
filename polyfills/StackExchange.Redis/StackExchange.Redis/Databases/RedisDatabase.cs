namespace StackExchange.Redis;

/// <summary>A database whose commands are sent at once.</summary>
/// <param name="multiplexer">The connections.</param>
/// <param name="database">The number of the database.</param>
/// <param name="asyncState">The state of the tasks.</param>
internal sealed partial class RedisDatabase(ConnectionMultiplexer multiplexer, int database, object? asyncState)
    : DatabaseBase(multiplexer, database, asyncState), IDatabase
{
    public IBatch CreateBatch(object? asyncState = null) => new RedisBatch(Multiplexer, Database, asyncState ?? AsyncState);

    public ITransaction CreateTransaction(object? asyncState = null) => new RedisTransaction(Multiplexer, Database, asyncState ?? AsyncState);

    public TimeSpan Ping(CommandFlags flags = CommandFlags.None)
    {
        var began = TimeProvider.System.GetTimestamp();
        Send(new Request<bool>(Replies.Accepted, "PING"), flags);
        return TimeProvider.System.GetElapsedTime(began);
    }

    public RedisResult Execute(string command, params object[] args) => Execute(command, args, CommandFlags.None);

    public RedisResult Execute(string command, ICollection<object> args, CommandFlags flags = CommandFlags.None)
        => Multiplexer.Send(ExecuteMessage(command, args, flags));

    public RedisResult ScriptEvaluate(string script, RedisKey[]? keys = null, RedisValue[]? values = null, CommandFlags flags = CommandFlags.None)
        => Multiplexer.Send(ScriptMessage(script, keys, values, flags));

    public RedisResult ScriptEvaluate(byte[] hash, RedisKey[]? keys = null, RedisValue[]? values = null, CommandFlags flags = CommandFlags.None)
        => Send(ScriptRequest("EVALSHA", Convert.ToHexStringLower(hash), keys, values), flags);

    public bool LockTake(RedisKey key, RedisValue value, TimeSpan expiry, CommandFlags flags = CommandFlags.None)
        => Send(StringRequests.StringSet(key, Token(value), expiry, When.NotExists), flags);

    public bool LockExtend(RedisKey key, RedisValue value, TimeSpan expiry, CommandFlags flags = CommandFlags.None)
        => (bool)ScriptEvaluate(LockScripts.Extend, [key], [Token(value), Milliseconds(expiry)], flags);

    public bool LockRelease(RedisKey key, RedisValue value, CommandFlags flags = CommandFlags.None)
        => (bool)ScriptEvaluate(LockScripts.Release, [key], [Token(value)], flags);

    public RedisValue LockQuery(RedisKey key, CommandFlags flags = CommandFlags.None) => StringGet(key, flags);

    protected override Task<T> SendAsync<T>(Message<T> message) => Multiplexer.SendAsync(message);

    private T Send<T>(in Request<T> request, CommandFlags flags)
        => request.IsKnown ? request.Known! : Multiplexer.Send(Message(request, flags));
}
