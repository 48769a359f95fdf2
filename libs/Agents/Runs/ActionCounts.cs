namespace DqnAspire.Agents.Runs;

/// <summary>How often each action was taken since the last reset.</summary>
/// <param name="actions">Number of actions.</param>
public sealed class ActionCounts(int actions)
{
    private readonly long[] _counts = new long[actions];

    /// <summary>Counts an action.</summary>
    public void Add(int action) => _counts[action]++;

    /// <summary>The counts, one for each action.</summary>
    public long[] Snapshot() => [.. _counts];

    /// <summary>Begins anew.</summary>
    public void Reset() => Array.Clear(_counts);
}
