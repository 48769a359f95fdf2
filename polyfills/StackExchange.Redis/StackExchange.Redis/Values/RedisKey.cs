using System.Text;

namespace StackExchange.Redis;

/// <summary>The name of a key: text (sent as UTF-8) or bytes. Two keys are equal when their bytes are.</summary>
public readonly struct RedisKey : IEquatable<RedisKey>
{
    /// <summary>Null, a string or a byte array.</summary>
    private readonly object? _name;

    /// <summary>A key with a text as its name.</summary>
    /// <param name="key">The name; null gives the null key, which no command takes.</param>
    public RedisKey(string? key)
    {
        _name = key;
    }

    private RedisKey(byte[]? key)
    {
        _name = key;
    }

    internal bool IsNull => _name is null;

    /// <summary>Whether both name the same key.</summary>
    /// <param name="x">One key.</param>
    /// <param name="y">The other.</param>
    public static bool operator ==(RedisKey x, RedisKey y) => x.Equals(y);

    /// <summary>Whether they name different keys.</summary>
    /// <param name="x">One key.</param>
    /// <param name="y">The other.</param>
    public static bool operator !=(RedisKey x, RedisKey y) => !x.Equals(y);

    /// <summary>A key with a text as its name.</summary>
    /// <param name="key">The name.</param>
    public static implicit operator RedisKey(string? key) => new(key);

    /// <summary>A key with bytes as its name.</summary>
    /// <param name="key">The name.</param>
    public static implicit operator RedisKey(byte[]? key) => new(key);

    /// <summary>The name as bytes.</summary>
    /// <param name="key">The key.</param>
    public static implicit operator byte[]?(RedisKey key) => key._name is string text ? Encoding.UTF8.GetBytes(text) : (byte[]?)key._name;

    /// <summary>The name as text.</summary>
    /// <param name="key">The key.</param>
    public static implicit operator string?(RedisKey key) => key._name is byte[] bytes ? Encoding.UTF8.GetString(bytes) : (string?)key._name;

    /// <summary>This name after another.</summary>
    /// <param name="prefix">What comes first.</param>
    public RedisKey Prepend(RedisKey prefix) => Joined(prefix, this);

    /// <summary>This name before another.</summary>
    /// <param name="suffix">What comes last.</param>
    public RedisKey Append(RedisKey suffix) => Joined(this, suffix);

    /// <inheritdoc/>
    public bool Equals(RedisKey other)
    {
        if (_name is string x && other._name is string y)
        {
            return x == y;
        }

        return IsNull || other.IsNull
            ? IsNull && other.IsNull
            : ((byte[]?)this).AsSpan().SequenceEqual((byte[]?)other);
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj switch
    {
        null => IsNull,
        RedisKey key => Equals(key),
        string text => Equals(new RedisKey(text)),
        byte[] bytes => Equals(new RedisKey(bytes)),
        _ => false,
    };

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes((byte[]?)this);
        return hash.ToHashCode();
    }

    /// <summary>The name as text, <c>(null)</c> for the null key.</summary>
    public override string ToString() => (string?)this ?? "(null)";

    /// <summary>The name as an argument.</summary>
    internal RedisValue AsValue() => _name is string text ? text : (byte[]?)_name;

    /// <summary>The name as an argument of a command.</summary>
    /// <exception cref="ArgumentException">It is null.</exception>
    internal RedisValue Required() => IsNull ? throw new ArgumentException("A null key is not valid in this context") : AsValue();

    private static RedisKey Joined(RedisKey first, RedisKey last)
    {
        if (first.IsNull || last.IsNull)
        {
            return first.IsNull ? last : first;
        }

        return first._name is string x && last._name is string y ? x + y : (byte[])[.. (byte[])first!, .. (byte[])last!];
    }
}
