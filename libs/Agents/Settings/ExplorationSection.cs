namespace DqnAspire.Agents.Settings;

#pragma warning disable CS1591 // Each property's SettingAttribute is its documentation.

/// <summary>
/// Epsilon-greedy exploration. Epsilon falls in a straight line with agent steps, or exponentially with finished
/// episodes.
/// </summary>
public sealed class ExplorationSection
{
    [Setting("Probability of a random action at the start.", Min = 0, Max = 1)]
    public double InitialEpsilon { get; set; }

    [Setting("Probability that epsilon falls to.", Min = 0, Max = 1)]
    public double FinalEpsilon { get; set; }

    [Setting("Agent steps over which epsilon falls in a straight line; 0: it does not.", Unit = "agent steps", Min = 0)]
    public long DecaySteps { get; set; }

    [Setting("Agent steps before the straight line begins.", Unit = "agent steps", Min = 0)]
    public long DecayStart { get; set; }

    [Setting("Agent steps at the start in which every action is random.", Unit = "agent steps", Min = 0)]
    public long RandomSteps { get; set; }

    [Setting(
        "Exponential decay per finished episode: epsilon = final + (initial - final) * exp(-rate * episodes); 0: none.",
        Unit = "1/episode", Min = 0)]
    public double DecayPerEpisode { get; set; }

    /// <summary>Checks that the settings fit each other.</summary>
    /// <exception cref="SettingException">Two settings contradict each other; both are named.</exception>
    public void Validate()
    {
        if (FinalEpsilon > InitialEpsilon)
        {
            throw new SettingException(
                $"Exploration:FinalEpsilon={FinalEpsilon} is larger than Exploration:InitialEpsilon={InitialEpsilon}.");
        }

        if (DecaySteps > 0 && DecayPerEpisode > 0)
        {
            throw new SettingException(
                $"Exploration:DecaySteps={DecaySteps} and Exploration:DecayPerEpisode={DecayPerEpisode} "
                + "contradict each other; one of them must be 0.");
        }
    }
}
