namespace DqnAspire.Environments.ToyText;

/// <summary>
/// What all lakes of one map have in common: it does not change, and for a large map it is large, so that many lanes
/// share it.
/// </summary>
/// <param name="Transitions">[state, action]: the outcomes of an action.</param>
/// <param name="StartProbabilities">Probability of each state to be the first of an episode.</param>
internal sealed record FrozenLakeTables(FrozenLakeTransition[][] Transitions, double[] StartProbabilities)
{
    /// <summary>Guards the newest.</summary>
    private static readonly Lock Sync = new();
    private static string _newestOf = "";
    private static WeakReference<FrozenLakeTables>? _newest;

    /// <summary>The tables that were made last, where they are of this lake and still in use, or new ones.</summary>
    /// <param name="lake">Map and rules, in words: equal lakes have equal ones.</param>
    /// <param name="make">Makes them.</param>
    public static FrozenLakeTables For(string lake, Func<FrozenLakeTables> make)
    {
        lock (Sync)
        {
            if (_newestOf == lake && _newest?.TryGetTarget(out var known) == true)
            {
                return known;
            }
        }

        var made = make();
        lock (Sync)
        {
            (_newestOf, _newest) = (lake, new WeakReference<FrozenLakeTables>(made));
        }

        return made;
    }
}
