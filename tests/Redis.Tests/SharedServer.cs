using DqnAspire.Redis.Tests;
using StackExchange.Redis;

[assembly: AssemblyFixture(typeof(SharedServer))]

namespace DqnAspire.Redis.Tests;

/// <summary>One server for all tests that leave it as it is. Each test has keys of its own.</summary>
public sealed class SharedServer : IAsyncDisposable
{
    private readonly Lazy<Task<RedisServerProcess>> _server = new(static () => RedisServerProcess.StartAsync());
    private int _keys;

    /// <summary>Connects, or skips the test where no server is installed.</summary>
    public async Task<ConnectionMultiplexer> ConnectAsync(RedisProtocol protocol = RedisProtocol.Resp3, Action<ConfigurationOptions>? configure = null)
    {
        var server = await _server.Value;
        return await ConnectionMultiplexer.ConnectAsync(server.Address, options =>
        {
            options.AllowAdmin = true;
            options.Protocol = protocol;
            configure?.Invoke(options);
        });
    }

    /// <summary>A key that no other test uses.</summary>
    public RedisKey NewKey() => $"key:{Interlocked.Increment(ref _keys)}";

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated && _server.Value.IsCompletedSuccessfully)
        {
            await (await _server.Value).DisposeAsync();
        }
    }
}
