using DqnAspire.Core;

namespace DqnAspire.Replay;

/// <summary>Checks blocks of records and of priorities; each message names the entry.</summary>
internal static class BlockCheck
{
    public static void Size(TableSpec spec, int records, int observationBytes)
    {
        if (observationBytes != (long)records * spec.ObservationBytes)
        {
            throw new ReplayRecordException(
                $"observations: {records} records of {spec.ObservationBytes} bytes each were expected, not "
                + $"{observationBytes} bytes.");
        }

        if (records > TableSpec.MaxBlockRecords)
        {
            throw new ReplayRecordException(
                $"lanes: a block of {records} records is larger than the {TableSpec.MaxBlockRecords} that are "
                + "allowed.");
        }
    }

    public static void Record(int i, StepRecord record)
    {
        if ((uint)record.Lane >= TableSpec.MaxLanes)
        {
            throw new ReplayRecordException($"lanes[{i}]: {record.Lane} is not a lane (0..{TableSpec.MaxLanes - 1}).");
        }

        if (record.Flags is not (StepFlags.None or StepFlags.First or StepFlags.Terminated or StepFlags.Truncated
            or (StepFlags.Terminated | StepFlags.Truncated)))
        {
            throw new ReplayRecordException(
                $"flags[{i}]: {(byte)record.Flags} is no combination of terminated, truncated, or first alone.");
        }

        if (!float.IsFinite(record.Reward))
        {
            throw new ReplayRecordException($"rewards[{i}]: {record.Reward} is not a finite number.");
        }

        if (record.Action < 0 && record.Flags != StepFlags.First)
        {
            throw new ReplayRecordException($"actions[{i}]: {record.Action} is not an action.");
        }
    }

    public static void Lane(int i, StepRecord record, bool hasEpisode)
    {
        if (!hasEpisode && record.Flags != StepFlags.First)
        {
            throw new ReplayRecordException(
                $"lanes[{i}]: lane {record.Lane} has no episode to step in; its first record is missing.");
        }
    }

    public static void Priorities(PriorityIndex index, int records, ReadOnlySpan<float> priorities)
    {
        if (priorities.Length != records)
        {
            throw new ReplayRecordException($"priorities: {priorities.Length} entries for {records} records.");
        }

        for (var i = 0; i < priorities.Length; i++)
        {
            if (!float.IsFinite(priorities[i]) || priorities[i] < 0)
            {
                throw new ReplayRecordException(
                    $"priorities[{i}]: {priorities[i]} is not a finite number of at least 0.");
            }

            if (!index.Allows(priorities[i]))
            {
                throw new ReplayRecordException(
                    $"priorities[{i}]: {priorities[i]} is too large for the table's priority exponent (alpha): its "
                    + $"power is to be a finite number, also summed over the table; {index.Limit} is the largest.");
            }
        }
    }
}
