using System.Net;

namespace StackExchange.Redis;

/// <summary>One server of a multiplexer.</summary>
/// <param name="multiplexer">The connections.</param>
/// <param name="server">The server.</param>
/// <param name="asyncState">The state of the tasks.</param>
internal sealed class RedisServer(ConnectionMultiplexer multiplexer, ServerEndPoint server, object? asyncState) : IServer
{
    private static readonly ReplyReader<bool> FirstIsTrue = static (in reply) => reply.Items is [var first, ..] && first.Integer == 1;

    public EndPoint EndPoint => server.Address;

    public bool IsConnected => server.IsConnected;

    public bool IsReplica => server.Facts.IsReplica;

    public RedisProtocol Protocol => server.Facts.Protocol;

    public ServerType ServerType => server.Facts.Type;

    public Version Version => server.Facts.Version;

    IConnectionMultiplexer IRedisAsync.Multiplexer => multiplexer;

    public TimeSpan Ping(CommandFlags flags = CommandFlags.None)
    {
        var began = TimeProvider.System.GetTimestamp();
        Send(new Request<bool>(Replies.Accepted, "PING"), -1, flags);
        return TimeProvider.System.GetElapsedTime(began);
    }

    public async Task<TimeSpan> PingAsync(CommandFlags flags = CommandFlags.None)
    {
        var began = TimeProvider.System.GetTimestamp();
        await SendAsync(new Request<bool>(Replies.Accepted, "PING"), -1, flags).ConfigureAwait(false);
        return TimeProvider.System.GetElapsedTime(began);
    }

    public RedisResult Execute(string command, params object[] args) => Execute(command, args, CommandFlags.None);

    public RedisResult Execute(string command, ICollection<object> args, CommandFlags flags = CommandFlags.None)
        => Send(new Request<RedisResult>(Replies.Result, command, Arguments.Of(args)), -1, flags);

    public Task<RedisResult> ExecuteAsync(string command, params object[] args) => ExecuteAsync(command, args, CommandFlags.None);

    public Task<RedisResult> ExecuteAsync(string command, ICollection<object> args, CommandFlags flags = CommandFlags.None)
        => SendAsync(new Request<RedisResult>(Replies.Result, command, Arguments.Of(args)), -1, flags);

    public IGrouping<string, KeyValuePair<string, string>>[] Info(RedisValue section = default, CommandFlags flags = CommandFlags.None)
        => Send(InfoRequest(section), -1, flags);

    public Task<IGrouping<string, KeyValuePair<string, string>>[]> InfoAsync(RedisValue section = default, CommandFlags flags = CommandFlags.None)
        => SendAsync(InfoRequest(section), -1, flags);

    public string? InfoRaw(RedisValue section = default, CommandFlags flags = CommandFlags.None)
        => Send(InfoRawRequest(section), -1, flags);

    public Task<string?> InfoRawAsync(RedisValue section = default, CommandFlags flags = CommandFlags.None)
        => SendAsync(InfoRawRequest(section), -1, flags);

    public KeyValuePair<string, string>[] ConfigGet(RedisValue pattern = default, CommandFlags flags = CommandFlags.None)
        => Send(ConfigGetRequest(pattern), -1, flags);

    public Task<KeyValuePair<string, string>[]> ConfigGetAsync(RedisValue pattern = default, CommandFlags flags = CommandFlags.None)
        => SendAsync(ConfigGetRequest(pattern), -1, flags);

    public void ConfigSet(RedisValue setting, RedisValue value, CommandFlags flags = CommandFlags.None)
        => Send(ConfigSetRequest(setting, value), -1, flags);

    public Task ConfigSetAsync(RedisValue setting, RedisValue value, CommandFlags flags = CommandFlags.None)
        => SendAsync(ConfigSetRequest(setting, value), -1, flags);

    public long DatabaseSize(int database = -1, CommandFlags flags = CommandFlags.None)
        => Send(DatabaseSizeRequest(), Default(database), flags);

    public Task<long> DatabaseSizeAsync(int database = -1, CommandFlags flags = CommandFlags.None)
        => SendAsync(DatabaseSizeRequest(), Default(database), flags);

    public void FlushDatabase(int database = -1, CommandFlags flags = CommandFlags.None)
        => Send(FlushDatabaseRequest(), Default(database), flags);

    public Task FlushDatabaseAsync(int database = -1, CommandFlags flags = CommandFlags.None)
        => SendAsync(FlushDatabaseRequest(), Default(database), flags);

    public void FlushAllDatabases(CommandFlags flags = CommandFlags.None)
        => Send(FlushAllDatabasesRequest(), -1, flags);

    public Task FlushAllDatabasesAsync(CommandFlags flags = CommandFlags.None)
        => SendAsync(FlushAllDatabasesRequest(), -1, flags);

    public void Save(SaveType type, CommandFlags flags = CommandFlags.None)
        => Send(SaveRequest(type), -1, flags);

    public Task SaveAsync(SaveType type, CommandFlags flags = CommandFlags.None)
        => SendAsync(SaveRequest(type), -1, flags);

    public DateTime LastSave(CommandFlags flags = CommandFlags.None)
        => Send(LastSaveRequest(), -1, flags);

    public Task<DateTime> LastSaveAsync(CommandFlags flags = CommandFlags.None)
        => SendAsync(LastSaveRequest(), -1, flags);

    public DateTime Time(CommandFlags flags = CommandFlags.None)
        => Send(TimeRequest(), -1, flags);

    public Task<DateTime> TimeAsync(CommandFlags flags = CommandFlags.None)
        => SendAsync(TimeRequest(), -1, flags);

    public byte[] ScriptLoad(string script, CommandFlags flags = CommandFlags.None)
        => Send(ScriptLoadRequest(script), -1, flags);

    public Task<byte[]> ScriptLoadAsync(string script, CommandFlags flags = CommandFlags.None)
        => SendAsync(ScriptLoadRequest(script), -1, flags);

    public bool ScriptExists(string script, CommandFlags flags = CommandFlags.None)
        => Send(ScriptExistsRequest(script), -1, flags);

    public Task<bool> ScriptExistsAsync(string script, CommandFlags flags = CommandFlags.None)
        => SendAsync(ScriptExistsRequest(script), -1, flags);

    public void ScriptFlush(CommandFlags flags = CommandFlags.None)
        => Send(ScriptFlushRequest(), -1, flags);

    public Task ScriptFlushAsync(CommandFlags flags = CommandFlags.None)
        => SendAsync(ScriptFlushRequest(), -1, flags);

    public IEnumerable<RedisKey> Keys(
        int database = -1, RedisValue pattern = default, int pageSize = 250, long cursor = 0, int pageOffset = 0, CommandFlags flags = CommandFlags.None)
    {
        var skip = pageOffset;
        do
        {
            (cursor, var page) = Send(KeysRequest(cursor, pattern, pageSize), Default(database), flags);
            foreach (var key in page.Skip(skip))
            {
                yield return key;
            }

            skip = 0;
        }
        while (cursor != 0);
    }

    public async IAsyncEnumerable<RedisKey> KeysAsync(
        int database = -1, RedisValue pattern = default, int pageSize = 250, long cursor = 0, int pageOffset = 0, CommandFlags flags = CommandFlags.None)
    {
        var skip = pageOffset;
        do
        {
            (cursor, var page) = await SendAsync(KeysRequest(cursor, pattern, pageSize), Default(database), flags).ConfigureAwait(false);
            foreach (var key in page.Skip(skip))
            {
                yield return key;
            }

            skip = 0;
        }
        while (cursor != 0);
    }

    public bool TryWait(Task task) => multiplexer.TryWait(task);

    public void Wait(Task task) => multiplexer.Wait(task);

    public T Wait<T>(Task<T> task) => multiplexer.Wait(task);

    public void WaitAll(params Task[] tasks) => multiplexer.WaitAll(tasks);

    private static Request<IGrouping<string, KeyValuePair<string, string>>[]> InfoRequest(RedisValue section) => new(Replies.Info, "INFO", Optional(section));

    private static Request<string?> InfoRawRequest(RedisValue section) => new(Replies.Text, "INFO", Optional(section));

    private static Request<KeyValuePair<string, string>[]> ConfigGetRequest(RedisValue pattern) => new(Replies.Texts, "CONFIG", "GET", pattern.IsNull ? "*" : pattern);

    private static Request<bool> ConfigSetRequest(RedisValue setting, RedisValue value) => new(Replies.Accepted, "CONFIG", "SET", setting, value);

    private static Request<long> DatabaseSizeRequest() => new(Replies.Integer, "DBSIZE");

    private static Request<bool> FlushDatabaseRequest() => new(Replies.Accepted, "FLUSHDB");

    private static Request<bool> FlushAllDatabasesRequest() => new(Replies.Accepted, "FLUSHALL");

    private static Request<bool> SaveRequest(SaveType type) => new(Replies.Accepted, SaveCommand(type));

    private static Request<DateTime> LastSaveRequest() => new(Replies.UnixSeconds, "LASTSAVE");

    private static Request<DateTime> TimeRequest() => new(Replies.SecondsAndMicroseconds, "TIME");

    private static Request<byte[]> ScriptLoadRequest(string script) => new(Replies.Hash, "SCRIPT", "LOAD", script);

    private static Request<bool> ScriptExistsRequest(string script) => new(FirstIsTrue, "SCRIPT", "EXISTS", ScriptMessage.Hash(script));

    private static Request<bool> ScriptFlushRequest() => new(Replies.Accepted, "SCRIPT", "FLUSH");

    private static Request<(long Cursor, RedisKey[] Keys)> KeysRequest(long cursor, RedisValue pattern, int pageSize)
        => new(Replies.Scan, "SCAN", [cursor, .. pattern.IsNull ? (RedisValue[])[] : ["MATCH", pattern], "COUNT", pageSize]);

    private static RedisValue[] Optional(RedisValue argument) => argument.IsNull ? [] : [argument];

    private static string SaveCommand(SaveType type) => type switch
    {
        SaveType.BackgroundRewriteAppendOnlyFile => "BGREWRITEAOF",
        SaveType.BackgroundSave => "BGSAVE",
        SaveType.ForegroundSave => "SAVE",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private int Default(int database) => database >= 0 ? database : multiplexer.Options.DefaultDatabase ?? 0;

    private T Send<T>(in Request<T> request, int database, CommandFlags flags) => multiplexer.Send(Checked(request, database, flags), server);

    private Task<T> SendAsync<T>(in Request<T> request, int database, CommandFlags flags)
        => multiplexer.SendAsync(Checked(request, database, flags), server);

    private Message<T> Checked<T>(in Request<T> request, int database, CommandFlags flags)
    {
        CommandRules.Check(request.Command, request.Arguments, multiplexer.Options.AllowAdmin);
        return new Message<T>(database, request, flags, asyncState);
    }
}
