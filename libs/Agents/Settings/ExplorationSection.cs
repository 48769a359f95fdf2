#pragma warning disable CS1591 // Each property's SettingAttribute is its documentation.

namespace DqnAspire.Agents.Settings;

/// <summary>
/// Epsilon-greedy exploration. Epsilon falls in a straight line with agent steps, or exponentially with finished episodes.
/// </summary>
public sealed class ExplorationSection
{
    [Setting("Probability of a random action at the start.", Min = 0, Max = 1)]
    public double InitialEpsilon { get; set; }

    [Setting("Probability that epsilon falls to.", Min = 0, Max = 1)]
    public double FinalEpsilon { get; set; }

    [Setting("Agent steps over which epsilon falls in a straight line; 0: it does not.", Min = 0)]
    public long DecaySteps { get; set; }

    [Setting("Agent steps before the straight line begins.", Min = 0)]
    public long DecayStart { get; set; }

    [Setting("Agent steps at the start in which every action is random.", Min = 0)]
    public long RandomSteps { get; set; }

    [Setting("Exponential decay rate per finished episode: epsilon = final + (initial - final) * exp(-rate * episodes); 0: none.", Min = 0)]
    public double DecayPerEpisode { get; set; }

    internal void Validate()
    {
        if (FinalEpsilon > InitialEpsilon)
        {
            throw new SettingException($"Exploration:FinalEpsilon={FinalEpsilon} is larger than Exploration:InitialEpsilon={InitialEpsilon}.");
        }

        if (DecaySteps > 0 && DecayPerEpisode > 0)
        {
            throw new SettingException(
                $"Exploration:DecaySteps={DecaySteps} and Exploration:DecayPerEpisode={DecayPerEpisode} contradict each other; one of them must be 0.");
        }
    }
}
