using DqnAspire.Replay.Redis;
using StackExchange.Redis;

namespace DqnAspire.Replay.Tests.Redis;

/// <summary>A connection as a ReplayService has it, and the tables behind it.</summary>
internal sealed class RedisConnection : IAsyncDisposable
{
    private RedisConnection(ConnectionMultiplexer client)
    {
        Client = client;
    }

    public ConnectionMultiplexer Client { get; }

    public RedisReplayEngine Tables { get; private set; } = null!;

    public static async Task<RedisConnection> OpenAsync(
        string connectionString, RedisStoreOptions options, Action<ConfigurationOptions>? configure = null)
    {
        var settings = RedisClientDefaults.Parse(connectionString);
        configure?.Invoke(settings);
        RedisConnection connection;
        try
        {
            connection = new RedisConnection(await ConnectionMultiplexer.ConnectAsync(settings));
        }
        catch (RedisConnectionException e)
        {
            throw RedisProblems.Explain(e, settings.EndPoints)!;
        }

        try
        {
            connection.Tables = new RedisReplayEngine(connection.Client, options);
            await connection.Tables.CheckAsync(TestContext.Current.CancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
