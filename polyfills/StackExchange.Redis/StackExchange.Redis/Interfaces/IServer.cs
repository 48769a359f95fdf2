using System.Net;

namespace StackExchange.Redis;

/// <summary>
/// One server and its administration. All commands but <c>Ping</c>, <c>Time</c>, <c>Keys</c>, <c>DatabaseSize</c>, <c>LastSave</c> and those for scripts
/// need <see cref="ConfigurationOptions.AllowAdmin"/> (<see cref="RedisCommandException"/>). Each has an asynchronous twin.
/// </summary>
public interface IServer : IRedis
{
    /// <summary>Its address.</summary>
    EndPoint EndPoint { get; }

    /// <summary>Whether there is a connection.</summary>
    bool IsConnected { get; }

    /// <summary>Whether it copies another server.</summary>
    bool IsReplica { get; }

    /// <summary>The protocol that was agreed on.</summary>
    RedisProtocol Protocol { get; }

    /// <summary>What kind of server it is.</summary>
    ServerType ServerType { get; }

    /// <summary>Its version, as it said at the last connect; 0.0 if it did not.</summary>
    Version Version { get; }

    /// <summary>Sends a command of any name.</summary>
    RedisResult Execute(string command, params object[] args);

    /// <inheritdoc cref="Execute(string, object[])"/>
    Task<RedisResult> ExecuteAsync(string command, params object[] args);

    /// <summary>Sends a command of any name.</summary>
    RedisResult Execute(string command, ICollection<object> args, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="Execute(string, ICollection{object}, CommandFlags)"/>
    Task<RedisResult> ExecuteAsync(string command, ICollection<object> args, CommandFlags flags = CommandFlags.None);

    /// <summary>What the server tells about itself: sections of names with values.</summary>
    IGrouping<string, KeyValuePair<string, string>>[] Info(RedisValue section = default, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="Info(RedisValue, CommandFlags)"/>
    Task<IGrouping<string, KeyValuePair<string, string>>[]> InfoAsync(RedisValue section = default, CommandFlags flags = CommandFlags.None);

    /// <summary>What the server tells about itself, as it comes.</summary>
    string? InfoRaw(RedisValue section = default, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="InfoRaw(RedisValue, CommandFlags)"/>
    Task<string?> InfoRawAsync(RedisValue section = default, CommandFlags flags = CommandFlags.None);

    /// <summary>Settings of the server by a pattern; all unless given.</summary>
    KeyValuePair<string, string>[] ConfigGet(RedisValue pattern = default, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="ConfigGet(RedisValue, CommandFlags)"/>
    Task<KeyValuePair<string, string>[]> ConfigGetAsync(RedisValue pattern = default, CommandFlags flags = CommandFlags.None);

    /// <summary>Changes a setting until the server ends.</summary>
    void ConfigSet(RedisValue setting, RedisValue value, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="ConfigSet(RedisValue, RedisValue, CommandFlags)"/>
    Task ConfigSetAsync(RedisValue setting, RedisValue value, CommandFlags flags = CommandFlags.None);

    /// <summary>The number of keys in a database, the default one unless given.</summary>
    long DatabaseSize(int database = -1, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="DatabaseSize(int, CommandFlags)"/>
    Task<long> DatabaseSizeAsync(int database = -1, CommandFlags flags = CommandFlags.None);

    /// <summary>Deletes all keys of a database, the default one unless given.</summary>
    void FlushDatabase(int database = -1, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="FlushDatabase(int, CommandFlags)"/>
    Task FlushDatabaseAsync(int database = -1, CommandFlags flags = CommandFlags.None);

    /// <summary>Deletes all keys of all databases.</summary>
    void FlushAllDatabases(CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="FlushAllDatabases(CommandFlags)"/>
    Task FlushAllDatabasesAsync(CommandFlags flags = CommandFlags.None);

    /// <summary>Writes the data to disk. The background kinds are only begun.</summary>
    void Save(SaveType type, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="Save(SaveType, CommandFlags)"/>
    Task SaveAsync(SaveType type, CommandFlags flags = CommandFlags.None);

    /// <summary>When the last snapshot was written (UTC, whole seconds).</summary>
    DateTime LastSave(CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="LastSave(CommandFlags)"/>
    Task<DateTime> LastSaveAsync(CommandFlags flags = CommandFlags.None);

    /// <summary>The server's clock (UTC).</summary>
    DateTime Time(CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="Time(CommandFlags)"/>
    Task<DateTime> TimeAsync(CommandFlags flags = CommandFlags.None);

    /// <summary>Lets the server know a script and gives its hash of 20 bytes.</summary>
    byte[] ScriptLoad(string script, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="ScriptLoad(string, CommandFlags)"/>
    Task<byte[]> ScriptLoadAsync(string script, CommandFlags flags = CommandFlags.None);

    /// <summary>Whether the server knows a script.</summary>
    bool ScriptExists(string script, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="ScriptExists(string, CommandFlags)"/>
    Task<bool> ScriptExistsAsync(string script, CommandFlags flags = CommandFlags.None);

    /// <summary>Makes the server forget all scripts.</summary>
    void ScriptFlush(CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="ScriptFlush(CommandFlags)"/>
    Task ScriptFlushAsync(CommandFlags flags = CommandFlags.None);

    /// <summary>All keys that match a pattern, page by page (SCAN): one that is added or deleted meanwhile may be missing or not.</summary>
    /// <param name="database">The database; the default one unless given.</param>
    /// <param name="pattern">Such as <c>table:*</c>; all keys unless given.</param>
    /// <param name="pageSize">Keys that the server looks at for a page.</param>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="pageOffset">Keys of the first page that are left out.</param>
    /// <param name="flags">How the commands are sent.</param>
    IEnumerable<RedisKey> Keys(
        int database = -1, RedisValue pattern = default, int pageSize = 250, long cursor = 0, int pageOffset = 0, CommandFlags flags = CommandFlags.None);

    /// <inheritdoc cref="Keys"/>
    IAsyncEnumerable<RedisKey> KeysAsync(
        int database = -1, RedisValue pattern = default, int pageSize = 250, long cursor = 0, int pageOffset = 0, CommandFlags flags = CommandFlags.None);
}
