using DqnAspire.Agents.Settings;

namespace DqnAspire.Agents.Dqn;

/// <summary>Epsilon that decays exponentially with finished episodes.</summary>
public static class EpsilonDecay
{
    /// <summary>final + (initial - final) * exp(-rate * episodes).</summary>
    /// <param name="exploration">The three numbers.</param>
    /// <param name="episodes">Training episodes finished.</param>
    public static double After(ExplorationSection exploration, long episodes) =>
        exploration.FinalEpsilon
        + ((exploration.InitialEpsilon - exploration.FinalEpsilon) * Math.Exp(-exploration.DecayPerEpisode * episodes));
}
