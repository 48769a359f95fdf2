using DqnAspire.Core;
using DqnAspire.Environments.State;

namespace DqnAspire.Environments;

/// <content>Saving and restoring.</content>
public sealed partial class EnvironmentLanes
{
    /// <summary>Room for what a state of another environment may take more, so that it is refused by name and not by size.</summary>
    private const int SizeAllowance = 1 << 24;

    private const int AllFlags = (int)(StepFlags.Terminated | StepFlags.Truncated);

    /// <summary>
    /// Everything of the lanes between two steps: environments with their generators, the results of the last step, running returns and
    /// lengths, and which lanes wait for a reset or have had one.
    /// </summary>
    /// <returns>Bytes for a file or the network, compressed and with a checksum.</returns>
    public byte[] SaveState() => Save().ToArray();

    /// <summary>
    /// Takes over what lanes of the same environment, options, number and kind of reset have saved; how many threads they had does not
    /// matter. From here on both give the same, bit for bit.
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
        writer.Setting("auto_reset", _autoReset);
        foreach (var environment in _environments)
        {
            environment.SaveState(writer);
        }

        writer.Section("steps");
        writer.Setting("bytes of an observation", _stride);
        writer.Write(_observations.AsSpan());
        writer.Write(_resetObservations.AsSpan());
        writer.Write(_episodeCount);
        for (var lane = 0; lane < Count; lane++)
        {
            writer.Write([_rewards[lane], _learningRewards[lane], _returns[lane], _episodes[lane].Return]);
            writer.Write([_lives[lane], (int)_flags[lane], _lengths[lane], _resetSlots[lane], _episodes[lane].Lane, _episodes[lane].Length]);
            writer.Write(_livesLost[lane]);
            writer.Write(_waiting[lane]);
        }

        return writer;
    }

    private void Restore(StateReader reader)
    {
        reader.Section(nameof(EnvironmentLanes));
        reader.Setting("lanes", Count);
        reader.Setting("auto_reset", _autoReset);
        foreach (var environment in _environments)
        {
            environment.RestoreState(reader);
        }

        reader.Section("steps");
        reader.Setting("bytes of an observation", _stride);
        reader.Read(_observations.AsSpan());
        reader.Read(_resetObservations.AsSpan());
        _episodeCount = reader.ReadInt32("the number of ended episodes", 0, Count);
        for (var lane = 0; lane < Count; lane++)
        {
            _rewards[lane] = reader.ReadDouble();
            _learningRewards[lane] = reader.ReadDouble();
            _returns[lane] = reader.ReadDouble();
            var episodeReturn = reader.ReadDouble();
            _lives[lane] = reader.ReadInt32();
            _flags[lane] = (StepFlags)reader.ReadInt32("the flags", 0, AllFlags);
            _lengths[lane] = reader.ReadInt32("the length", 0, int.MaxValue);
            _resetSlots[lane] = reader.ReadInt32("the place of the first observation", -1, _autoReset ? _episodeCount - 1 : -1);
            _episodes[lane] = new EpisodeSummary(reader.ReadInt32("the lane of an episode", 0, Count - 1), episodeReturn, reader.ReadInt32());
            _livesLost[lane] = reader.ReadBoolean();
            _waiting[lane] = reader.ReadBoolean();
        }
    }
}
