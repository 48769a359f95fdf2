namespace StackExchange.Redis;

/// <summary>
/// The asynchronous commands of a database. Commands are sent in the order of the calls, without waiting for one another; a key or an array of
/// keys must not be null (<see cref="ArgumentException"/>). Tasks fail with <see cref="RedisServerException"/> where the server answers with an
/// error, <see cref="RedisConnectionException"/> where there is no connection, <see cref="RedisTimeoutException"/> where no reply comes in time.
/// </summary>
public partial interface IDatabaseAsync : IRedisAsync
{
    /// <summary>The number of the database.</summary>
    int Database { get; }

    /// <summary>Whether there is a connection that could serve a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="flags">How its commands would be sent.</param>
    bool IsConnected(RedisKey key, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.Execute(string, object[])"/>
    Task<RedisResult> ExecuteAsync(string command, params object[] args);

    /// <inheritdoc cref="IDatabase.Execute(string, ICollection{object}, CommandFlags)"/>
    Task<RedisResult> ExecuteAsync(string command, ICollection<object>? args, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.ScriptEvaluate(string, RedisKey[], RedisValue[], CommandFlags)"/>
    Task<RedisResult> ScriptEvaluateAsync(string script, RedisKey[]? keys = null, RedisValue[]? values = null, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.ScriptEvaluate(byte[], RedisKey[], RedisValue[], CommandFlags)"/>
    Task<RedisResult> ScriptEvaluateAsync(byte[] hash, RedisKey[]? keys = null, RedisValue[]? values = null, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.LockTake(RedisKey, RedisValue, TimeSpan, CommandFlags)"/>
    Task<bool> LockTakeAsync(RedisKey key, RedisValue value, TimeSpan expiry, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.LockExtend(RedisKey, RedisValue, TimeSpan, CommandFlags)"/>
    Task<bool> LockExtendAsync(RedisKey key, RedisValue value, TimeSpan expiry, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.LockRelease(RedisKey, RedisValue, CommandFlags)"/>
    Task<bool> LockReleaseAsync(RedisKey key, RedisValue value, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="IDatabase.LockQuery(RedisKey, CommandFlags)"/>
    Task<RedisValue> LockQueryAsync(RedisKey key, CommandFlags flags = CommandFlags.None);
}
