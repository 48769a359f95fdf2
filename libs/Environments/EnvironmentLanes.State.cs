using DqnAspire.Core;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments;

/// <content>Saving and restoring.</content>
public sealed partial class EnvironmentLanes
{
    /// <summary>
    /// Room that a state of another environment may take more, so that it is refused by name and not by size.
    /// </summary>
    private const int SizeAllowance = 1 << 24;

    private const int AllFlags = (int)(StepFlags.Terminated | StepFlags.Truncated);

    /// <summary>
    /// Everything of the lanes between two steps: environments with their generators, the results of the last step,
    /// running returns and lengths, and which lanes wait for a reset or have had one.
    /// </summary>
    /// <returns>Bytes for a file or the network, compressed and with a checksum.</returns>
    public byte[] SaveState() => Save().ToArray();

    /// <summary>
    /// Takes over what lanes of the same environment, options, number and kind of reset have saved; how many threads
    /// they had does not matter. From here on both give the same, bit for bit.
    /// </summary>
    /// <param name="state">What <see cref="SaveState"/> gave.</param>
    /// <exception cref="StateException">The state is damaged or of other lanes. Nothing has changed then.</exception>
    public void RestoreState(ReadOnlySpan<byte> state)
    {
        var before = Save();
        var reader = new StateReader(state, (long)before.Content.Length + SizeAllowance);
        try
        {
            Restore(reader);
            reader.RequireEnd();
        }
        catch (StateException)
        {
            Restore(StateReader.Of(before));
            throw;
        }
    }

    private StateWriter Save()
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
        writer.Setting("bytes of an observation", ObservationSpace.ByteCount);
        writer.Write(_observations.Memory.Span);
        writer.Write(_resetObservations.Memory.Span);
        writer.Write(_episodeCount);
        for (var index = 0; index < Count; index++)
        {
            ref readonly var lane = ref _lanes[index];
            var episode = _episodes[index];
            writer.Write([Rewards[index], LearningRewards[index], lane.Return, episode.Return]);
            writer.Write([Lives[index], (int)Flags[index], lane.Length, lane.ResetSlot, episode.Lane, episode.Length]);
            writer.Write(LivesLost[index]);
            writer.Write(lane.IsWaiting);
        }

        return writer;
    }

    private void Restore(StateReader reader)
    {
        reader.Section(nameof(EnvironmentLanes));
        reader.Setting("lanes", Count);
        reader.Setting("auto_reset", AutoReset);
        foreach (ref readonly var lane in _lanes.AsSpan())
        {
            lane.Environment.RestoreState(reader);
        }

        reader.Section("steps");
        reader.Setting("bytes of an observation", ObservationSpace.ByteCount);
        reader.Read(_observations.Memory.Span);
        reader.Read(_resetObservations.Memory.Span);
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
}
