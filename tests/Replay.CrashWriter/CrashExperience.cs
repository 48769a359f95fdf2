using System.Buffers.Binary;
using DqnAspire.Core;

namespace DqnAspire.Replay.CrashWriter;

/// <summary>
/// Experience that is a function of the record's number, so that whoever finds a record can tell whether it is whole.
/// </summary>
public static class CrashExperience
{
    /// <summary>Lanes, taking turns.</summary>
    public const int Lanes = 3;

    /// <summary>The table that it is written to.</summary>
    public static TableSpec Spec => new(3001, 400) { MaxStack = 2, PriorityExponent = 0.5 };

    /// <summary>A record.</summary>
    public static StepRecord Record(long number)
    {
        var lane = (int)(number % Lanes);
        var (episode, position) = Math.DivRem(number / Lanes, 5 + lane);
        return position switch
        {
            0 => new StepRecord(lane, -1, 0, StepFlags.First),
            _ when position < 4 + lane => new StepRecord(lane, (int)(number % 17), number % 1000, StepFlags.None),
            _ => new StepRecord(
                lane, (int)(number % 17), number % 1000, episode % 2 == 0 ? StepFlags.Terminated : StepFlags.Truncated),
        };
    }

    /// <summary>Its observation.</summary>
    public static void Observe(long number, Span<byte> observation)
    {
        for (var i = 0; i + sizeof(long) <= observation.Length; i += sizeof(long))
        {
            BinaryPrimitives.WriteInt64LittleEndian(observation[i..], (number * 0x9E3779B97F4A7C1) + i);
        }

        observation[^1] = (byte)number;
    }

    /// <summary>The priority that a transition is given some time after it came.</summary>
    public static float Priority(long number) => (number % 100) + 1;
}
