using StackExchange.Redis;

namespace DqnAspire.Redis.Tests;

/// <summary>Both versions of the protocol, for tests that must not differ between them.</summary>
public sealed class Protocols : TheoryData<RedisProtocol>
{
    public Protocols()
        : base(RedisProtocol.Resp2, RedisProtocol.Resp3)
    {
    }
}
