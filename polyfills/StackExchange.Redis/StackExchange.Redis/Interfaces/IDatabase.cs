namespace StackExchange.Redis;

/// <summary>
/// The commands of a database. Each call waits for its reply at most <see cref="ConfigurationOptions.SyncTimeout"/>
/// (<see cref="RedisTimeoutException"/>), and throws the errors that <see cref="IDatabaseAsync"/> names.
/// </summary>
public partial interface IDatabase : IRedis, IDatabaseAsync
{
    /// <summary>The number of the database.</summary>
    new int Database { get; }

    /// <summary>Begins a batch: its commands are sent together, none of others between them, when it is executed.</summary>
    /// <param name="asyncState">The state of the tasks.</param>
    IBatch CreateBatch(object? asyncState = null);

    /// <summary>Begins a transaction: its commands are run together, none of others between them, or none of them.</summary>
    /// <param name="asyncState">The state of the tasks.</param>
    ITransaction CreateTransaction(object? asyncState = null);

    /// <summary>Sends a command of any name.</summary>
    /// <param name="command">Its name, one word.</param>
    /// <param name="args">Keys, values, texts, bytes and numbers.</param>
    /// <exception cref="RedisCommandException">It would break the connection, or needs <see cref="ConfigurationOptions.AllowAdmin"/>.</exception>
    RedisResult Execute(string command, params object[] args);

    /// <summary>Sends a command of any name.</summary>
    /// <param name="command">Its name, one word.</param>
    /// <param name="args">Keys, values, texts, bytes and numbers.</param>
    /// <param name="flags">How it is sent.</param>
    /// <exception cref="RedisCommandException">It would break the connection, or needs <see cref="ConfigurationOptions.AllowAdmin"/>.</exception>
    RedisResult Execute(string command, ICollection<object> args, CommandFlags flags = CommandFlags.None);

    /// <summary>Runs a script: whole the first time, by its hash (EVALSHA) after that, whole again where the server has forgotten it.</summary>
    /// <param name="script">The script in Lua.</param>
    /// <param name="keys">Its KEYS.</param>
    /// <param name="values">Its ARGV.</param>
    /// <param name="flags">How it is sent.</param>
    RedisResult ScriptEvaluate(string script, RedisKey[]? keys = null, RedisValue[]? values = null, CommandFlags flags = CommandFlags.None);

    /// <summary>Runs a script that the server knows; an error (NOSCRIPT) where it does not.</summary>
    /// <param name="hash">The 20 bytes that <see cref="IServer.ScriptLoad(string, CommandFlags)"/> gave.</param>
    /// <param name="keys">Its KEYS.</param>
    /// <param name="values">Its ARGV.</param>
    /// <param name="flags">How it is sent.</param>
    RedisResult ScriptEvaluate(byte[] hash, RedisKey[]? keys = null, RedisValue[]? values = null, CommandFlags flags = CommandFlags.None);

    /// <summary>Takes a lock.</summary>
    /// <param name="key">The lock.</param>
    /// <param name="value">A token that nobody else uses.</param>
    /// <param name="expiry">After which time it is free again if its owner does not extend it.</param>
    /// <param name="flags">How the command is sent.</param>
    /// <returns>False if somebody has it.</returns>
    bool LockTake(RedisKey key, RedisValue value, TimeSpan expiry, CommandFlags flags = CommandFlags.None);

    /// <summary>Keeps a lock.</summary>
    /// <param name="key">The lock.</param>
    /// <param name="value">The owner's token.</param>
    /// <param name="expiry">The time from now.</param>
    /// <param name="flags">How the command is sent.</param>
    /// <returns>False if it is not ours any more.</returns>
    bool LockExtend(RedisKey key, RedisValue value, TimeSpan expiry, CommandFlags flags = CommandFlags.None);

    /// <summary>Gives a lock back.</summary>
    /// <param name="key">The lock.</param>
    /// <param name="value">The owner's token.</param>
    /// <param name="flags">How the command is sent.</param>
    /// <returns>False if it was not ours any more.</returns>
    bool LockRelease(RedisKey key, RedisValue value, CommandFlags flags = CommandFlags.None);

    /// <summary>The token of a lock's owner; null if it is free.</summary>
    /// <param name="key">The lock.</param>
    /// <param name="flags">How the command is sent.</param>
    RedisValue LockQuery(RedisKey key, CommandFlags flags = CommandFlags.None);
}
