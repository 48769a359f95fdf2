namespace StackExchange.Redis;

/// <summary>
/// Something that must hold for a transaction to be run. Its key is watched from the check to the end: a change in between undoes the transaction.
/// </summary>
public abstract class Condition
{
    private protected Condition()
    {
    }

    internal abstract RedisKey Key { get; }

    /// <summary>The command whose reply tells whether the condition holds.</summary>
    internal abstract Request<bool> Query { get; }

    /// <summary>There is such a key.</summary>
    /// <param name="key">The key.</param>
    public static Condition KeyExists(RedisKey key) => new Queried(key, KeyRequests.KeyExists(key), $"{key} exists");

    /// <summary>There is no such key.</summary>
    /// <param name="key">The key.</param>
    public static Condition KeyNotExists(RedisKey key) => new Queried(key, new(static (in reply) => reply.Integer == 0, "EXISTS", key.Required()), $"{key} does not exist");

    /// <summary>A string has a value; null stands for no key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    public static Condition StringEqual(RedisKey key, RedisValue value)
        => new Queried(key, new((in reply) => reply.Value == value, "GET", key.Required()), $"{key} == {value}");

    /// <summary>A string has another value.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    public static Condition StringNotEqual(RedisKey key, RedisValue value)
        => new Queried(key, new((in reply) => reply.Value != value, "GET", key.Required()), $"{key} != {value}");

    /// <summary>A hash has a field.</summary>
    /// <param name="key">The key.</param>
    /// <param name="hashField">The field.</param>
    public static Condition HashExists(RedisKey key, RedisValue hashField)
        => new Queried(key, HashRequests.HashExists(key, hashField), $"{key} > {hashField} exists");

    /// <summary>A hash has no such field.</summary>
    /// <param name="key">The key.</param>
    /// <param name="hashField">The field.</param>
    public static Condition HashNotExists(RedisKey key, RedisValue hashField)
        => new Queried(key, new(static (in reply) => reply.Integer == 0, "HEXISTS", key.Required(), hashField), $"{key} > {hashField} does not exist");

    /// <summary>A field has a value; null stands for no field.</summary>
    /// <param name="key">The key.</param>
    /// <param name="hashField">The field.</param>
    /// <param name="value">The value.</param>
    public static Condition HashEqual(RedisKey key, RedisValue hashField, RedisValue value)
        => new Queried(key, new((in reply) => reply.Value == value, "HGET", key.Required(), hashField), $"{key} > {hashField} == {value}");

    /// <summary>A field has another value.</summary>
    /// <param name="key">The key.</param>
    /// <param name="hashField">The field.</param>
    /// <param name="value">The value.</param>
    public static Condition HashNotEqual(RedisKey key, RedisValue hashField, RedisValue value)
        => new Queried(key, new((in reply) => reply.Value != value, "HGET", key.Required(), hashField), $"{key} > {hashField} != {value}");

    private sealed class Queried(RedisKey key, Request<bool> query, string text) : Condition
    {
        internal override RedisKey Key => key;

        internal override Request<bool> Query => query;

        public override string ToString() => text;
    }
}
