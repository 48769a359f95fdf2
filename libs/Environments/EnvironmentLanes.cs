using DqnAspire.Core;

namespace DqnAspire.Environments;

/// <summary>
/// A fixed number of independent copies ("lanes") of one environment, stepped together. What a lane does depends on its
/// seed and its own actions only: not on the other lanes, nor on how many threads do the work.
/// </summary>
/// <remarks>
/// All results lie in buffers that are made once and overwritten by the next <see cref="Step"/> or <see cref="Reset"/>.
/// Observations are packed as <see cref="IEnvironment"/> says, the lane first. Not safe for use by several threads at once.
/// </remarks>
public sealed partial class EnvironmentLanes
{
    /// <summary>The action that leaves a lane as it is.</summary>
    public const int Idle = -1;

    private const int PictureBytes = 4096;

    private readonly IEnvironment[] _environments;
    private readonly bool _autoReset;
    private readonly byte[] _observations;
    private readonly byte[] _resetObservations;
    private readonly double[] _rewards;
    private readonly double[] _learningRewards;
    private readonly int[] _lives;
    private readonly bool[] _livesLost;
    private readonly StepFlags[] _flags;
    private readonly double[] _returns;
    private readonly int[] _lengths;
    private readonly bool[] _waiting;
    private readonly int[] _resetSlots;
    private readonly EpisodeSummary[] _episodes;
    private readonly int _stride;
    private readonly LaneCrew? _crew;
    private readonly int[] _actions;
    private int _episodeCount;

    /// <summary>Takes over the copies and resets each, lane i with <paramref name="seed"/> + i.</summary>
    /// <param name="environments">At least one copy; all with the same spaces.</param>
    /// <param name="seed">Seed of lane 0.</param>
    /// <param name="autoReset">
    /// Whether a lane whose episode ended is reset at once, in the same step, its generator going on; otherwise it waits
    /// for <see cref="Reset"/>.
    /// </param>
    /// <param name="threads">
    /// Most threads that step lanes at the same time; 0: one for each processor where an observation is a picture, otherwise 1,
    /// which is best where a step costs less than handing it to another thread.
    /// </param>
    /// <exception cref="ArgumentException">There are no copies, or their observations differ in size.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is negative.</exception>
    public EnvironmentLanes(IReadOnlyList<IEnvironment> environments, ulong seed, bool autoReset, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(environments);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        if (environments.Count == 0)
        {
            throw new ArgumentException("There must be at least one lane.", nameof(environments));
        }

        _environments = [.. environments];
        ObservationSpace = _environments[0].ObservationSpace;
        ActionSpace = _environments[0].ActionSpace;
        _stride = ObservationSpace.ByteCount;
        foreach (var environment in _environments)
        {
            if (environment.ObservationSpace.ByteCount != _stride || environment.ActionSpace.Count != ActionSpace.Count)
            {
                throw new ArgumentException("All lanes must have the same spaces.", nameof(environments));
            }
        }

        var lanes = _environments.Length;
        _autoReset = autoReset;
        _observations = new byte[checked(lanes * _stride)];
        _resetObservations = autoReset ? new byte[_observations.Length] : [];
        _rewards = new double[lanes];
        _learningRewards = new double[lanes];
        _lives = new int[lanes];
        _livesLost = new bool[lanes];
        _flags = new StepFlags[lanes];
        _returns = new double[lanes];
        _lengths = new int[lanes];
        _waiting = new bool[lanes];
        _resetSlots = new int[lanes];
        _episodes = new EpisodeSummary[lanes];
        _actions = new int[lanes];
        threads = threads > 0 ? threads : _stride >= PictureBytes ? Environment.ProcessorCount : 1;
        _crew = threads > 1 && lanes > 1 ? new LaneCrew(lanes, threads, StepLane) : null;
        Array.Fill(_resetSlots, -1);
        for (var lane = 0; lane < lanes; lane++)
        {
            _environments[lane].Reset(unchecked(seed + (ulong)lane), Row(_observations, lane));
        }
    }

    /// <summary>Number of lanes.</summary>
    public int Count => _environments.Length;

    /// <summary>What an observation of one lane is.</summary>
    public ObservationSpace ObservationSpace { get; }

    /// <summary>What an action of one lane is.</summary>
    public ActionSpace ActionSpace { get; }

    /// <summary>Agent steps after which an episode is truncated; 0 when there is no limit.</summary>
    public int MaxEpisodeSteps => _environments[0].MaxEpisodeSteps;

    /// <summary>Whether a lane whose episode ended is reset in the same step.</summary>
    public bool AutoReset => _autoReset;

    /// <summary>
    /// [lanes, shape...]: what each lane's action led to, at the end of an episode its true last observation; after a
    /// <see cref="Reset"/> of the lane its first one.
    /// </summary>
    public ReadOnlyMemory<byte> Observations => _observations;

    /// <summary>[lanes]: raw reward of the last step; 0 for an idle lane.</summary>
    public ReadOnlySpan<double> Rewards => _rewards;

    /// <summary>
    /// [lanes]: the reward of the last step to learn from, clipped where the environment's preprocessing says so, otherwise
    /// equal to the raw one.
    /// </summary>
    public ReadOnlySpan<double> LearningRewards => _learningRewards;

    /// <summary>
    /// [lanes]: lives left after the lane's last step, also when that step ended its episode; an idle lane keeps its number.
    /// 0 before the first step, and where the environment counts none.
    /// </summary>
    public ReadOnlySpan<int> Lives => _lives;

    /// <summary>[lanes]: whether a life was lost in the last step, be it the end of the episode or not.</summary>
    public ReadOnlySpan<bool> LivesLost => _livesLost;

    /// <summary>[lanes]: how the last step ended, if it ended anything.</summary>
    public ReadOnlySpan<StepFlags> Flags => _flags;

    /// <summary>
    /// [ended, shape...]: with automatic reset, first observations of the new episodes of the lanes whose episode ended
    /// in the last step, in the order of <see cref="Episodes"/>.
    /// </summary>
    public ReadOnlyMemory<byte> ResetObservations => _resetObservations.AsMemory(0, _autoReset ? _episodeCount * _stride : 0);

    /// <summary>Episodes that ended in the last step, in lane order.</summary>
    public ReadOnlySpan<EpisodeSummary> Episodes => _episodes.AsSpan(0, _episodeCount);

    /// <summary>Makes the copies from a registry and resets them.</summary>
    /// <param name="definition">The environment.</param>
    /// <param name="options">Values by option name; null when all are to be the defaults.</param>
    /// <param name="lanes">Number of lanes, at least 1.</param>
    /// <param name="seed">Seed of lane 0; lane i gets <paramref name="seed"/> + i.</param>
    /// <param name="autoReset">Whether a lane whose episode ended is reset in the same step.</param>
    /// <param name="threads">Most threads that step lanes at the same time; 0: as suits the environment.</param>
    /// <returns>The lanes, each with its first observation.</returns>
    /// <exception cref="EnvironmentOptionException">An option is unknown or does not take its value.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lanes"/> is below 1, or <paramref name="threads"/> negative.</exception>
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
    /// What the next action of a lane answers to: its row of <see cref="Observations"/>, or, when the last step ended its
    /// episode and reset it, the first observation of the new one.
    /// </summary>
    /// <param name="lane">0 .. <see cref="Count"/>-1.</param>
    /// <returns>One observation.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such lane.</exception>
    public ReadOnlySpan<byte> CurrentObservation(int lane)
    {
        RequireLane(lane);
        return _resetSlots[lane] is >= 0 and var slot ? Row(_resetObservations, slot) : Row(_observations, lane);
    }

    /// <summary>The screen that a lane shows people: after an automatic reset that of the new episode.</summary>
    /// <param name="lane">0 .. <see cref="Count"/>-1.</param>
    /// <returns>Null where the environment has none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such lane.</exception>
    public IDisplay? Display(int lane)
    {
        RequireLane(lane);
        return _environments[lane].Display;
    }

    /// <summary>Whether the lane's episode is over and it waits for a <see cref="Reset"/>.</summary>
    /// <param name="lane">0 .. <see cref="Count"/>-1.</param>
    /// <returns>Never true with automatic reset.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such lane.</exception>
    public bool IsWaitingForReset(int lane)
    {
        RequireLane(lane);
        return _waiting[lane];
    }

    /// <summary>Steps every lane that is not idle. A refused call changes nothing.</summary>
    /// <param name="actions">One action a lane, or <see cref="Idle"/>.</param>
    /// <exception cref="ArgumentException">There is not one action a lane.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is neither an action nor <see cref="Idle"/>.</exception>
    /// <exception cref="InvalidOperationException">A lane that waits for a reset was given an action.</exception>
    public void Step(ReadOnlySpan<int> actions)
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
                    nameof(actions), actions[lane], $"Lane {lane}: actions are 0..{ActionSpace.Count - 1}, or {Idle} to leave the lane as it is.");
            }

            if (_waiting[lane])
            {
                throw new InvalidOperationException($"Lane {lane}: its episode is over; reset it, or leave it idle with action {Idle}.");
            }
        }

        ContinueFromResets();
        actions.CopyTo(_actions);
        if (_crew is null)
        {
            for (var lane = 0; lane < _actions.Length; lane++)
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
    /// <param name="seed">A new seed for the lane's generator; null lets it go on.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such lane.</exception>
    public void Reset(int lane, ulong? seed = null)
    {
        RequireLane(lane);
        _environments[lane].Reset(seed, Row(_observations, lane));
        _resetSlots[lane] = -1;
        _waiting[lane] = false;
        _returns[lane] = 0;
        _lengths[lane] = 0;
    }

    /// <summary>Lanes reset by the last step start this one from their new episode's first observation.</summary>
    private void ContinueFromResets()
    {
        foreach (ref readonly var episode in Episodes)
        {
            var slot = _resetSlots[episode.Lane];
            if (slot >= 0)
            {
                Row(_resetObservations, slot).CopyTo(Row(_observations, episode.Lane));
                _resetSlots[episode.Lane] = -1;
            }
        }
    }

    /// <summary>Touches nothing but the lane's own rows: lanes may run at the same time.</summary>
    private void StepLane(int lane)
    {
        if (_actions[lane] == Idle)
        {
            _rewards[lane] = 0;
            _learningRewards[lane] = 0;
            _livesLost[lane] = false;
            _flags[lane] = StepFlags.None;
            return;
        }

        var result = _environments[lane].Step(_actions[lane], Row(_observations, lane));
        _rewards[lane] = result.Reward;
        _learningRewards[lane] = result.LearningReward;
        _lives[lane] = result.Lives;
        _livesLost[lane] = result.LifeLost;
        _flags[lane] = result.Flags;
        _returns[lane] += result.Reward;
        _lengths[lane]++;
        if (_autoReset && result.Flags.EndsEpisode())
        {
            _environments[lane].Reset(null, Row(_resetObservations, lane));
        }
    }

    private void CollectEpisodes()
    {
        _episodeCount = 0;
        for (var lane = 0; lane < _flags.Length; lane++)
        {
            if (!_flags[lane].EndsEpisode())
            {
                continue;
            }

            if (_autoReset)
            {
                // Rows move up only: the slot is never beyond the lane, so no row that is still needed is overwritten.
                Row(_resetObservations, lane).CopyTo(Row(_resetObservations, _episodeCount));
                _resetSlots[lane] = _episodeCount;
            }
            else
            {
                _waiting[lane] = true;
            }

            _episodes[_episodeCount++] = new EpisodeSummary(lane, _returns[lane], _lengths[lane]);
            _returns[lane] = 0;
            _lengths[lane] = 0;
        }
    }

    private Span<byte> Row(byte[] buffer, int row) => buffer.AsSpan(row * _stride, _stride);

    private void RequireLane(int lane)
    {
        if ((uint)lane >= (uint)Count)
        {
            throw new ArgumentOutOfRangeException(nameof(lane), lane, $"Lanes are 0..{Count - 1}.");
        }
    }
}
