using System.Buffers.Binary;
using DqnAspire.Core;
using DqnAspire.Core.Lanes;

namespace DqnAspire.Environments;

/// <summary>Plays whole episodes with fixed policies, each a table from state to action.</summary>
public static class TablePlayer
{
    /// <summary>Plays episodes in lane 0; each begins with a reset that lets the generator continue.</summary>
    /// <param name="lanes">
    /// Lanes without automatic reset whose observation is one state index; the other lanes stay idle.
    /// </param>
    /// <param name="actions">The action in each state, [policies, states].</param>
    /// <param name="episodes">Episodes for each policy, at least 1.</param>
    /// <param name="returns">Receives the episodes' returns, [policies, episodes].</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="InvalidOperationException">
    /// The lanes reset themselves, have no finite set of states, or no time limit: a table that walks in circles would
    /// play for ever.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// A buffer does not fit the number of states, policies and episodes.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A table names an action that does not exist.</exception>
    public static void Play(
        EnvironmentLanes lanes,
        ReadOnlySpan<byte> actions,
        int episodes,
        Span<double> returns,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lanes);
        ArgumentOutOfRangeException.ThrowIfLessThan(episodes, 1);
        var states = lanes.ObservationSpace.States;
        if (states == 0)
        {
            throw new InvalidOperationException("The environment has no finite set of states; a table needs one.");
        }

        if (lanes.Mode != AutoResetMode.Disabled)
        {
            throw new InvalidOperationException(
                "Lanes that reset themselves cannot play episodes with a reset of their own.");
        }

        if (lanes.MaxEpisodeSteps == 0)
        {
            throw new InvalidOperationException(
                "The environment has no time limit; a fixed table could play for ever.");
        }

        if (actions.IsEmpty || actions.Length % states != 0)
        {
            throw new ArgumentException(
                $"{actions.Length} actions are not a whole number of tables of {states} states.", nameof(actions));
        }

        if ((long)actions.Length / states * episodes != returns.Length)
        {
            throw new ArgumentException(
                $"{actions.Length / states} policies with {episodes} episodes each "
                    + $"do not give {returns.Length} returns.",
                nameof(returns));
        }

        var step = new int[lanes.Count];
        Array.Fill(step, EnvironmentLanes.Idle);
        for (var i = 0; i < returns.Length; i++)
        {
            var table = actions.Slice(i / episodes * states, states);
            lanes.Reset(0);
            do
            {
                cancellationToken.ThrowIfCancellationRequested();
                step[0] = table[BinaryPrimitives.ReadInt32LittleEndian(lanes.CurrentObservation(0))];
                lanes.Step(step);
            }
            while (!lanes.Flags[0].EndsEpisode());

            returns[i] = lanes.Episodes[0].Return;
        }
    }
}
