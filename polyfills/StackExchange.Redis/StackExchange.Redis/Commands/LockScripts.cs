namespace StackExchange.Redis;

/// <summary>Comparing a lock's token and acting on it in one step, which Redis 7 has no command for.</summary>
internal static class LockScripts
{
    public const string Extend = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) else return 0 end";

    public const string Release = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) else return 0 end";
}
