namespace DqnAspire.Agents.Training;

/// <summary>
/// How often each action was taken; a policy that has stopped using one shows here first. One thread uses it.
/// </summary>
/// <param name="actions">Number of actions.</param>
public sealed class ActionCounts(int actions)
{
    private readonly long[] _counts = new long[actions];

    /// <summary>Counts an action.</summary>
    /// <param name="action">0 to below the number of actions.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such action.</exception>
    public void Add(int action) => _counts[action]++;

    /// <summary>The counts by action since the last reset, a copy.</summary>
    public long[] Snapshot() => [.. _counts];

    /// <summary>Goes on from earlier counts.</summary>
    /// <exception cref="InvalidDataException">They are of another number of actions.</exception>
    public void Restore(IReadOnlyList<long> counts)
    {
        if (counts.Count != _counts.Length)
        {
            throw new InvalidDataException($"Counts of {counts.Count} actions do not fit {_counts.Length}.");
        }

        for (var action = 0; action < _counts.Length; action++)
        {
            _counts[action] = counts[action];
        }
    }

    /// <summary>Begins a new window.</summary>
    public void Reset() => Array.Clear(_counts);
}
