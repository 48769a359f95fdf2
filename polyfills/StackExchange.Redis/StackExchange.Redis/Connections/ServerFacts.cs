namespace StackExchange.Redis;

/// <summary>What a server said about itself when it was connected to.</summary>
/// <param name="Version">Its version; 0.0 if it did not say.</param>
/// <param name="IsReplica">Whether it copies another server.</param>
/// <param name="Type">What kind of server it is.</param>
/// <param name="Protocol">The protocol that was agreed on.</param>
internal sealed record ServerFacts(Version Version, bool IsReplica, ServerType Type, RedisProtocol Protocol)
{
    public static ServerFacts Unknown { get; } = new(new Version(0, 0), false, ServerType.Standalone, RedisProtocol.Resp2);

    /// <summary>From names and values as HELLO and INFO have them.</summary>
    public static ServerFacts From(IEnumerable<KeyValuePair<string, string>> facts, RedisProtocol protocol)
    {
        var found = Unknown with { Protocol = protocol };
        foreach (var (name, value) in facts)
        {
            found = name switch
            {
                "version" or "redis_version" when Version.TryParse(value, out var version) => found with { Version = version },
                "role" => found with { IsReplica = value is "replica" or "slave" },
                "mode" or "redis_mode" => found with { Type = TypeOf(value) },
                _ => found,
            };
        }

        return found;
    }

    private static ServerType TypeOf(string mode) => mode switch
    {
        "cluster" => ServerType.Cluster,
        "sentinel" => ServerType.Sentinel,
        _ => ServerType.Standalone,
    };
}
