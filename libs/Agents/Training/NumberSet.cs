using System.Collections;

namespace DqnAspire.Agents.Training;

/// <summary>
/// Values of numbers at one moment, immutable; iterated in the order of declaration. An absent number has no value yet.
/// Sets are equal when they hold the same values.
/// </summary>
public sealed class NumberSet : IReadOnlyCollection<KeyValuePair<TrainingNumber, double>>, IEquatable<NumberSet>
{
    private readonly KeyValuePair<TrainingNumber, double>[] _values;

    private NumberSet(KeyValuePair<TrainingNumber, double>[] values) => _values = values;

    /// <summary>A set without values.</summary>
    public static NumberSet Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _values.Length;

    /// <summary>The value of a number, or null while it has none.</summary>
    public double? this[TrainingNumber number]
    {
        get
        {
            foreach (var (key, value) in _values)
            {
                if (key.Equals(number))
                {
                    return value;
                }
            }

            return null;
        }
    }

    /// <summary>The same set with one other value.</summary>
    /// <param name="number">The number.</param>
    /// <param name="value">Its value; null leaves it out.</param>
    public NumberSet With(TrainingNumber number, double? value)
    {
        var others = _values.Where(pair => !pair.Key.Equals(number));
        return new NumberSet(value is { } known
            ? [.. others.Append(new(number, known)).OrderBy(pair => pair.Key.Order)]
            : [.. others]);
    }

    /// <inheritdoc/>
    public bool Equals(NumberSet? other) => other is not null && Count == other.Count
        && _values.All(pair => other[pair.Key] is { } value && value.Equals(pair.Value));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NumberSet);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        _values.Aggregate(0, (hash, pair) => hash ^ HashCode.Combine(pair.Key, pair.Value));

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<TrainingNumber, double>> GetEnumerator() =>
        ((IEnumerable<KeyValuePair<TrainingNumber, double>>)_values).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() =>
        string.Join(", ", _values.Select(pair => FormattableString.Invariant($"{pair.Key.Name}={pair.Value}")));
}
