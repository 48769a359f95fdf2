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
    private const int AllFlags = (int)(StepFlags.Terminated | StepFlags.Truncated);

    private readonly Lane[] _lanes;
    private readonly EpisodeSummary[] _episodes;
    private readonly int _observationBytes;
    private int _episodeCount;

    /// <summary>Takes over the copies; each waits for its first reset.</summary>
    /// <param name="environments">One copy a lane.</param>
    /// <param name="observationBytes">Bytes of an observation.</param>
    /// <param name="autoReset">Whether a lane whose episode ended is reset in the same step.</param>
    public LaneStates(IReadOnlyList<IEnvironment> environments, int observationBytes, bool autoReset)
    {
        _lanes = [.. environments.Select(environment => new Lane(environment))];
        _episodes = new EpisodeSummary[Count];
        AutoReset = autoReset;
        _observationBytes = observationBytes;
        Results = new LaneResults(Count);
        Observations = new ObservationRows(Count, observationBytes);
        ResetObservations = new ObservationRows(autoReset ? Count : 0, observationBytes);
    }

    /// <summary>Number of lanes.</summary>
    public int Count => _lanes.Length;

    /// <summary>Whether a lane whose episode ended is reset in the same step.</summary>
    public bool AutoReset { get; }

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
        _lanes[lane].Environment.Reset(seed, Observations[lane]);
        _lanes[lane].BeginEpisode();
    }

    /// <summary>
    /// Takes the actions of a step. Lanes that the last step reset start from their new episode's first observation.
    /// </summary>
    /// <param name="actions">One action a lane, or <see cref="EnvironmentLanes.Idle"/>.</param>
    public void BeginStep(ReadOnlySpan<int> actions)
    {
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

        var result = lane.Environment.Step(lane.Action, Observations[index]);
        Results.Set(index, result.Reward, result.LearningReward, result.Lives, result.LifeLost, result.Flags);
        lane.Return += result.Reward;
        lane.Length++;
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
                ResetObservations[index].CopyTo(ResetObservations[_episodeCount]);
                lane.ResetSlot = _episodeCount;
            }
            else
            {
                lane.IsWaiting = true;
            }

            _episodeCount++;
        }
    }

    /// <summary>Writes everything.</summary>
    public StateWriter Save()
    {
        var writer = new StateWriter();
        writer.Section(nameof(EnvironmentLanes));
        writer.Setting("lanes", Count);
        writer.Setting("auto_reset", AutoReset);
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
        reader.Setting("auto_reset", AutoReset);
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
        var flags = (StepFlags)reader.ReadInt32("the flags", 0, AllFlags);
        lane.Length = reader.ReadInt32("the length", 0, int.MaxValue);
        lane.ResetSlot = reader.ReadInt32(
            "the place of the first observation", Lane.NoSlot, AutoReset ? _episodeCount - 1 : Lane.NoSlot);
        _episodes[index] = new EpisodeSummary(
            reader.ReadInt32("the lane of an episode", 0, Count - 1), episodeReturn, reader.ReadInt32());
        Results.Set(index, reward, learningReward, lives, reader.ReadBoolean(), flags);
        lane.IsWaiting = reader.ReadBoolean();
    }

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

        public void BeginEpisode()
        {
            Return = 0;
            Length = 0;
            IsWaiting = false;
            ResetSlot = NoSlot;
        }
    }
}
