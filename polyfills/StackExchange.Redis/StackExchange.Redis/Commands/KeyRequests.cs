namespace StackExchange.Redis;

/// <summary>Keys of any type.</summary>
internal static class KeyRequests
{
    public static Request<bool> KeyDelete(RedisKey key)
        => new(Replies.Done, "DEL", key.Required());

    public static Request<long> KeyDelete(RedisKey[] keys)
        => keys.Length == 0 ? 0 : new Request<long>(Replies.Integer, "DEL", Arguments.Of(keys));

    public static Request<bool> KeyExists(RedisKey key)
        => new(Replies.Done, "EXISTS", key.Required());

    public static Request<long> KeyExists(RedisKey[] keys)
        => keys.Length == 0 ? 0 : new Request<long>(Replies.Integer, "EXISTS", Arguments.Of(keys));

    public static Request<bool> KeyPersist(RedisKey key)
        => new(Replies.Done, "PERSIST", key.Required());

    public static Request<TimeSpan?> KeyTimeToLive(RedisKey key)
        => new(Replies.TimeToLive, "PTTL", key.Required());

    public static Request<RedisType> KeyType(RedisKey key)
        => new(Replies.KeyType, "TYPE", key.Required());

    public static Request<bool> KeyExpire(RedisKey key, TimeSpan? expiry, ExpireWhen when)
        => expiry is { } ttl && ttl != TimeSpan.MaxValue
            ? new Request<bool>(Replies.Done, "PEXPIRE", [key.Required(), ttl.Ticks / TimeSpan.TicksPerMillisecond, .. Condition(when)])
            : KeyPersist(key);

    public static Request<bool> KeyExpire(RedisKey key, DateTime? expiry, ExpireWhen when)
    {
        if (expiry is not { } time || time == DateTime.MaxValue)
        {
            return KeyPersist(key);
        }

        return time.Kind == DateTimeKind.Unspecified
            ? throw new ArgumentException("Expiry time must be either Utc or Local", nameof(expiry))
            : new Request<bool>(Replies.Done, "PEXPIREAT", [key.Required(), new DateTimeOffset(time).ToUnixTimeMilliseconds(), .. Condition(when)]);
    }

    public static Request<bool> KeyRename(RedisKey key, RedisKey newKey, When when) => when switch
    {
        When.Always => new(Replies.Done, "RENAME", key.Required(), newKey.Required()),
        When.NotExists => new(Replies.Done, "RENAMENX", key.Required(), newKey.Required()),
        _ => throw new ArgumentException($"{when} is not valid in this context; the permitted values are: Always, NotExists", nameof(when)),
    };

    private static RedisValue[] Condition(ExpireWhen when) => when switch
    {
        ExpireWhen.GreaterThanCurrentExpiry => ["GT"],
        ExpireWhen.HasExpiry => ["XX"],
        ExpireWhen.HasNoExpiry => ["NX"],
        ExpireWhen.LessThanCurrentExpiry => ["LT"],
        _ => [],
    };
}
