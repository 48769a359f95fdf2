using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Environments.State;

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
public sealed class EnvironmentLanes
{
    /// <summary>The action that leaves a lane as it is.</summary>
    public const int Idle = -1;

    private const int PictureBytes = 4096;

    /// <summary>
    /// Room that a state of another environment may take more, so that it is refused by name and not by size.
    /// </summary>
    private const int SizeAllowance = 1 << 24;

    private readonly LaneStates _lanes;
    private readonly LaneCrew? _crew;
    private LaneFilm? _film;

    /// <summary>Takes over the copies and resets each, lane i with <paramref name="seed"/> + i.</summary>
    /// <param name="environments">At least one copy; all with the same spaces.</param>
    /// <param name="seed">Seed of lane 0.</param>
    /// <param name="mode">
    /// When a lane whose episode ended is reset, its generator continuing: in the same step, in the next one, or not
    /// before <see cref="Reset"/>.
    /// </param>
    /// <param name="threads">
    /// Maximum of threads that step lanes at the same time; 0: one for each processor where an observation is a
    /// picture, otherwise 1, which is best where a step costs less than handing it to another thread.
    /// </param>
    /// <exception cref="ArgumentException">There are no copies, or their spaces differ in size.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is negative.</exception>
    public EnvironmentLanes(
        IReadOnlyList<IEnvironment> environments, ulong seed, AutoResetMode mode, int threads = 0)
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

        if (environments.Any(copy => !copy.InfoNames.SequenceEqual(environments[0].InfoNames)))
        {
            throw new ArgumentException("All lanes must tell the same numbers.", nameof(environments));
        }

        _lanes = new LaneStates(environments, bytes, mode);
        threads = threads > 0 ? threads : bytes >= PictureBytes ? Environment.ProcessorCount : 1;
        _crew = threads > 1 && Count > 1 ? new LaneCrew(Count, threads, _lanes.Step) : null;
        for (var lane = 0; lane < Count; lane++)
        {
            _lanes.Reset(lane, unchecked(seed + (ulong)lane));
        }
    }

    /// <summary>Takes over the copies and resets each, as the other constructor does.</summary>
    /// <param name="environments">At least one copy; all with the same spaces.</param>
    /// <param name="seed">Seed of lane 0.</param>
    /// <param name="autoReset">Whether a lane whose episode ended is reset in the same step, or not by itself.</param>
    /// <param name="threads">Maximum of threads that step lanes at the same time; 0: as suits the environment.</param>
    public EnvironmentLanes(IReadOnlyList<IEnvironment> environments, ulong seed, bool autoReset, int threads = 0)
        : this(environments, seed, ModeOf(autoReset), threads)
    {
    }

    /// <summary>Number of lanes.</summary>
    public int Count => _lanes.Count;

    /// <summary>What an observation of one lane is.</summary>
    public ObservationSpace ObservationSpace { get; }

    /// <summary>What an action of one lane is.</summary>
    public ActionSpace ActionSpace { get; }

    /// <summary>Agent steps after which an episode is truncated; 0 when there is no limit.</summary>
    public int MaxEpisodeSteps => _lanes[0].Environment.MaxEpisodeSteps;

    /// <summary>Whether a lane whose episode ended is reset in the same step.</summary>
    public bool AutoReset => _lanes.AutoReset;

    /// <summary>When a lane whose episode ended begins the next one.</summary>
    public AutoResetMode Mode => _lanes.Mode;

    /// <summary>
    /// [lanes]: what happened within the resets of the last <see cref="Step"/> or <see cref="Reset"/>, or of the first
    /// ones; empty when nothing did. A restored state brings none.
    /// </summary>
    public ReadOnlyMemory<ResetEvents> Resets => _lanes.Resets;

    /// <summary>Names of the numbers that <see cref="Info"/> has for each lane.</summary>
    public IReadOnlyList<string> InfoNames => _lanes[0].Environment.InfoNames;

    /// <summary>
    /// [lanes, <see cref="InfoNames"/>]: what else is to be told of each lane's last step or reset; at an episode's end
    /// of the step that ended it.
    /// </summary>
    public ReadOnlyMemory<long> Info => _lanes.Info;

    /// <summary>
    /// [lanes, shape...]: what each lane's action led to, at the end of an episode its true last observation; after a
    /// <see cref="Reset"/> of the lane its first one.
    /// </summary>
    public ReadOnlyMemory<byte> Observations => _lanes.Observations.Memory;

    /// <summary>The numbers of the last step.</summary>
    public LaneResults Results => _lanes.Results;

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
    public ReadOnlyMemory<byte> ResetObservations => _lanes.ResetObservations.First(AutoReset ? Episodes.Length : 0);

    /// <summary>Episodes that ended in the last step, in lane order.</summary>
    public ReadOnlySpan<EpisodeSummary> Episodes => _lanes.Episodes;

    /// <summary>Makes copies of an environment and resets them.</summary>
    /// <param name="definition">The environment.</param>
    /// <param name="options">Values by option name; null when all are to be the defaults.</param>
    /// <param name="lanes">Number of lanes, at least 1.</param>
    /// <param name="seed">Seed of lane 0; lane i gets <paramref name="seed"/> + i.</param>
    /// <param name="mode">When a lane whose episode ended is reset.</param>
    /// <param name="threads">Maximum of threads that step lanes at the same time; 0: as suits the environment.</param>
    /// <returns>The lanes, each with its first observation.</returns>
    /// <exception cref="EnvironmentOptionException">An option is unknown or does not take its value.</exception>
    /// <exception cref="EnvironmentUnavailableException">
    /// Something that the environment needs is missing or not what it should be.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="lanes"/> is below 1, or <paramref name="threads"/> negative.
    /// </exception>
    public static EnvironmentLanes Create(
        EnvironmentDefinition definition,
        IReadOnlyCollection<KeyValuePair<string, string>>? options,
        int lanes,
        ulong seed,
        AutoResetMode mode,
        int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentOutOfRangeException.ThrowIfLessThan(lanes, 1);
        var environments = new IEnvironment[lanes];
        for (var lane = 0; lane < lanes; lane++)
        {
            environments[lane] = definition.Create(options);
        }

        return new EnvironmentLanes(environments, seed, mode, threads);
    }

    /// <summary>Makes copies of an environment and resets them.</summary>
    /// <param name="definition">The environment.</param>
    /// <param name="options">Values by option name; null when all are to be the defaults.</param>
    /// <param name="lanes">Number of lanes, at least 1.</param>
    /// <param name="seed">Seed of lane 0; lane i gets <paramref name="seed"/> + i.</param>
    /// <param name="autoReset">Whether a lane whose episode ended is reset in the same step, or not by itself.</param>
    /// <param name="threads">Maximum of threads that step lanes at the same time; 0: as suits the environment.</param>
    /// <returns>The lanes, each with its first observation.</returns>
    public static EnvironmentLanes Create(
        EnvironmentDefinition definition,
        IReadOnlyCollection<KeyValuePair<string, string>>? options,
        int lanes,
        ulong seed,
        bool autoReset,
        int threads = 0) => Create(definition, options, lanes, seed, ModeOf(autoReset), threads);

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
        return _lanes.Current(lane);
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

    /// <summary>What the first lane showed during its last step or reset; null before <see cref="Capture"/>.</summary>
    public Film? Film => _film?.Film;

    /// <summary>Begins to keep what the screen of the first lane shows, and adds what it shows now.</summary>
    /// <returns>False where the environment has no screen.</returns>
    public bool Capture()
    {
        _film ??= Display(0) is { } display ? new LaneFilm(display) : null;
        _film?.AddReset();
        return _film is not null;
    }

    /// <summary>Whether the lane's episode is over and it takes no action before a <see cref="Reset"/>.</summary>
    /// <param name="lane">0 .. <see cref="Count"/>-1.</param>
    /// <returns>Never true with automatic reset.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such lane.</exception>
    public bool IsWaitingForReset(int lane)
    {
        RequireLane(lane);
        return _lanes[lane].IsWaiting && Mode == AutoResetMode.Disabled;
    }

    /// <summary>Steps every lane that is not idle. A refused call changes nothing.</summary>
    /// <param name="actions">One action a lane, or <see cref="Idle"/>.</param>
    /// <exception cref="ArgumentException">There is not one action a lane.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is neither an action nor <see cref="Idle"/>.</exception>
    /// <exception cref="InvalidOperationException">A lane that waits for a reset was given an action.</exception>
    public void Step(ReadOnlySpan<int> actions)
    {
        RequireActions(actions);
        _lanes.BeginStep(actions);
        _film?.Begin();
        if (_crew is null)
        {
            for (var lane = 0; lane < actions.Length; lane++)
            {
                _lanes.Step(lane);
            }
        }
        else
        {
            _crew.Run();
        }

        _lanes.EndStep();
        if (actions[0] != Idle)
        {
            _film?.EndStep();
        }
    }

    /// <summary>Begins a new episode on one lane, whether or not the last one had ended.</summary>
    /// <param name="lane">0 .. <see cref="Count"/>-1.</param>
    /// <param name="seed">A new seed for the lane's generator; null lets it continue.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such lane.</exception>
    public void Reset(int lane, ulong? seed = null)
    {
        RequireLane(lane);
        _film?.Begin();
        _lanes.Reset(lane, seed);
        if (lane == 0)
        {
            _film?.AddReset();
        }
    }

    /// <summary>
    /// Everything of the lanes between two steps: environments with their generators, the results of the last step,
    /// running returns and lengths, and which lanes wait for a reset or have had one.
    /// </summary>
    /// <returns>Bytes for a file or the network, compressed and with a checksum.</returns>
    public byte[] SaveState() => _lanes.Save().ToArray();

    /// <summary>
    /// Takes over what lanes of the same environment, options, number and kind of reset have saved; how many threads
    /// they had does not matter. From here on both give the same, bit for bit.
    /// </summary>
    /// <param name="state">What <see cref="SaveState"/> gave.</param>
    /// <exception cref="StateException">The state is damaged or of other lanes. Nothing has changed then.</exception>
    public void RestoreState(ReadOnlySpan<byte> state)
    {
        var before = _lanes.Save();
        var reader = new StateReader(state, (long)before.Content.Length + SizeAllowance);
        try
        {
            _lanes.Restore(reader);
            reader.RequireEnd();
        }
        catch (StateException)
        {
            _lanes.Restore(StateReader.Of(before));
            throw;
        }
    }

    /// <summary>Changes something of a lane's environment between two steps.</summary>
    /// <param name="lane">0 .. <see cref="Count"/>-1.</param>
    /// <param name="name">What to change.</param>
    /// <param name="value">Its new value.</param>
    /// <exception cref="EnvironmentOptionException">
    /// The environment has nothing of that name to change, or it does not take the value.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such lane.</exception>
    public void Change(int lane, string name, string value)
    {
        RequireLane(lane);
        _lanes[lane].Environment.Change(name, value);
    }

    private static AutoResetMode ModeOf(bool autoReset) =>
        autoReset ? AutoResetMode.SameStep : AutoResetMode.Disabled;

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

            if (IsWaitingForReset(lane))
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
}
