using DqnAspire.Core;
using DqnAspire.Core.Lanes;

namespace DqnAspire.Environments;

/// <summary>
/// A fixed number of independent copies ("lanes") of one environment, stepped together. What a lane does depends on its
/// seed and its actions only: not on the other lanes, nor on how many threads do the work.
/// </summary>
/// <remarks>
/// All results lie in buffers that are made once and overwritten by the next <see cref="Step"/> or <see cref="Reset"/>.
/// Observations are packed as <see cref="IEnvironment"/> says, the lane first. Not safe for use by several threads at
/// once.
/// </remarks>
public sealed partial class EnvironmentLanes
{
    /// <summary>The action that leaves a lane as it is.</summary>
    public const int Idle = -1;

    private const int PictureBytes = 4096;

    private readonly Lane[] _lanes;
    private readonly ObservationRows _observations;
    private readonly ObservationRows _resetObservations;
    private readonly EpisodeSummary[] _episodes;
    private readonly LaneCrew? _crew;
    private int _episodeCount;

    /// <summary>Takes over the copies and resets each, lane i with <paramref name="seed"/> + i.</summary>
    /// <param name="environments">At least one copy; all with the same spaces.</param>
    /// <param name="seed">Seed of lane 0.</param>
    /// <param name="autoReset">
    /// Whether a lane whose episode ended is reset at once, in the same step, its generator continuing; otherwise it
    /// waits for <see cref="Reset"/>.
    /// </param>
    /// <param name="threads">
    /// Maximum of threads that step lanes at the same time; 0: one for each processor where an observation is a
    /// picture, otherwise 1, which is best where a step costs less than handing it to another thread.
    /// </param>
    /// <exception cref="ArgumentException">There are no copies, or their spaces differ in size.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is negative.</exception>
    public EnvironmentLanes(IReadOnlyList<IEnvironment> environments, ulong seed, bool autoReset, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(environments);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        if (environments.Count == 0)
        {
            throw new ArgumentException("There must be at least one lane.", nameof(environments));
        }

        ObservationSpace = environments[0].ObservationSpace;
        ActionSpace = environments[0].ActionSpace;
        var bytes = ObservationSpace.ByteCount;
        if (environments.Any(copy =>
            copy.ObservationSpace.ByteCount != bytes || copy.ActionSpace.Count != ActionSpace.Count))
        {
            throw new ArgumentException("All lanes must have the same spaces.", nameof(environments));
        }

        _lanes = [.. environments.Select(environment => new Lane(environment))];
        AutoReset = autoReset;
        Results = new LaneResults(Count);
        _observations = new ObservationRows(Count, bytes);
        _resetObservations = new ObservationRows(autoReset ? Count : 0, bytes);
        _episodes = new EpisodeSummary[Count];
        threads = threads > 0 ? threads : bytes >= PictureBytes ? Environment.ProcessorCount : 1;
        _crew = threads > 1 && Count > 1 ? new LaneCrew(Count, threads, StepLane) : null;
        for (var lane = 0; lane < Count; lane++)
        {
            _lanes[lane].Environment.Reset(unchecked(seed + (ulong)lane), _observations[lane]);
        }
    }

    /// <summary>Number of lanes.</summary>
    public int Count => _lanes.Length;

    /// <summary>What an observation of one lane is.</summary>
    public ObservationSpace ObservationSpace { get; }

    /// <summary>What an action of one lane is.</summary>
    public ActionSpace ActionSpace { get; }

    /// <summary>Agent steps after which an episode is truncated; 0 when there is no limit.</summary>
    public int MaxEpisodeSteps => _lanes[0].Environment.MaxEpisodeSteps;

    /// <summary>Whether a lane whose episode ended is reset in the same step.</summary>
    public bool AutoReset { get; }

    /// <summary>
    /// [lanes, shape...]: what each lane's action led to, at the end of an episode its true last observation; after a
    /// <see cref="Reset"/> of the lane its first one.
    /// </summary>
    public ReadOnlyMemory<byte> Observations => _observations.Memory;

    /// <summary>The numbers of the last step.</summary>
    public LaneResults Results { get; }

    /// <inheritdoc cref="LaneResults.Rewards"/>
    public ReadOnlySpan<double> Rewards => Results.Rewards.Span;

    /// <inheritdoc cref="LaneResults.LearningRewards"/>
    public ReadOnlySpan<double> LearningRewards => Results.LearningRewards.Span;

    /// <inheritdoc cref="LaneResults.Lives"/>
    public ReadOnlySpan<int> Lives => Results.Lives.Span;

    /// <inheritdoc cref="LaneResults.LivesLost"/>
    public ReadOnlySpan<bool> LivesLost => Results.LivesLost.Span;

    /// <inheritdoc cref="LaneResults.Flags"/>
    public ReadOnlySpan<StepFlags> Flags => Results.Flags.Span;

    /// <summary>
    /// [ended, shape...]: with automatic reset, first observations of the new episodes of the lanes whose episode ended
    /// in the last step, in the order of <see cref="Episodes"/>.
    /// </summary>
    public ReadOnlyMemory<byte> ResetObservations => _resetObservations.First(AutoReset ? _episodeCount : 0);

    /// <summary>Episodes that ended in the last step, in lane order.</summary>
    public ReadOnlySpan<EpisodeSummary> Episodes => _episodes.AsSpan(0, _episodeCount);

    /// <summary>Makes copies of an environment and resets them.</summary>
    /// <param name="definition">The environment.</param>
    /// <param name="options">Values by option name; null when all are to be the defaults.</param>
    /// <param name="lanes">Number of lanes, at least 1.</param>
    /// <param name="seed">Seed of lane 0; lane i gets <paramref name="seed"/> + i.</param>
    /// <param name="autoReset">Whether a lane whose episode ended is reset in the same step.</param>
    /// <param name="threads">Maximum of threads that step lanes at the same time; 0: as suits the environment.</param>
    /// <returns>The lanes, each with its first observation.</returns>
    /// <exception cref="EnvironmentOptionException">An option is unknown or does not take its value.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="lanes"/> is below 1, or <paramref name="threads"/> negative.
    /// </exception>
    public static EnvironmentLanes Create(
        EnvironmentDefinition definition,
        IReadOnlyCollection<KeyValuePair<string, string>>? options,
        int lanes,
        ulong seed,
        bool autoReset,
        int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentOutOfRangeException.ThrowIfLessThan(lanes, 1);
        var environments = new IEnvironment[lanes];
        for (var lane = 0; lane < lanes; lane++)
        {
            environments[lane] = definition.Create(options);
        }

        return new EnvironmentLanes(environments, seed, autoReset, threads);
    }

    /// <summary>
    /// What the next action of a lane answers to: its row of <see cref="Observations"/>, or, when the last step ended
    /// its episode and reset it, the first observation of the new one.
    /// </summary>
    /// <param name="lane">0 .. <see cref="Count"/>-1.</param>
    /// <returns>One observation.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such lane.</exception>
    public ReadOnlySpan<byte> CurrentObservation(int lane)
    {
        RequireLane(lane);
        return _lanes[lane].ResetSlot is >= 0 and var slot ? _resetObservations[slot] : _observations[lane];
    }

    /// <summary>The screen that a lane shows people: after an automatic reset that of the new episode.</summary>
    /// <param name="lane">0 .. <see cref="Count"/>-1.</param>
    /// <returns>Null where the environment has none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such lane.</exception>
    public IDisplay? Display(int lane)
    {
        RequireLane(lane);
        return _lanes[lane].Environment.Display;
    }

    /// <summary>Whether the lane's episode is over and it waits for a <see cref="Reset"/>.</summary>
    /// <param name="lane">0 .. <see cref="Count"/>-1.</param>
    /// <returns>Never true with automatic reset.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such lane.</exception>
    public bool IsWaitingForReset(int lane)
    {
        RequireLane(lane);
        return _lanes[lane].IsWaiting;
    }

    /// <summary>Steps every lane that is not idle. A refused call changes nothing.</summary>
    /// <param name="actions">One action a lane, or <see cref="Idle"/>.</param>
    /// <exception cref="ArgumentException">There is not one action a lane.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is neither an action nor <see cref="Idle"/>.</exception>
    /// <exception cref="InvalidOperationException">A lane that waits for a reset was given an action.</exception>
    public void Step(ReadOnlySpan<int> actions)
    {
        RequireActions(actions);
        ContinueFromResets();
        for (var lane = 0; lane < actions.Length; lane++)
        {
            _lanes[lane].Action = actions[lane];
        }

        if (_crew is null)
        {
            for (var lane = 0; lane < actions.Length; lane++)
            {
                StepLane(lane);
            }
        }
        else
        {
            _crew.Run();
        }

        CollectEpisodes();
    }

    /// <summary>Begins a new episode on one lane, whether or not the last one had ended.</summary>
    /// <param name="lane">0 .. <see cref="Count"/>-1.</param>
    /// <param name="seed">A new seed for the lane's generator; null lets it continue.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such lane.</exception>
    public void Reset(int lane, ulong? seed = null)
    {
        RequireLane(lane);
        _lanes[lane].Environment.Reset(seed, _observations[lane]);
        _lanes[lane].BeginEpisode();
    }

    /// <summary>Lanes that the last step reset start this one from their new episode's first observation.</summary>
    private void ContinueFromResets()
    {
        foreach (ref readonly var episode in Episodes)
        {
            ref var lane = ref _lanes[episode.Lane];
            if (lane.ResetSlot >= 0)
            {
                _resetObservations[lane.ResetSlot].CopyTo(_observations[episode.Lane]);
                lane.ResetSlot = Lane.NoSlot;
            }
        }
    }

    /// <summary>Touches nothing but the lane's own rows: lanes may run at the same time.</summary>
    private void StepLane(int index)
    {
        ref var lane = ref _lanes[index];
        if (lane.Action == Idle)
        {
            Results.SetIdle(index);
            return;
        }

        var result = lane.Environment.Step(lane.Action, _observations[index]);
        Results.Set(index, result.Reward, result.LearningReward, result.Lives, result.LifeLost, result.Flags);
        lane.Return += result.Reward;
        lane.Length++;
        if (AutoReset && result.Flags.EndsEpisode())
        {
            lane.Environment.Reset(null, _resetObservations[index]);
        }
    }

    private void CollectEpisodes()
    {
        _episodeCount = 0;
        var flags = Flags;
        for (var index = 0; index < flags.Length; index++)
        {
            if (!flags[index].EndsEpisode())
            {
                continue;
            }

            ref var lane = ref _lanes[index];
            _episodes[_episodeCount] = new EpisodeSummary(index, lane.Return, lane.Length);
            lane.BeginEpisode();
            if (AutoReset)
            {
                // Rows move up only: the slot is never beyond the lane, so no row that is still needed is overwritten.
                _resetObservations[index].CopyTo(_resetObservations[_episodeCount]);
                lane.ResetSlot = _episodeCount;
            }
            else
            {
                lane.IsWaiting = true;
            }

            _episodeCount++;
        }
    }

    private void RequireActions(ReadOnlySpan<int> actions)
    {
        if (actions.Length != Count)
        {
            throw new ArgumentException($"{actions.Length} actions given for {Count} lanes.", nameof(actions));
        }

        for (var lane = 0; lane < actions.Length; lane++)
        {
            if (actions[lane] == Idle)
            {
                continue;
            }

            if (!ActionSpace.Contains(actions[lane]))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(actions),
                    actions[lane],
                    $"Lane {lane}: actions are 0..{ActionSpace.Count - 1}, or {Idle} to leave the lane as it is.");
            }

            if (_lanes[lane].IsWaiting)
            {
                throw new InvalidOperationException(
                    $"Lane {lane}: its episode is over; reset it, or leave it idle with action {Idle}.");
            }
        }
    }

    private void RequireLane(int lane)
    {
        if ((uint)lane >= (uint)Count)
        {
            throw new ArgumentOutOfRangeException(nameof(lane), lane, $"Lanes are 0..{Count - 1}.");
        }
    }

    /// <summary>One copy and its unfinished episode.</summary>
    private struct Lane(IEnvironment environment)
    {
        public const int NoSlot = -1;

        public readonly IEnvironment Environment = environment;

        /// <summary>The action of the step that is being taken.</summary>
        public int Action;

        /// <summary>Sum of the episode's rewards so far.</summary>
        public double Return;

        /// <summary>Steps of the episode so far.</summary>
        public int Length;

        /// <summary>The episode is over and nobody has begun another.</summary>
        public bool IsWaiting;

        /// <summary>
        /// Row of the first observation of an episode that the last step began; <see cref="NoSlot"/> otherwise.
        /// </summary>
        public int ResetSlot = NoSlot;

        public void BeginEpisode()
        {
            Return = 0;
            Length = 0;
            IsWaiting = false;
            ResetSlot = NoSlot;
        }
    }
}
