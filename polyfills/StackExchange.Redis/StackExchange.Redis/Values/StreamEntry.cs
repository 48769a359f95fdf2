namespace StackExchange.Redis;

/// <summary>An entry of a stream: its id and its fields.</summary>
public readonly struct StreamEntry
{
    /// <summary>An entry.</summary>
    /// <param name="id">Milliseconds and sequence number, as in <c>1700000000000-0</c>.</param>
    /// <param name="values">The fields in their order.</param>
    public StreamEntry(RedisValue id, NameValueEntry[] values)
    {
        Id = id;
        Values = values;
    }

    /// <summary>No entry.</summary>
    public static StreamEntry Null { get; } = new(RedisValue.Null, []);

    /// <summary>Milliseconds and sequence number, as in <c>1700000000000-0</c>.</summary>
    public RedisValue Id { get; }

    /// <summary>The fields in their order.</summary>
    public NameValueEntry[] Values { get; }

    /// <summary>Whether there is no entry.</summary>
    public bool IsNull => Id.IsNull;

    /// <summary>The value of a field; null where there is none of that name.</summary>
    /// <param name="fieldName">The field.</param>
    public RedisValue this[RedisValue fieldName]
    {
        get
        {
            foreach (var field in Values ?? [])
            {
                if (field.Name == fieldName)
                {
                    return field.Value;
                }
            }

            return RedisValue.Null;
        }
    }
}
