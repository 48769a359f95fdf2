using DqnAspire.Contracts.Env.V1;
using DqnAspire.Environments;

namespace DqnAspire.EnvService;

/// <summary>
/// The numbers of a step as the contract writes them. Nothing is allocated once the lists have their length.
/// </summary>
internal static class StepMessages
{
    /// <summary>Fills in rewards, lives and flags.</summary>
    /// <param name="stepped">The message; its rewards have a place for each lane.</param>
    /// <param name="flags">[lanes]: receives the bytes that the message's flags wrap.</param>
    /// <param name="lanes">The lanes after the step.</param>
    public static void Fill(LanesStepped stepped, Span<byte> flags, EnvironmentLanes lanes)
    {
        for (var lane = 0; lane < lanes.Count; lane++)
        {
            stepped.Rewards[lane] = lanes.Rewards[lane];
            flags[lane] = (byte)((byte)lanes.Flags[lane] | (lanes.LivesLost[lane] ? (byte)StepFlag.LifeLost : 0));
        }

        stepped.LearningRewards.Clear();
        if (!lanes.LearningRewards.SequenceEqual(lanes.Rewards))
        {
            foreach (var reward in lanes.LearningRewards)
            {
                stepped.LearningRewards.Add(reward);
            }
        }

        stepped.Lives.Clear();
        if (lanes.Lives.ContainsAnyExcept(0))
        {
            foreach (var lives in lanes.Lives)
            {
                stepped.Lives.Add(lives);
            }
        }
    }
}
