namespace StackExchange.Redis;

/// <summary>A member of a sorted set with its score.</summary>
public readonly struct SortedSetEntry : IEquatable<SortedSetEntry>, IComparable, IComparable<SortedSetEntry>
{
    /// <summary>A pair.</summary>
    /// <param name="element">The member.</param>
    /// <param name="score">Its score.</param>
    public SortedSetEntry(RedisValue element, double score)
    {
        Element = element;
        Score = score;
    }

    /// <summary>The member.</summary>
    public RedisValue Element { get; }

    /// <summary>Its score.</summary>
    public double Score { get; }

    /// <summary>A pair of the base class library.</summary>
    /// <param name="value">The pair.</param>
    public static implicit operator KeyValuePair<RedisValue, double>(SortedSetEntry value) => new(value.Element, value.Score);

    /// <summary>From a pair of the base class library.</summary>
    /// <param name="value">The pair.</param>
    public static implicit operator SortedSetEntry(KeyValuePair<RedisValue, double> value) => new(value.Key, value.Value);

    /// <summary>Whether both parts are equal.</summary>
    /// <param name="x">One pair.</param>
    /// <param name="y">The other.</param>
    public static bool operator ==(SortedSetEntry x, SortedSetEntry y) => x.Equals(y);

    /// <summary>Whether a part differs.</summary>
    /// <param name="x">One pair.</param>
    /// <param name="y">The other.</param>
    public static bool operator !=(SortedSetEntry x, SortedSetEntry y) => !x.Equals(y);

    /// <inheritdoc/>
    public bool Equals(SortedSetEntry other) => Element == other.Element && Score.Equals(other.Score);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SortedSetEntry other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Element, Score);

    /// <summary>Both parts with a colon between them.</summary>
    public override string ToString() => $"{Element}: {NumberText.Format(Score)}";

    /// <summary>By score.</summary>
    /// <param name="other">The other member.</param>
    public int CompareTo(SortedSetEntry other) => Score.CompareTo(other.Score);

    /// <summary>By score.</summary>
    /// <param name="obj">The other member.</param>
    public int CompareTo(object? obj) => obj is SortedSetEntry other ? CompareTo(other) : -1;
}
