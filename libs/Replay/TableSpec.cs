namespace DqnAspire.Replay;

/// <summary>What a table holds.</summary>
/// <param name="ObservationBytes">Bytes of one observation as stored (a single frame, never a stack).</param>
/// <param name="Capacity">Transitions that can be sampled at most; the oldest leave first.</param>
public sealed record TableSpec(int ObservationBytes, int Capacity)
{
    /// <summary>Most lanes that one table can tell apart.</summary>
    public const int MaxLanes = 1024;

    /// <summary>Longest stack that a table can be made for.</summary>
    public const int LongestStack = 64;

    /// <summary>Most records in one block.</summary>
    public const int MaxBlockRecords = 1024;

    // Rings of small observations have room for an episode start beside every step. Of large ones (pictures), whose
    // episodes are longer, only beside every eighth: the room is on disk whether it is used or not.
    private const int SmallObservationBytes = 4096;
    private const int StepsPerStartOfLarge = 8;

    /// <summary>Longest stack of observations that samplers may ask for; a step keeps its whole stack as long as it lives.</summary>
    public int MaxStack { get; init; } = 1;

    /// <summary>Exponent alpha of proportional prioritisation: P(i) ~ priority^alpha. 0: the table keeps no priorities.</summary>
    public double PriorityExponent { get; init; }

    /// <summary>Steps over which a table can go back to a mark although it is full: so many more than <see cref="Capacity"/> are stored.</summary>
    public int RewindSteps { get; init; }

    /// <summary>Observations that the table's store has room for: a ring.</summary>
    public int Slots => checked(Window + WithStarts(RewindSteps));

    /// <summary>Records among which the table's steps and the observations of their stacks lie: the ring without its room for going back.</summary>
    internal int Window => checked(WithStarts(Capacity) + (2 * MaxLag) + MaxBlockRecords);

    /// <summary>Bytes of memory that a table takes besides observations.</summary>
    public long IndexBytes => ((long)Slots * (StoredRecord.Bytes + sizeof(int)))
        + ((long)Capacity * (sizeof(long) + sizeof(int) + (PriorityExponent > 0 ? sizeof(float) + sizeof(double) : 0)));

    /// <summary>
    /// How many records may lie between a step and the oldest observation of its stack, and by how many starts may outnumber
    /// the room for them: every lane may begin an episode and step, once for each observation of the stack and once more.
    /// </summary>
    internal int MaxLag => 2 * MaxLanes * (MaxStack + 1);

    /// <summary>Checks the numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is out of range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ObservationBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Capacity, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(RewindSteps);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxStack, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxStack, LongestStack);
        if (!(PriorityExponent is >= 0 and <= 10))
        {
            throw new ArgumentOutOfRangeException(nameof(PriorityExponent), PriorityExponent, "The priority exponent is a number from 0 to 10.");
        }
    }

    /// <summary>Records that steps are with the episode starts among them.</summary>
    private int WithStarts(int steps) => checked(steps + (ObservationBytes <= SmallObservationBytes ? steps : steps / StepsPerStartOfLarge));
}
