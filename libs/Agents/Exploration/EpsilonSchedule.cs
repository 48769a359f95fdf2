using DqnAspire.Agents.Settings;

namespace DqnAspire.Agents.Exploration;

/// <summary>The probability of a random action at any point of a run.</summary>
public static class EpsilonSchedule
{
    /// <summary>Epsilon for the next action.</summary>
    /// <param name="exploration">The numbers of the schedule.</param>
    /// <param name="steps">Agent steps taken so far.</param>
    /// <param name="episodes">Training episodes finished so far.</param>
    public static double At(ExplorationSection exploration, long steps, long episodes)
    {
        if (steps < exploration.RandomSteps)
        {
            return 1;
        }

        var span = exploration.InitialEpsilon - exploration.FinalEpsilon;
        if (exploration.DecaySteps > 0)
        {
            var done = Math.Clamp((double)(steps - exploration.DecayStart) / exploration.DecaySteps, 0, 1);
            return exploration.InitialEpsilon - (span * done);
        }

        return exploration.FinalEpsilon + (span * Math.Exp(-exploration.DecayPerEpisode * episodes));
    }
}
