namespace DqnAspire.Replay;

/// <summary>What a table holds.</summary>
/// <param name="ObservationBytes">Bytes of one observation as stored (a single frame, never a stack).</param>
/// <param name="Capacity">Transitions that can be sampled at most; the oldest leave first.</param>
public sealed record TableSpec(int ObservationBytes, int Capacity)
{
    /// <summary>Maximum number of lanes.</summary>
    public const int MaxLanes = 1024;

    /// <summary>Maximum of <see cref="MaxStack"/>.</summary>
    public const int StackLimit = 64;

    /// <summary>Maximum of <see cref="Capacity"/>, and of <see cref="RewindSteps"/>.</summary>
    public const int CapacityLimit = 100_000_000;

    /// <summary>Maximum of <see cref="ObservationBytes"/>.</summary>
    public const int ObservationLimit = 16 << 20;

    /// <summary>Maximum number of an observation's axes.</summary>
    public const int MaxAxes = 8;

    /// <summary>Maximum of <see cref="PriorityExponent"/>.</summary>
    public const double PriorityExponentLimit = 10;

    /// <summary>Maximum number of records in one block.</summary>
    public const int MaxBlockRecords = 1024;

    // Rings of small observations have a slot for an episode start beside every step. Rings of large ones (pictures),
    // whose episodes are longer, only beside every eighth: the slots are on disk whether they are used or not.
    private const int SmallObservationBytes = 4096;
    private const int StepsPerStartOfLarge = 8;

    /// <summary>
    /// Maximum of the observations in a sampler's states; a step keeps its whole stack as long as it can be sampled.
    /// </summary>
    public int MaxStack { get; init; } = 1;

    /// <summary>
    /// Exponent alpha of proportional prioritisation: P(i) ~ priority^alpha. 0: the table keeps no priorities.
    /// </summary>
    public double PriorityExponent { get; init; }

    /// <summary>
    /// Steps beyond <see cref="Capacity"/> that are stored, so that a full table can be rewound over that many steps.
    /// </summary>
    public int RewindSteps { get; init; }

    /// <summary>Observations in the store's ring.</summary>
    public int Slots => checked(Window + WithStarts(RewindSteps));

    /// <summary>
    /// Records that hold the table's steps and the observations of their stacks: the ring without the slots for
    /// rewinding.
    /// </summary>
    internal int Window => checked(WithStarts(Capacity) + (2 * MaxLag) + MaxBlockRecords);

    /// <summary>Bytes of memory that a table uses besides observations.</summary>
    public long IndexBytes => ((long)Slots * (StoredRecord.Bytes + sizeof(int)))
        + ((long)Capacity * (sizeof(long) + sizeof(int) + (PriorityExponent > 0 ? sizeof(float) + sizeof(double) : 0)));

    /// <summary>
    /// Maximum of the records between a step and the oldest observation of its stack, and of the episode starts beyond
    /// the slots for them: every lane may begin an episode and step, once for each observation of the stack and once
    /// more.
    /// </summary>
    internal int MaxLag => 2 * MaxLanes * (MaxStack + 1);

    /// <summary>Checks the numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is out of range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ObservationBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ObservationBytes, ObservationLimit);
        ArgumentOutOfRangeException.ThrowIfLessThan(Capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Capacity, CapacityLimit);
        ArgumentOutOfRangeException.ThrowIfNegative(RewindSteps);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(RewindSteps, CapacityLimit);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxStack, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxStack, StackLimit);
        if (!(PriorityExponent is >= 0 and <= PriorityExponentLimit))
        {
            throw new ArgumentOutOfRangeException(
                nameof(PriorityExponent),
                PriorityExponent,
                $"The priority exponent is a number from 0 to {PriorityExponentLimit}.");
        }
    }

    /// <summary>Records of a number of steps with the episode starts among them.</summary>
    private int WithStarts(int steps) =>
        checked(steps + (ObservationBytes <= SmallObservationBytes ? steps : steps / StepsPerStartOfLarge));
}
