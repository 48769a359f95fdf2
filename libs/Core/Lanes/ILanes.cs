using System.Buffers.Binary;

namespace DqnAspire.Core.Lanes;

/// <summary>
/// A fixed number of independent copies (lanes) of one environment, near or far. Numbers in byte buffers are
/// little-endian; buffers are [lanes, observation] and hold until the next call. Calls must not overlap.
/// </summary>
public interface ILanes : IAsyncDisposable
{
    /// <summary>What is played.</summary>
    EnvironmentInfo Environment { get; }

    /// <summary>Number of lanes.</summary>
    int Count { get; }

    /// <summary>
    /// What each lane's next action is chosen from: the observation its last action led to, or the first one of a new
    /// episode. It may be the memory of <see cref="NextObservations"/>.
    /// </summary>
    ReadOnlyMemory<byte> Observations { get; }

    /// <summary>What each lane's last action led to; at an episode's end the true last observation.</summary>
    ReadOnlyMemory<byte> NextObservations { get; }

    /// <summary>Raw reward of the last step, a lane each.</summary>
    ReadOnlyMemory<double> Rewards { get; }

    /// <summary>
    /// Reward of the last step to learn from, a lane each: clipped where preprocessing says so, otherwise the raw one.
    /// </summary>
    ReadOnlyMemory<double> LearningRewards { get; }

    /// <summary>Lives left after each lane's last step; 0 before it, and where the environment counts none.</summary>
    ReadOnlyMemory<int> Lives { get; }

    /// <summary>Whether a life was lost in the last step, a lane each; the episode may continue.</summary>
    ReadOnlyMemory<bool> LivesLost { get; }

    /// <summary>How the last step ended, a lane each.</summary>
    ReadOnlyMemory<StepFlags> Flags { get; }

    /// <summary>
    /// What the first lane showed during its last step or reset, or when capturing began; null while nothing is
    /// captured. It holds until the next call.
    /// </summary>
    Film? Film => null;

    /// <summary>
    /// Begins to keep everything that the screen of the first lane shows, for people to look at. Nothing that an agent
    /// sees changes by it.
    /// </summary>
    /// <param name="cancellationToken">Gives up waiting; the lanes cannot be used afterwards.</param>
    /// <returns>False where the environment has no screen.</returns>
    ValueTask<bool> CaptureAsync(CancellationToken cancellationToken) => ValueTask.FromResult(false);

    /// <summary>
    /// What happened within the resets of the last call, a lane each, where a reset plays; empty when nothing did.
    /// </summary>
    ReadOnlyMemory<ResetEvents> Resets => default;

    /// <summary>
    /// Reward earned within the last reset of a lane, in no-op starts and the like: a part of the new game's return.
    /// </summary>
    /// <param name="lane">The lane.</param>
    double RewardInReset(int lane) => Resets.IsEmpty ? 0 : Resets.Span[lane].Reward;

    /// <summary>Names of the numbers that tell more of each lane's last step or reset.</summary>
    IReadOnlyList<string> InfoNames => [];

    /// <summary>[lanes, <see cref="InfoNames"/>]: those numbers.</summary>
    ReadOnlyMemory<long> Info => default;

    /// <summary>
    /// Whether the last step ended an episode but not the game that people count, of which the episode was one life.
    /// </summary>
    /// <param name="lane">The lane.</param>
    bool GameContinues(int lane) =>
        Flags.Span[lane] == StepFlags.Terminated && LivesLost.Span[lane] && Lives.Span[lane] > 0;

    /// <summary>Takes one step in every lane whose action is not -1.</summary>
    /// <param name="actions">One action a lane.</param>
    /// <param name="cancellationToken">Gives up waiting; the lanes cannot be used afterwards.</param>
    ValueTask StepAsync(ReadOnlyMemory<int> actions, CancellationToken cancellationToken);

    /// <summary>
    /// Takes several steps whose actions are known beforehand: the same as that many calls of <see cref="StepAsync"/>,
    /// which is what it does here. Lanes far away save the exchanges.
    /// </summary>
    /// <param name="actions">[steps, lanes]; at most 1,024 steps.</param>
    /// <param name="afterStep">Called after each step with its number, when the buffers show that step.</param>
    /// <param name="cancellationToken">Gives up waiting; the lanes cannot be used afterwards.</param>
    async ValueTask StepManyAsync(
        ReadOnlyMemory<int> actions, Action<int> afterStep, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(afterStep);
        for (var step = 0; step < actions.Length / Count; step++)
        {
            await StepAsync(actions.Slice(step * Count, Count), cancellationToken).ConfigureAwait(false);
            afterStep(step);
        }
    }

    /// <summary>Begins a new episode in one lane.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="seed">A new seed for its generator, or none to let it continue.</param>
    /// <param name="cancellationToken">Gives up waiting; the lanes cannot be used afterwards.</param>
    ValueTask ResetAsync(int lane, ulong? seed, CancellationToken cancellationToken);

    /// <summary>
    /// Plays whole episodes in the first lane with fixed policies, each a table from state to action; for lanes without
    /// automatic reset whose environment has a finite set of states and a time limit. Every episode begins with a reset
    /// that lets the generator continue. It is the same as resetting and stepping the lane, which is what it does here.
    /// Lanes far away save the exchanges: one call carries many policies.
    /// </summary>
    /// <param name="actions">[policies, states]: the action in each state.</param>
    /// <param name="episodes">Episodes for each policy.</param>
    /// <param name="cancellationToken">Gives up waiting; the lanes cannot be used afterwards.</param>
    /// <returns>Returns of the episodes, [policies, episodes].</returns>
    async ValueTask<double[]> PlayAsync(ReadOnlyMemory<byte> actions, int episodes, CancellationToken cancellationToken)
    {
        var states = Environment.ObservationSpace.States;
        var returns = new double[actions.Length / states * episodes];
        var step = new int[Count];
        Array.Fill(step, -1);
        for (var i = 0; i < returns.Length; i++)
        {
            var policy = actions.Slice(i / episodes * states, states);
            await ResetAsync(0, null, cancellationToken).ConfigureAwait(false);
            do
            {
                step[0] = policy.Span[BinaryPrimitives.ReadInt32LittleEndian(Observations.Span)];
                await StepAsync(step, cancellationToken).ConfigureAwait(false);
                returns[i] += Rewards.Span[0];
            }
            while (!Flags.Span[0].EndsEpisode());
        }

        return returns;
    }

    /// <summary>
    /// Everything of the lanes between two steps: games, generators, unfinished episodes, what the buffers show. Near
    /// and far lanes take each other's states.
    /// </summary>
    /// <param name="cancellationToken">Gives up waiting; the lanes cannot be used afterwards.</param>
    /// <returns>Bytes for a file, compressed and with a checksum.</returns>
    ValueTask<byte[]> SaveStateAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Takes over what lanes of the same environment, options, number and kind of reset have saved: the buffers show
    /// what they showed then, and from here on both give the same, bit for bit.
    /// </summary>
    /// <param name="state">What <see cref="SaveStateAsync"/> gave.</param>
    /// <param name="cancellationToken">Gives up waiting; the lanes cannot be used afterwards.</param>
    /// <exception cref="StateException">
    /// The state is damaged or of other lanes; these cannot be used afterwards.
    /// </exception>
    ValueTask RestoreStateAsync(ReadOnlyMemory<byte> state, CancellationToken cancellationToken);
}
