using System.Globalization;
using StackExchange.Redis;

namespace DqnAspire.Replay.Redis;

/// <summary>The keys of one table; README.md describes their contents.</summary>
/// <param name="name">The table.</param>
internal sealed class RedisKeys(string name)
{
    /// <summary>Version of the key scheme that this program reads and writes.</summary>
    public const int Format = 1;

    /// <summary>Entries of one key of priorities.</summary>
    public const int PrioritiesPerKey = 1 << 16;

    private const string Prefix = "dqn:replay:";

    /// <summary>Set of the tables' names.</summary>
    public static RedisKey Names => Prefix + "tables";

    /// <summary>The table.</summary>
    public string Name => name;

    /// <summary>Hash: manifest and counters of the table.</summary>
    public RedisKey Table { get; } = $"{Prefix}table:{name}";

    /// <summary>List of the segments, oldest first, each named by its first record.</summary>
    public RedisKey Segments { get; } = $"{Prefix}segments:{name}";

    /// <summary>Hash: the marks by name.</summary>
    public RedisKey Marks { get; } = $"{Prefix}marks:{name}";

    /// <summary>Prefix of the keys of segment indices; the segment's first record follows.</summary>
    public string IndexPrefix { get; } = $"{Prefix}index:{name}:";

    /// <summary>Prefix of the keys of segments' observations; the segment's first record follows.</summary>
    public string FramesPrefix { get; } = $"{Prefix}frames:{name}:";

    /// <summary>Prefix of the keys of priorities; the key's number follows.</summary>
    public string PrioritiesPrefix { get; } = $"{Prefix}priorities:{name}:";

    /// <summary>String: a segment's records.</summary>
    public RedisKey Index(long first) => IndexPrefix + first.ToString(CultureInfo.InvariantCulture);

    /// <summary>String: a segment's observations.</summary>
    public RedisKey Frames(long first) => FramesPrefix + first.ToString(CultureInfo.InvariantCulture);

    /// <summary>String: changed priorities.</summary>
    public RedisKey Priorities(int block) => PrioritiesPrefix + block.ToString(CultureInfo.InvariantCulture);

    /// <summary>The keys of segments.</summary>
    /// <param name="segments">Their first records.</param>
    public IEnumerable<RedisKey> OfSegments(IEnumerable<long> segments) =>
        segments.SelectMany(s => new[] { Index(s), Frames(s) });

    /// <summary>Number of keys of priorities that a table can have.</summary>
    public static int PriorityKeys(TableSpec spec) =>
        spec.PriorityExponent > 0 ? ((spec.Capacity - 1) / PrioritiesPerKey) + 1 : 0;
}
