using DqnAspire.Core.Randomness;

namespace DqnAspire.Agents.Evaluation;

/// <summary>
/// The random actions of one episode that is played for its score, a function of the episode's seed alone: whoever
/// plays it with the same policy gets the same episode.
/// </summary>
/// <param name="epsilon">Probability of a uniformly random action.</param>
/// <param name="seed">Seed of the episode's reset.</param>
public sealed class EpisodeExploration(double epsilon, ulong seed)
{
    private readonly Pcg64? _random = epsilon > 0 ? NewGenerator(seed) : null;

    /// <summary>The action to take.</summary>
    /// <param name="greedy">The one that the policy would take.</param>
    /// <param name="actions">Number of actions.</param>
    public int Choose(int greedy, int actions) =>
        _random is not null && _random.NextDouble() < epsilon ? (int)_random.Integers(0, actions) : greedy;

    private static Pcg64 NewGenerator(ulong seed)
    {
        // The environment's own generator takes the first four words of this seed's sequence; this is the fifth.
        Span<ulong> words = stackalloc ulong[5];
        new SeedSequence(seed).GenerateState(words);
        return new Pcg64(words[4]);
    }
}
