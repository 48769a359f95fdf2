using DqnAspire.Contracts.Env.V1;
using DqnAspire.Environments;
using Google.Protobuf.Collections;
using Grpc.Core;

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

        stepped.Info.Clear();
        foreach (var value in lanes.Info.Span)
        {
            stepped.Info.Add(value);
        }

        stepped.ContinuedGames.Clear();
        var continues = lanes.Results.GamesContinue.Span;
        for (var lane = 0; lane < continues.Length; lane++)
        {
            if (continues[lane])
            {
                stepped.ContinuedGames.Add(lane);
            }
        }

        stepped.ResetEvents.Clear();
        AddResets(stepped.ResetEvents, lanes);
    }

    /// <summary>Adds what happened within the resets of the lanes' last call.</summary>
    /// <param name="events">Receives it; lanes where nothing did are left out.</param>
    /// <param name="lanes">The lanes.</param>
    public static void AddResets(RepeatedField<ResetEvents> events, EnvironmentLanes lanes)
    {
        var resets = lanes.Resets.Span;
        for (var lane = 0; lane < resets.Length; lane++)
        {
            if (!resets[lane].IsEmpty)
            {
                events.Add(new ResetEvents
                {
                    Lane = lane,
                    Reward = resets[lane].Reward,
                    EndedGames = resets[lane].EndedGames,
                    EndedReward = resets[lane].EndedReward,
                });
            }
        }
    }

    /// <summary>When the lanes are to begin new episodes.</summary>
    /// <param name="open">What was asked for.</param>
    /// <exception cref="RpcException">INVALID_ARGUMENT: two answers, or none that is known.</exception>
    public static Core.Lanes.AutoResetMode ModeOf(OpenLanes open) => (open.AutoResetMode, open.AutoReset) switch
    {
        (AutoResetMode.Unspecified, false) or (AutoResetMode.Disabled, false) => Core.Lanes.AutoResetMode.Disabled,
        (AutoResetMode.Unspecified or AutoResetMode.SameStep, _) => Core.Lanes.AutoResetMode.SameStep,
        (AutoResetMode.NextStep, false) => Core.Lanes.AutoResetMode.NextStep,
        (AutoResetMode.Disabled or AutoResetMode.NextStep, true) => throw EnvErrors.Invalid(
            "open.auto_reset_mode", $"{open.AutoResetMode} contradicts auto_reset."),
        _ => throw EnvErrors.Invalid("open.auto_reset_mode", $"{(int)open.AutoResetMode} is not a mode."),
    };
}
