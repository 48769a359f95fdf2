namespace StackExchange.Redis;

/// <summary>A field of a stream entry with its value.</summary>
public readonly struct NameValueEntry : IEquatable<NameValueEntry>
{
    /// <summary>A pair.</summary>
    /// <param name="name">The field.</param>
    /// <param name="value">Its value.</param>
    public NameValueEntry(RedisValue name, RedisValue value)
    {
        Name = name;
        Value = value;
    }

    /// <summary>The field.</summary>
    public RedisValue Name { get; }

    /// <summary>Its value.</summary>
    public RedisValue Value { get; }

    /// <summary>A pair of the base class library.</summary>
    /// <param name="value">The pair.</param>
    public static implicit operator KeyValuePair<RedisValue, RedisValue>(NameValueEntry value) => new(value.Name, value.Value);

    /// <summary>From a pair of the base class library.</summary>
    /// <param name="value">The pair.</param>
    public static implicit operator NameValueEntry(KeyValuePair<RedisValue, RedisValue> value) => new(value.Key, value.Value);

    /// <summary>Whether both parts are equal.</summary>
    /// <param name="x">One pair.</param>
    /// <param name="y">The other.</param>
    public static bool operator ==(NameValueEntry x, NameValueEntry y) => x.Equals(y);

    /// <summary>Whether a part differs.</summary>
    /// <param name="x">One pair.</param>
    /// <param name="y">The other.</param>
    public static bool operator !=(NameValueEntry x, NameValueEntry y) => !x.Equals(y);

    /// <inheritdoc/>
    public bool Equals(NameValueEntry other) => Name == other.Name && Value == other.Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is NameValueEntry other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Value);

    /// <summary>Both parts with a colon between them.</summary>
    public override string ToString() => $"{Name}: {Value}";
}
