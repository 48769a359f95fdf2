using DqnAspire.Core;
using DqnAspire.Core.Replay;
using DqnAspire.Replay.Storage;

namespace DqnAspire.Replay;

/// <summary>
/// The newest transitions of any number of interleaved lanes. Records arrive in order; a record is an episode's first
/// observation, or a step with the observation it led to. So each observation is stored once, a transition can be sampled
/// as soon as its step has arrived, and a truncated episode's true last observation is there to bootstrap from.
/// </summary>
/// <remarks>
/// Exactly the newest <see cref="TableSpec.Capacity"/> steps can be sampled, like a bounded queue. Observations lie in a
/// ring with room for episode starts (<see cref="TableSpec.Slots"/>). Two things shorten the queue, neither in ordinary use:
/// more starts than there is room for (old steps leave early), and a lane that was silent while others sent thousands of
/// records (its next steps are stored, but observations of their stacks may be gone, so they are not sampled).
/// Not thread-safe, with one exception that lets a store be slow: between <see cref="Prepare"/> and
/// <see cref="Publish"/> the prepared block may be stored while the table is read.
/// </remarks>
public sealed partial class ReplayTable : IDisposable
{
    /// <summary>What <see cref="NextInEpisode"/> says of the newest record of an episode that goes on.</summary>
    internal const long NotYet = 0;

    /// <summary>What <see cref="NextInEpisode"/> says of the last record of an episode that a new one replaced.</summary>
    internal const long Abandoned = -1;

    // Records: a ring of Slots entries, as long as their observations' ring. Forward is the distance to the next record of the episode.
    private readonly StoredRecord[] _records;
    private readonly int[] _forward;

    // Steps: a ring of Capacity entries.
    private readonly long[] _stepRecords;
    private readonly int[] _timesSampled;

    private readonly LaneState[] _lanes = new LaneState[TableSpec.MaxLanes];
    private readonly LaneState[] _pendingLanes = new LaneState[TableSpec.MaxLanes];
    private readonly StoredRecord[] _prepared = new StoredRecord[TableSpec.MaxBlockRecords];
    private readonly TransitionView _singles;
    private long[] _changedSteps = [];
    private float[] _changedPriorities = [];
    private long _stepCount;
    private long _firstRecord;

    /// <summary>An empty table in memory.</summary>
    public ReplayTable(TableSpec spec)
        : this(spec, new MemoryReplayStore(spec))
    {
    }

    /// <summary>A table with what its store has of it.</summary>
    /// <param name="spec">What it holds.</param>
    /// <param name="store">Where records lie; the table owns it.</param>
    /// <exception cref="ReplayStoreException">What the store has cannot be read.</exception>
    public ReplayTable(TableSpec spec, IReplayStore store)
    {
        spec.Validate();
        Spec = spec;
        Store = store;
        _records = new StoredRecord[spec.Slots];
        _forward = new int[spec.Slots];
        _stepRecords = new long[spec.Capacity];
        _timesSampled = new int[spec.Capacity];
        Array.Fill(_lanes, LaneState.Idle);
        Priorities = spec.PriorityExponent > 0 ? new PriorityIndex(spec.Capacity, spec.PriorityExponent) : null;
        _singles = new TransitionView(this, new TransitionSpec());
        store.Recover(Restore);
        Priorities?.Highest = Math.Max(Priorities.Highest, store.HighestPriority);
    }

    /// <summary>What the table holds.</summary>
    public TableSpec Spec { get; }

    /// <summary>Where its records lie.</summary>
    public IReplayStore Store { get; }

    /// <summary>Priorities of its transitions; null when it keeps none.</summary>
    public PriorityIndex? Priorities { get; }

    /// <summary>Transitions that can be sampled now.</summary>
    public int Size => (int)(_stepCount - OldestStep);

    /// <summary>Records received.</summary>
    public long Records { get; private set; }

    /// <summary>Transitions received.</summary>
    public long Steps => _stepCount;

    /// <summary>Number of the oldest transition that is still there.</summary>
    public long OldestStep { get; private set; }

    /// <summary>Episodes begun.</summary>
    public long Episodes { get; private set; }

    /// <summary>Is told how often a transition was sampled when it leaves.</summary>
    public Action<int>? Leaving { get; set; }

    /// <summary>Lanes seen so far: 1 + the highest.</summary>
    internal int Lanes { get; private set; }

    /// <summary>Checks and numbers a block, and stores nothing yet.</summary>
    /// <param name="records">In order of arrival.</param>
    /// <param name="observationBytes">Bytes of their observations together.</param>
    /// <returns>The block for <see cref="IReplayStore.AppendAsync"/> and <see cref="Publish"/>; holds until the next call.</returns>
    /// <exception cref="ReplayRecordException">A record cannot be.</exception>
    public Memory<StoredRecord> Prepare(ReadOnlySpan<StepRecord> records, int observationBytes)
    {
        BlockCheck.Size(Spec, records.Length, observationBytes);
        Array.Copy(_lanes, _pendingLanes, Lanes);
        var lanes = Lanes;
        var steps = _stepCount;
        var episodes = Episodes;
        for (var i = 0; i < records.Length; i++)
        {
            var record = records[i];
            BlockCheck.Record(i, record);
            for (; lanes <= record.Lane; lanes++)
            {
                _pendingLanes[lanes] = LaneState.Idle;
            }

            ref var lane = ref _pendingLanes[record.Lane];
            BlockCheck.Lane(i, record, lane.Head >= 0);
            var number = Records + i;
            var back = 0;
            if (record.Flags == StepFlags.First)
            {
                lane = new LaneState(number, episodes++, 0);
            }
            else
            {
                back = (int)Math.Min(number - lane.Head, int.MaxValue);
                lane = new LaneState(number, lane.Episode, lane.Step + 1);
            }

            _prepared[i] = new StoredRecord
            {
                Step = back > 0 && IsStackNear(number, back) ? steps++ : -1,
                Episode = lane.Episode,
                EpisodeStep = lane.Step,
                Back = back,
                Action = record.Action,
                Reward = record.Reward,
                Priority = Priorities?.Highest ?? 0,
                Lane = (short)record.Lane,
                Flags = record.Flags,
            };
            if ((record.Flags & (StepFlags.Terminated | StepFlags.Truncated)) != 0)
            {
                lane = LaneState.Idle;
            }
        }

        return _prepared.AsMemory(0, records.Length);
    }

    /// <summary>Makes a stored block visible.</summary>
    public void Publish(ReadOnlySpan<StoredRecord> records)
    {
        foreach (ref readonly var record in records)
        {
            Lanes = Math.Max(Lanes, record.Lane + 1);
            ref var lane = ref _lanes[record.Lane];
            var slot = Slot(Records);
            _records[slot] = record;
            _forward[slot] = 0;
            if (record.Flags == StepFlags.First)
            {
                Link(lane.Head, (int)Abandoned);
                Episodes = record.Episode + 1;
            }
            else
            {
                Link(Records - record.Back, record.Back);
                if (record.Step >= 0)
                {
                    AddStep(record.Step, record.Priority);
                }
            }

            lane = (record.Flags & (StepFlags.Terminated | StepFlags.Truncated)) != 0
                ? LaneState.Idle
                : new LaneState(Records, record.Episode, record.EpisodeStep);
            Records++;
        }

        // Whatever a stack reaches back to, and a block that is being stored, lie in the ring too.
        var reach = Spec.Window - Spec.MaxLag - TableSpec.MaxBlockRecords;
        var oldest = Math.Max(Records - reach, _firstRecord > 0 ? _firstRecord + Spec.MaxLag : 0);
        while (OldestStep < _stepCount && _stepRecords[Entry(OldestStep)] < oldest)
        {
            DropOldest();
        }
    }

    /// <summary>Appends records, all or none.</summary>
    /// <param name="records">In order of arrival, at most <see cref="TableSpec.MaxBlockRecords"/>.</param>
    /// <param name="observations">[records, observation].</param>
    /// <param name="cancellationToken">Gives up waiting for the store.</param>
    /// <exception cref="ReplayRecordException">A record cannot be; nothing was appended.</exception>
    /// <exception cref="ReplayStoreException">The store cannot keep them; nothing was appended.</exception>
    public ValueTask AppendAsync(ReadOnlySpan<StepRecord> records, ReadOnlyMemory<byte> observations, CancellationToken cancellationToken = default)
    {
        var block = Prepare(records, observations.Length);
        var stored = Store.AppendAsync(Records, block, observations, cancellationToken);
        if (!stored.IsCompletedSuccessfully)
        {
            return new ValueTask(PublishWhenStored(stored.AsTask(), block));
        }

        stored.GetAwaiter().GetResult();
        Publish(block.Span);
        return ValueTask.CompletedTask;
    }

    /// <summary>Assembles transitions of one observation and one reward each.</summary>
    /// <param name="indices">Which, numbered from the oldest: 0 .. <see cref="Size"/>-1.</param>
    /// <param name="batch">Receives them; holds at least as many.</param>
    public void Read(ReadOnlySpan<int> indices, TransitionBuffer batch) => _singles.Read(indices, batch);

    /// <summary>Changes priorities, where the transitions are still there.</summary>
    /// <param name="records">Record numbers of the transitions, as batches name them.</param>
    /// <param name="priorities">Finite and not negative, one each.</param>
    /// <returns>How many were ignored because their transition has left the table, or never was in it; and what to hand to the store.</returns>
    /// <exception cref="ReplayRecordException">A priority cannot be, or the table keeps none; nothing was changed.</exception>
    public PriorityChange UpdatePriorities(ReadOnlySpan<long> records, ReadOnlySpan<float> priorities)
    {
        if (Priorities is null)
        {
            throw new ReplayRecordException("The table keeps no priorities; it was made with a priority exponent of 0.");
        }

        BlockCheck.Priorities(records.Length, priorities);
        if (_changedSteps.Length < records.Length)
        {
            _changedSteps = new long[records.Length];
            _changedPriorities = new float[records.Length];
        }

        var changed = 0;
        for (var i = 0; i < records.Length; i++)
        {
            if (!Holds(records[i]) || At(records[i]).Step < OldestStep)
            {
                continue;
            }

            var step = At(records[i]).Step;
            Priorities.Set(Entry(step), priorities[i]);
            _changedSteps[changed] = step;
            _changedPriorities[changed++] = priorities[i];
        }

        Store.HighestPriority = Priorities.Highest;
        return new PriorityChange(records.Length - changed, _changedSteps.AsMemory(0, changed), _changedPriorities.AsMemory(0, changed));
    }

    /// <summary>What is known of the transition with an index, but its observations.</summary>
    /// <param name="index">0 .. <see cref="Size"/>-1, numbered from the oldest.</param>
    public TransitionInfo Describe(int index)
    {
        var record = RecordOfIndex(index);
        var entry = Entry(OldestStep + index);
        return new TransitionInfo(record, At(record), Priorities?.Priority(entry) ?? 0, _timesSampled[entry]);
    }

    /// <summary>Whether a record's observation can be read.</summary>
    public bool Holds(long record) => record < Records
        && record >= Math.Max(_firstRecord, Records - (Spec.Window - TableSpec.MaxBlockRecords));

    /// <inheritdoc/>
    public void Dispose() => Store.Dispose();

    internal ref readonly StoredRecord At(long record) => ref _records[Slot(record)];

    internal long RecordOfIndex(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Size, nameof(index));
        return _stepRecords[Entry(OldestStep + index)];
    }

    internal long NextInEpisode(long record)
    {
        var forward = _forward[Slot(record)];
        return forward > 0 ? record + forward : forward;
    }

    internal long LaneHead(int lane) => _lanes[lane].Head;

    internal void CountSampled(int index) => _timesSampled[Entry(OldestStep + index)]++;

    private async Task PublishWhenStored(Task stored, Memory<StoredRecord> block)
    {
        await stored.ConfigureAwait(false);
        Publish(block.Span);
    }

    /// <summary>Takes in a run of records that the store kept.</summary>
    private void Restore(long first, ReadOnlySpan<StoredRecord> records)
    {
        if (first != Records)
        {
            // What comes before the oldest that was kept is not there.
            Records = _firstRecord = first;
        }

        Publish(records);
        for (var i = 0; i < records.Length && Priorities is not null; i++)
        {
            var step = records[i].Step;
            if (step >= OldestStep && Store.SavedPriority(step) is { } priority)
            {
                Priorities.Set(Entry(step), priority);
            }
        }
    }

    private void AddStep(long step, float priority)
    {
        if (step != _stepCount)
        {
            // The first that a store kept need not be number 0.
            _stepCount = OldestStep = step;
        }

        if (Size == Spec.Capacity)
        {
            DropOldest();
        }

        var entry = Entry(step);
        _stepRecords[entry] = Records;
        _timesSampled[entry] = 0;
        Priorities?.Set(entry, priority);
        _stepCount++;
    }

    private void DropOldest()
    {
        var entry = Entry(OldestStep);
        Leaving?.Invoke(_timesSampled[entry]);
        Priorities?.Clear(entry);
        OldestStep++;
    }

    private void Link(long record, int forward)
    {
        if (record >= 0 && record > Records - Spec.Slots)
        {
            _forward[Slot(record)] = forward;
        }
    }

    /// <summary>Whether every observation of a new step's longest stack will be there as long as the step.</summary>
    private bool IsStackNear(long number, int back)
    {
        long distance = back;
        for (var i = 1; i < Spec.MaxStack && distance <= Spec.MaxLag; i++)
        {
            var source = number - distance;
            var before = source >= Records ? _prepared[source - Records].Back : At(source).Back;
            if (before == 0)
            {
                break;
            }

            distance += before;
        }

        return distance <= Spec.MaxLag;
    }

    private int Slot(long record) => (int)(record % _records.Length);

    private int Entry(long step) => (int)(step % _stepRecords.Length);
}
