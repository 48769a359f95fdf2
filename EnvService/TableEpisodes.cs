using DqnAspire.Contracts.Env.V1;
using DqnAspire.Environments;
using Grpc.Core;

namespace DqnAspire.EnvService;

/// <summary>Whole episodes that a request has played with tables of actions.</summary>
internal static class TableEpisodes
{
    private const int MaxEpisodesPerPolicy = 10_000;

    /// <summary>The returns must fit a message of the size that clients accept by default, 4 MiB.</summary>
    private const int MaxEpisodesPerPlay = 500_000;

    /// <summary>Checks a request and plays it.</summary>
    /// <param name="play">The tables.</param>
    /// <param name="lanes">The session's lanes.</param>
    /// <param name="id">The environment, for messages.</param>
    /// <param name="cancellationToken">Stops between two episodes.</param>
    /// <returns>Returns of the episodes, [policies, episodes].</returns>
    /// <exception cref="RpcException">The request is wrong; the message names the field.</exception>
    public static double[] Play(
        PlayEpisodes play, EnvironmentLanes lanes, string id, CancellationToken cancellationToken)
    {
        var states = lanes.ObservationSpace.States;
        if (states == 0)
        {
            throw EnvErrors.Invalid("play", $"{id} has no finite set of states; a table of actions needs one.");
        }

        if (lanes.AutoReset)
        {
            throw EnvErrors.Invalid("play", "the session was opened with auto_reset; playing resets for itself.");
        }

        if (lanes.MaxEpisodeSteps == 0)
        {
            throw EnvErrors.Invalid(
                "play", "the session was opened without a time limit; a fixed table could play for ever.");
        }

        if (play.EpisodesPerPolicy is < 1 or > MaxEpisodesPerPolicy)
        {
            throw EnvErrors.Invalid(
                "play.episodes_per_policy",
                $"{play.EpisodesPerPolicy} is not a number of episodes from 1 to {MaxEpisodesPerPolicy}.");
        }

        var tables = play.Actions.Span;
        if (tables.IsEmpty || tables.Length % states != 0)
        {
            throw EnvErrors.Invalid(
                "play.actions", $"{tables.Length} actions are not one or more whole tables of {states} states.");
        }

        var wrong = tables.IndexOfAnyExceptInRange((byte)0, (byte)Math.Min(lanes.ActionSpace.Count - 1, byte.MaxValue));
        if (wrong >= 0)
        {
            throw EnvErrors.Invalid(
                $"play.actions[{wrong}]",
                $"{tables[wrong]} is not an action of {id} (0..{lanes.ActionSpace.Count - 1}).");
        }

        var episodes = (long)(tables.Length / states) * play.EpisodesPerPolicy;
        if (episodes > MaxEpisodesPerPlay)
        {
            throw EnvErrors.Invalid(
                "play",
                $"{tables.Length / states} policies with {play.EpisodesPerPolicy} episodes each "
                    + $"are more than {MaxEpisodesPerPlay} episodes.");
        }

        var returns = new double[episodes];
        TablePlayer.Play(lanes, tables, play.EpisodesPerPolicy, returns, cancellationToken);
        return returns;
    }
}
