namespace DqnAspire.Replay.Redis;

/// <summary>
/// Every change of a table: Lua that Redis runs as a whole or, when it refuses the first write (memory, replica), not
/// at all. All but the first three begin by comparing the writer's generation with the table's (field <c>epoch</c>), so
/// a writer that lost the table changes nothing. They answer <c>ok</c>, <c>taken</c> (another generation) or
/// <c>gone</c> (no such table).
/// </summary>
internal static class RedisScripts
{
    /// <summary>
    /// KEYS: table, names. ARGV: name, format, manifest, generation, records. Answers <c>exists</c> when the name is
    /// taken, and <c>ok</c> when it was this generation that took it: the answer to the first attempt was lost then.
    /// </summary>
    public const string Create = """
        if redis.call('EXISTS', KEYS[1]) == 1 then
            return redis.call('HGET', KEYS[1], 'epoch') == ARGV[4] and 'ok' or 'exists'
        end
        redis.call('HSET', KEYS[1], 'format', ARGV[2], 'manifest', ARGV[3], 'epoch', ARGV[4],
            'records', ARGV[5], 'first', ARGV[5], 'sampled', 0, 'highest', 0)
        redis.call('SADD', KEYS[2], ARGV[1])
        return 'ok'
        """;

    /// <summary>
    /// KEYS: table. ARGV: format, generation. Takes the table over; answers its format, manifest, records, first,
    /// sampled and highest.
    /// </summary>
    public const string Open = """
        local format = redis.call('HGET', KEYS[1], 'format')
        if format == ARGV[1] then
            redis.call('HSET', KEYS[1], 'epoch', ARGV[2])
            redis.call('HDEL', KEYS[1], 'token')
        end
        return redis.call('HMGET', KEYS[1], 'format', 'manifest', 'records', 'first', 'sampled', 'highest')
        """;

    /// <summary>
    /// KEYS: table, names, segments, marks. ARGV: name, prefixes of index and observations, prefix of priorities,
    /// number of keys of those.
    /// </summary>
    public const string Delete = """
        redis.call('SREM', KEYS[2], ARGV[1])
        for _, first in ipairs(redis.call('LRANGE', KEYS[3], 0, -1)) do
            redis.call('UNLINK', ARGV[2] .. first, ARGV[3] .. first)
        end
        for block = 0, tonumber(ARGV[5]) - 1 do redis.call('UNLINK', ARGV[4] .. block) end
        return redis.call('UNLINK', KEYS[1], KEYS[3], KEYS[4])
        """;

    /// <summary>
    /// KEYS: table, segments, index and observations of the segment, then those of segments that leave. ARGV:
    /// generation, token of the block, records before, records after, first record of the segment, 1 when it is new,
    /// index entries, observations, sampled, highest. Answers <c>ok</c> too when the block is there already, and
    /// <c>moved</c> when the table does not end where the writer thinks.
    /// </summary>
    public const string Append = Guard + """
        if table[2] == ARGV[2] then return 'ok' end
        if table[3] ~= ARGV[3] then return 'moved' end
        if ARGV[6] == '1' then redis.call('RPUSH', KEYS[2], ARGV[5]) end
        redis.call('APPEND', KEYS[3], ARGV[7])
        redis.call('APPEND', KEYS[4], ARGV[8])
        redis.call('HSET', KEYS[1], 'token', ARGV[2], 'records', ARGV[4], 'sampled', ARGV[9], 'highest', ARGV[10])
        for i = 5, #KEYS, 2 do
            redis.call('LPOP', KEYS[2])
            redis.call('UNLINK', KEYS[i], KEYS[i + 1])
        end
        return 'ok'
        """;

    /// <summary>
    /// KEYS: table, segments, index and observations of the segment that becomes the last, then those of segments that
    /// go. ARGV: generation, records, bytes that stay of the last segment's index and of its observations, then the
    /// first records of the segments that go. Answers <c>moved</c> when there are fewer records already.
    /// </summary>
    public const string Truncate = Guard + Cut + """
        for i = 5, #ARGV do redis.call('LREM', KEYS[2], -1, ARGV[i]) end
        for i = 5, #KEYS do redis.call('UNLINK', KEYS[i]) end
        return 'ok'
        """;

    /// <summary>
    /// As <see cref="Truncate"/>, and all else that going back to a mark changes. KEYS: table, segments, index and
    /// observations of the segment that becomes the last, marks, keys of priorities, then those of segments that go.
    /// ARGV: generation, records, bytes that stay of the last segment's index and of its observations, first record to
    /// recover, sampled, highest, number of marks to drop, of keys of priorities, of segments that go; then the marks'
    /// names, the contents of the keys of priorities, and the first records of the segments.
    /// </summary>
    public const string Rewind = Guard + Cut + """
        redis.call('HSET', KEYS[1], 'first', ARGV[5], 'sampled', ARGV[6], 'highest', ARGV[7])
        local at = 11
        for i = 1, tonumber(ARGV[8]) do redis.call('HDEL', KEYS[5], ARGV[at]) at = at + 1 end
        for i = 1, tonumber(ARGV[9]) do redis.call('SET', KEYS[5 + i], ARGV[at]) at = at + 1 end
        for i = 1, tonumber(ARGV[10]) do redis.call('LREM', KEYS[2], -1, ARGV[at]) at = at + 1 end
        for i = 6 + tonumber(ARGV[9]), #KEYS do redis.call('UNLINK', KEYS[i]) end
        return 'ok'
        """;

    /// <summary>KEYS: table, marks. ARGV: generation, name, mark.</summary>
    public const string SaveMark = Guard + """
        redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
        return 'ok'
        """;

    /// <summary>KEYS: table, marks. ARGV: generation, name. Answers <c>none</c> when there is no such mark.</summary>
    public const string DropMark = Guard + """
        return redis.call('HDEL', KEYS[2], ARGV[2]) == 1 and 'ok' or 'none'
        """;

    /// <summary>
    /// KEYS: table, keys of priorities. ARGV: generation, sampled, highest, for each key its entries: offset (4 bytes),
    /// entry (8 bytes).
    /// </summary>
    public const string Priorities = Guard + """
        for key = 2, #KEYS do
            local entries = ARGV[key + 2]
            for at = 1, #entries, 12 do
                local entry = string.sub(entries, at + 4, at + 11)
                redis.call('SETRANGE', KEYS[key], struct.unpack('<I4', entries, at), entry)
            end
        end
        redis.call('HSET', KEYS[1], 'sampled', ARGV[2], 'highest', ARGV[3])
        return 'ok'
        """;

    /// <summary>KEYS: table. ARGV: generation, then fields and values.</summary>
    public const string Describe = Guard + """
        redis.call('HSET', KEYS[1], unpack(ARGV, 2))
        return 'ok'
        """;

    private const string Guard = """
        local table = redis.call('HMGET', KEYS[1], 'epoch', 'token', 'records')
        if not table[1] then return 'gone' end
        if table[1] ~= ARGV[1] then return 'taken' end

        """;

    // The first write is one that takes no memory: then the others may, even where it is full.
    private const string Cut = """
        if tonumber(table[3]) < tonumber(ARGV[2]) then return 'moved' end
        redis.call('HDEL', KEYS[1], 'token')
        for i = 3, 4 do
            local stay = tonumber(ARGV[i])
            if stay > 0 and redis.call('STRLEN', KEYS[i]) > stay then
                redis.call('SET', KEYS[i], redis.call('GETRANGE', KEYS[i], 0, stay - 1))
            end
        end
        redis.call('HSET', KEYS[1], 'records', ARGV[2])

        """;
}
