using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments;

/// <summary>
/// What a set of lanes consists of between two steps, and how a step changes it: <see cref="BeginStep"/>, then
/// <see cref="Step"/> for every lane, on one thread or several, then <see cref="EndStep"/>.
/// </summary>
internal sealed class LaneStates
{
    /// <summary>In a saved state: the game goes on after the episode's end.</summary>
    private const int GameContinues = 8;

    private const int AllFlags = (int)(StepFlags.Terminated | StepFlags.Truncated) | GameContinues;

    private readonly Lane[] _lanes;
    private readonly EpisodeSummary[] _episodes;
    private readonly int _observationBytes;
    private readonly ResetEvents[] _resets;
    private readonly long[] _info;
    private readonly int _infoCount;
    private int _episodeCount;
    private bool _hasResets;

    /// <summary>Takes over the copies; each waits for its first reset.</summary>
    /// <param name="environments">One copy a lane.</param>
    /// <param name="observationBytes">Bytes of an observation.</param>
    /// <param name="mode">When a lane whose episode ended begins the next one.</param>
    public LaneStates(IReadOnlyList<IEnvironment> environments, int observationBytes, AutoResetMode mode)
    {
        _lanes = [.. environments.Select(environment => new Lane(environment))];
        _episodes = new EpisodeSummary[Count];
        _resets = new ResetEvents[Count];
        _infoCount = environments[0].InfoNames.Count;
        _info = new long[Count * _infoCount];
        Mode = mode;
        _observationBytes = observationBytes;
        Results = new LaneResults(Count);
        Observations = new ObservationRows(Count, observationBytes);
        ResetObservations = new ObservationRows(AutoReset ? Count : 0, observationBytes);
    }

    /// <summary>Number of lanes.</summary>
    public int Count => _lanes.Length;

    /// <summary>When a lane whose episode ended begins the next one.</summary>
    public AutoResetMode Mode { get; }

    /// <summary>Whether it does so in the same step.</summary>
    public bool AutoReset => Mode == AutoResetMode.SameStep;

    /// <summary>[lanes]: what happened within the resets of the last call; empty when nothing did.</summary>
    public ReadOnlyMemory<ResetEvents> Resets => _hasResets ? _resets : default;

    /// <summary>[lanes, names]: what else is to be told of the last step or reset.</summary>
    public ReadOnlyMemory<long> Info => _info;

    /// <summary>The numbers of the last step.</summary>
    public LaneResults Results { get; }

    /// <summary>What each lane's action led to, a row each.</summary>
    public ObservationRows Observations { get; }

    /// <summary>
    /// First observations of the episodes that the last step began, in the order of <see cref="Episodes"/>.
    /// </summary>
    public ObservationRows ResetObservations { get; }

    /// <summary>Episodes that ended in the last step, in lane order.</summary>
    public ReadOnlySpan<EpisodeSummary> Episodes => _episodes.AsSpan(0, _episodeCount);

    /// <summary>One lane.</summary>
    /// <param name="lane">0 .. <see cref="Count"/>-1.</param>
    public ref readonly Lane this[int lane] => ref _lanes[lane];

    /// <summary>What the next action of a lane answers to.</summary>
    /// <param name="lane">0 .. <see cref="Count"/>-1.</param>
    public ReadOnlySpan<byte> Current(int lane) =>
        _lanes[lane].ResetSlot is >= 0 and var slot ? ResetObservations[slot] : Observations[lane];

    /// <summary>Begins a new episode on one lane.</summary>
    /// <param name="lane">0 .. <see cref="Count"/>-1.</param>
    /// <param name="seed">A new seed for the lane's generator; null lets it continue.</param>
    public void Reset(int lane, ulong? seed)
    {
        ClearResets();
        _lanes[lane].Environment.Reset(seed, Observations[lane]);
        BeginEpisode(lane);
        ReadInfo(lane);
    }

    /// <summary>Reads the numbers of a lane that are told beside the results.</summary>
    /// <param name="lane">0 .. <see cref="Count"/>-1.</param>
    public void ReadInfo(int lane) => _lanes[lane].Environment.ReadInfo(_info.AsSpan(lane * _infoCount, _infoCount));

    /// <summary>
    /// Takes the actions of a step. Lanes that the last step reset start from their new episode's first observation.
    /// </summary>
    /// <param name="actions">One action a lane, or <see cref="EnvironmentLanes.Idle"/>.</param>
    public void BeginStep(ReadOnlySpan<int> actions)
    {
        ClearResets();
        foreach (ref readonly var episode in Episodes)
        {
            ref var lane = ref _lanes[episode.Lane];
            if (lane.ResetSlot >= 0)
            {
                ResetObservations[lane.ResetSlot].CopyTo(Observations[episode.Lane]);
                lane.ResetSlot = Lane.NoSlot;
            }
        }

        for (var lane = 0; lane < actions.Length; lane++)
        {
            _lanes[lane].Action = actions[lane];
        }
    }

    /// <summary>
    /// Steps one lane. It touches nothing but the lane's own rows: lanes may be stepped at the same time.
    /// </summary>
    /// <param name="index">0 .. <see cref="Count"/>-1.</param>
    public void Step(int index)
    {
        ref var lane = ref _lanes[index];
        if (lane.Action == EnvironmentLanes.Idle)
        {
            Results.SetIdle(index);
            return;
        }

        if (lane.IsWaiting)
        {
            // The next step after the end: the action is not played.
            lane.Environment.Reset(null, Observations[index]);
            Results.SetIdle(index);
            lane.WasReset = true;
            ReadInfo(index);
            return;
        }

        var result = lane.Environment.Step(lane.Action, Observations[index]);
        Results.Set(
            index,
            result.Reward,
            result.LearningReward,
            result.Lives,
            result.LifeLost,
            result.Flags,
            result.GameContinues);
        lane.Return += result.Reward;
        lane.Length++;
        ReadInfo(index);
        if (AutoReset && result.Flags.EndsEpisode())
        {
            lane.Environment.Reset(null, ResetObservations[index]);
        }
    }

    /// <summary>Collects the episodes that the step ended.</summary>
    public void EndStep()
    {
        _episodeCount = 0;
        var flags = Results.Flags.Span;
        for (var index = 0; index < flags.Length; index++)
        {
            ref var lane = ref _lanes[index];
            if (lane.WasReset)
            {
                lane.WasReset = false;
                BeginEpisode(index);
            }

            if (!flags[index].EndsEpisode())
            {
                continue;
            }

            _episodes[_episodeCount] = new EpisodeSummary(index, lane.Return, lane.Length);
            if (AutoReset)
            {
                BeginEpisode(index);
                // Rows move up only: the slot is never beyond the lane, so no row that is still needed is overwritten.
                ResetObservations[index].CopyTo(ResetObservations[_episodeCount]);
                lane.ResetSlot = _episodeCount;
            }
            else
            {
                lane.BeginEpisode(0);
                lane.IsWaiting = true;
            }

            _episodeCount++;
        }
    }

    private void BeginEpisode(int lane)
    {
        ref readonly var events = ref _resets[lane];
        _resets[lane] = _lanes[lane].Environment.LastReset;
        _hasResets |= !events.IsEmpty;
        _lanes[lane].BeginEpisode(events.Reward);
    }

    private void ClearResets()
    {
        if (_hasResets)
        {
            Array.Clear(_resets);
            _hasResets = false;
        }
    }

    /// <summary>Writes everything.</summary>
    public StateWriter Save()
    {
        var writer = new StateWriter();
        writer.Section(nameof(EnvironmentLanes));
        writer.Setting("lanes", Count);
        writer.Setting("auto_reset", ModeText());
        foreach (ref readonly var lane in _lanes.AsSpan())
        {
            lane.Environment.SaveState(writer);
        }

        writer.Section("steps");
        writer.Setting("bytes of an observation", _observationBytes);
        writer.Write(Observations.Memory.Span);
        writer.Write(ResetObservations.Memory.Span);
        writer.Write(_episodeCount);
        for (var index = 0; index < Count; index++)
        {
            ref readonly var lane = ref _lanes[index];
            var episode = _episodes[index];
            var (reward, learningReward) = (Results.Rewards.Span[index], Results.LearningRewards.Span[index]);
            var (lives, flags) = (Results.Lives.Span[index], (int)Results.Flags.Span[index]);
            flags |= Results.GamesContinue.Span[index] ? GameContinues : 0;
            writer.Write([reward, learningReward, lane.Return, episode.Return]);
            writer.Write([lives, flags, lane.Length, lane.ResetSlot, episode.Lane, episode.Length]);
            writer.Write(Results.LivesLost.Span[index]);
            writer.Write(lane.IsWaiting);
        }

        return writer;
    }

    /// <summary>Reads what <see cref="Save"/> of lanes made alike wrote.</summary>
    /// <param name="reader">What was saved.</param>
    /// <exception cref="StateException">The state is of other lanes; a part of it may have been taken over.</exception>
    public void Restore(StateReader reader)
    {
        reader.Section(nameof(EnvironmentLanes));
        reader.Setting("lanes", Count);
        reader.Setting("auto_reset", ModeText());
        ClearResets();
        foreach (ref readonly var lane in _lanes.AsSpan())
        {
            lane.Environment.RestoreState(reader);
        }

        reader.Section("steps");
        reader.Setting("bytes of an observation", _observationBytes);
        reader.Read(Observations.Memory.Span);
        reader.Read(ResetObservations.Memory.Span);
        _episodeCount = reader.ReadInt32("the number of ended episodes", 0, Count);
        for (var index = 0; index < Count; index++)
        {
            RestoreLane(index, reader);
        }
    }

    private void RestoreLane(int index, StateReader reader)
    {
        ref var lane = ref _lanes[index];
        var reward = reader.ReadDouble();
        var learningReward = reader.ReadDouble();
        lane.Return = reader.ReadDouble();
        var episodeReturn = reader.ReadDouble();
        var lives = reader.ReadInt32();
        var flags = reader.ReadInt32("the flags", 0, AllFlags);
        lane.Length = reader.ReadInt32("the length", 0, int.MaxValue);
        lane.ResetSlot = reader.ReadInt32(
            "the place of the first observation", Lane.NoSlot, AutoReset ? _episodeCount - 1 : Lane.NoSlot);
        _episodes[index] = new EpisodeSummary(
            reader.ReadInt32("the lane of an episode", 0, Count - 1), episodeReturn, reader.ReadInt32());
        Results.Set(
            index,
            reward,
            learningReward,
            lives,
            reader.ReadBoolean(),
            (StepFlags)(flags & ~GameContinues),
            (flags & GameContinues) != 0);
        lane.IsWaiting = reader.ReadBoolean();
        ReadInfo(index);
    }

    private string ModeText() => Mode == AutoResetMode.NextStep ? $"{Mode}" : $"{AutoReset}";

    /// <summary>One copy and its unfinished episode.</summary>
    public struct Lane(IEnvironment environment)
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

        /// <summary>The step that is being taken began an episode instead of playing.</summary>
        public bool WasReset;

        /// <param name="earned">Rewards of the reset.</param>
        public void BeginEpisode(double earned)
        {
            Return = earned;
            Length = 0;
            IsWaiting = false;
            ResetSlot = NoSlot;
        }
    }
}
