using DqnAspire.Agents.Settings;
using DqnAspire.Core.Lanes;

namespace DqnAspire.Agents.Training;

/// <summary>Puts a bundled game in the place of one whose cartridge is not there.</summary>
internal static class StandIn
{
    /// <summary>Changes the run's environment where that is needed.</summary>
    /// <param name="environment">The run's environment; its id is changed.</param>
    /// <param name="lanes">Knows what can be played.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>What was done, a line for people; empty when nothing was.</returns>
    public static async Task<string> ApplyAsync(
        EnvironmentSection environment, ILaneSource lanes, CancellationToken cancellationToken)
    {
        if (environment.StandIn.Length == 0
            || await lanes.FindProblemAsync(environment.Id, cancellationToken).ConfigureAwait(false) is not { } problem)
        {
            return "";
        }

        var notice = $"{environment.StandIn} is played instead of {environment.Id}: {problem}\n";
        environment.Id = environment.StandIn;
        environment.StandIn = "";
        return notice;
    }
}
