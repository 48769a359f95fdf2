namespace DqnAspire.Replay;

/// <summary>
/// The newest transitions of any number of interleaved lanes. Records arrive in order; a record is an episode's first
/// observation, or a step with the observation it led to. So each observation is stored once, a transition can be sampled
/// as soon as its step has arrived, and a truncated episode's true last observation is there to bootstrap from.
/// </summary>
/// <remarks>
/// Exactly the newest <see cref="TableSpec.Capacity"/> steps can be sampled, like a bounded queue. Observations lie in a
/// ring with room for an episode start beside every step. Two things shorten the queue, neither in ordinary use: more
/// episode starts than steps (old steps leave early), and a lane that was silent while others sent thousands of records
/// (its next step is stored, but its source may be gone, so it is not sampled). Not thread-safe.
/// </remarks>
public sealed class ReplayTable
{
    // How many records may lie between two of a lane, and by how many starts may outnumber steps: every lane may begin an
    // episode and step, twice.
    private const int MaxLag = 4 * TableSpec.MaxLanes;

    private readonly IStepStorage _storage;

    // Steps: a ring of Capacity entries. A step's two observations lie where these say.
    private readonly StepRecord[] _steps;
    private readonly long[] _stepRecords;
    private readonly long[] _sources;

    // The record that each lane's next step starts from; -1 when the lane has no episode.
    private readonly long[] _laneHeads = new long[TableSpec.MaxLanes];
    private readonly long[] _pendingHeads = new long[TableSpec.MaxLanes];
    private long _stepCount;
    private long _oldestStep;

    /// <summary>An empty table with its observations in memory.</summary>
    public ReplayTable(TableSpec spec)
        : this(spec, new MemoryStepStorage(spec.ObservationBytes, StorageSlots(spec)))
    {
    }

    /// <summary>An empty table.</summary>
    /// <param name="spec">What it holds.</param>
    /// <param name="storage">Where observations lie, with at least <see cref="StorageSlots"/> slots.</param>
    public ReplayTable(TableSpec spec, IStepStorage storage)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.Capacity, 1, nameof(spec));
        ArgumentOutOfRangeException.ThrowIfLessThan(storage.Slots, StorageSlots(spec), nameof(storage));
        Spec = spec;
        _storage = storage;
        _steps = new StepRecord[spec.Capacity];
        _stepRecords = new long[spec.Capacity];
        _sources = new long[spec.Capacity];
        Array.Fill(_laneHeads, -1);
    }

    /// <summary>What the table holds.</summary>
    public TableSpec Spec { get; }

    /// <summary>Transitions that can be sampled now.</summary>
    public int Size => (int)(_stepCount - _oldestStep);

    /// <summary>Records received.</summary>
    public long Records { get; private set; }

    /// <summary>Episodes begun.</summary>
    public long Episodes { get; private set; }

    /// <summary>Bytes of memory that observations take.</summary>
    public long ObservationMemory => _storage.MemoryBytes;

    /// <summary>Observations that a table's storage has to hold.</summary>
    public static int StorageSlots(TableSpec spec) => checked((2 * spec.Capacity) + (2 * MaxLag));

    /// <summary>Appends records, all or none.</summary>
    /// <param name="records">In order of arrival.</param>
    /// <param name="observations">[records, observation].</param>
    /// <exception cref="ReplayRecordException">A record cannot be; nothing was appended.</exception>
    public void Append(ReadOnlySpan<StepRecord> records, ReadOnlySpan<byte> observations)
    {
        Validate(records, observations.Length);
        for (var i = 0; i < records.Length; i++)
        {
            var record = records[i];
            _storage.Write(Slot(Records), observations.Slice(i * Spec.ObservationBytes, Spec.ObservationBytes));
            ref var head = ref _laneHeads[record.Lane];
            if (record.Flags == RecordFlags.First)
            {
                Episodes++;
                head = Records;
            }
            else
            {
                if (Records - head <= MaxLag)
                {
                    var entry = Entry(_stepCount);
                    _steps[entry] = record;
                    _stepRecords[entry] = Records;
                    _sources[entry] = head;
                    _stepCount++;
                }

                head = record.Flags == RecordFlags.None ? Records : -1;
            }

            Records++;
        }

        DropOld();
    }

    /// <summary>Assembles transitions.</summary>
    /// <param name="indices">Which, numbered from the oldest: 0 .. <see cref="Size"/>-1.</param>
    /// <param name="batch">Receives them; holds at least as many.</param>
    public void Read(ReadOnlySpan<int> indices, TransitionBuffer batch)
    {
        var width = Spec.ObservationBytes;
        for (var i = 0; i < indices.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)indices[i], (uint)Size, nameof(indices));
            var entry = Entry(_oldestStep + indices[i]);
            var step = _steps[entry];
            _storage.Read(Slot(_sources[entry]), batch.Observations.AsSpan(i * width, width));
            _storage.Read(Slot(_stepRecords[entry]), batch.NextObservations.AsSpan(i * width, width));
            batch.Actions[i] = step.Action;
            batch.Rewards[i] = step.Reward;
            batch.Flags[i] = step.Flags;
            batch.Records[i] = _stepRecords[entry];
        }
    }

    private void DropOld()
    {
        _oldestStep = Math.Max(_oldestStep, _stepCount - Spec.Capacity);
        // A source lies at most MaxLag before its step, so it is still there for this many records.
        var reach = _storage.Slots - MaxLag;
        while (_oldestStep < _stepCount && _stepRecords[Entry(_oldestStep)] < Records - reach)
        {
            _oldestStep++;
        }
    }

    private void Validate(ReadOnlySpan<StepRecord> records, int observationBytes)
    {
        if (observationBytes != (long)records.Length * Spec.ObservationBytes)
        {
            throw new ReplayRecordException(
                $"observations: {records.Length} records of {Spec.ObservationBytes} bytes each were expected, not {observationBytes} bytes.");
        }

        if (records.Length > _storage.Slots)
        {
            throw new ReplayRecordException($"A block of {records.Length} records is larger than the table's {_storage.Slots} slots.");
        }

        _laneHeads.CopyTo(_pendingHeads, 0);
        for (var i = 0; i < records.Length; i++)
        {
            var record = records[i];
            if ((uint)record.Lane >= TableSpec.MaxLanes)
            {
                throw new ReplayRecordException($"lanes[{i}]: {record.Lane} is not a lane (0..{TableSpec.MaxLanes - 1}).");
            }

            if (record.Flags is not (RecordFlags.None or RecordFlags.First or RecordFlags.Terminated or RecordFlags.Truncated
                or (RecordFlags.Terminated | RecordFlags.Truncated)))
            {
                throw new ReplayRecordException($"flags[{i}]: {(byte)record.Flags} is no combination of terminated, truncated, or first alone.");
            }

            if (!float.IsFinite(record.Reward))
            {
                throw new ReplayRecordException($"rewards[{i}]: {record.Reward} is not a finite number.");
            }

            ref var head = ref _pendingHeads[record.Lane];
            if (record.Flags == RecordFlags.First)
            {
                head = 0;
                continue;
            }

            if (record.Action < 0)
            {
                throw new ReplayRecordException($"actions[{i}]: {record.Action} is not an action.");
            }

            if (head < 0)
            {
                throw new ReplayRecordException($"lanes[{i}]: lane {record.Lane} has no episode to step in; its first record is missing.");
            }

            head = record.Flags == RecordFlags.None ? 0 : -1;
        }
    }

    private int Slot(long record) => (int)(record % _storage.Slots);

    private int Entry(long step) => (int)(step % _steps.Length);
}
