using DqnAspire.Core;
using DqnAspire.Replay.Engines.Memory;
using DqnAspire.Replay.Sampling;
using DqnAspire.Replay.Storage;

namespace DqnAspire.Replay;

/// <summary>
/// The newest transitions of any number of interleaved lanes. Records arrive in order; a record is an episode's first
/// observation, or a step with the observation it led to. So each observation is stored once, a transition can be
/// sampled as soon as its step has arrived, and a truncated episode's true last observation is available for
/// bootstrapping.
/// </summary>
/// <remarks>
/// Exactly the newest <see cref="TableSpec.Capacity"/> steps can be sampled, like a bounded queue. Observations lie in
/// a ring with space for episode starts (<see cref="TableSpec.Slots"/>). Two things shorten the queue, neither in
/// ordinary use: more starts than there is space for (old steps leave early), and a lane that was silent while others
/// sent thousands of records (its next steps are stored, but observations of their stacks may be gone, so they are not
/// sampled). Not thread-safe, with one exception that lets a store be slow: between <see cref="Prepare"/> and
/// <see cref="Publish"/> the prepared block may be stored while the table is read.
/// </remarks>
public sealed class ReplayTable : IDisposable
{
    private readonly RecordRing _ring;
    private readonly StepWindow _steps;
    private readonly LaneState[] _lanes = new LaneState[TableSpec.MaxLanes];
    private readonly LaneState[] _pendingLanes = new LaneState[TableSpec.MaxLanes];
    private readonly StoredRecord[] _prepared = new StoredRecord[TableSpec.MaxBlockRecords];
    private long[] _changedSteps = [];
    private float[] _changedPriorities = [];
    private long _firstRecord;

    /// <summary>Makes an empty table in memory.</summary>
    /// <param name="spec">Size of the table.</param>
    public ReplayTable(TableSpec spec)
        : this(new MemoryReplayStore(
            new TableManifest(spec, ElementType.UInt8, [spec.ObservationBytes], RateLimits.None)))
    {
    }

    private ReplayTable(IReplayStore store)
    {
        Spec = store.Manifest.Spec;
        Spec.Validate();
        Store = store;
        Marks = new TableMarks(this);
        _ring = new RecordRing(Spec.Slots);
        _steps = new StepWindow(Spec);
        Array.Fill(_lanes, LaneState.Idle);
    }

    /// <summary>Size of the table.</summary>
    public TableSpec Spec { get; }

    /// <summary>Where its records are stored.</summary>
    public IReplayStore Store { get; }

    /// <summary>The marks to which the table can be rewound.</summary>
    public TableMarks Marks { get; }

    /// <summary>Priorities of its transitions; null in a table without priorities.</summary>
    public PriorityIndex? Priorities => _steps.Priorities;

    /// <summary>Transitions that can be sampled now.</summary>
    public int Size => _steps.Size;

    /// <summary>Records received.</summary>
    public long Records { get; private set; }

    /// <summary>Transitions received.</summary>
    public long Steps => _steps.End;

    /// <summary>Number of the oldest transition that can be sampled.</summary>
    public long OldestStep => _steps.Oldest;

    /// <summary>Episodes begun.</summary>
    public long Episodes { get; private set; }

    /// <summary>Receives how often a transition was sampled when it leaves the table.</summary>
    public Action<int>? Leaving
    {
        get => _steps.Leaving;
        set => _steps.Leaving = value;
    }

    /// <summary>Lanes seen so far: 1 + the highest.</summary>
    internal int Lanes { get; private set; }

    /// <summary>
    /// Oldest record whose observation is in the store: the ring has space for one block more, the one that is being
    /// stored.
    /// </summary>
    internal long FirstStored => Math.Max(_firstRecord, Records - (Spec.Slots - TableSpec.MaxBlockRecords));

    /// <summary>The records, by number.</summary>
    internal RecordRing Ring => _ring;

    /// <summary>Opens a table with the records that its store has.</summary>
    /// <param name="store">The store; the table owns it, and closes it when it cannot be read.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="ReplayStoreException">The records cannot be read.</exception>
    public static async ValueTask<ReplayTable> OpenAsync(
        IReplayStore store, CancellationToken cancellationToken = default)
    {
        try
        {
            var table = new ReplayTable(store);
            await foreach (var run in store.RecoverAsync(cancellationToken).ConfigureAwait(false))
            {
                table.Restore(run.First, run.Records.Span);
            }

            if (table.Priorities is { } priorities)
            {
                priorities.Max = Math.Max(priorities.Max, Allowed(priorities, store.MaxPriority));
            }

            return table;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Checks and numbers a block, without storing it.</summary>
    /// <param name="records">In order of arrival.</param>
    /// <param name="observationBytes">Bytes of their observations together.</param>
    /// <returns>
    /// The block for <see cref="IRecordStore.AppendAsync"/> and <see cref="Publish"/>; valid until the next call.
    /// </returns>
    /// <exception cref="ReplayRecordException">A record is invalid.</exception>
    public Memory<StoredRecord> Prepare(ReadOnlySpan<StepRecord> records, int observationBytes)
    {
        BlockCheck.Size(Spec, records.Length, observationBytes);
        Array.Copy(_lanes, _pendingLanes, Lanes);
        var lanes = Lanes;
        var steps = Steps;
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
                Priority = Priorities?.Max ?? 0,
                Lane = (short)record.Lane,
                Flags = record.Flags,
            };
            if (record.Flags.EndsEpisode())
            {
                lane = LaneState.Idle;
            }
        }

        return _prepared.AsMemory(0, records.Length);
    }

    /// <summary>Makes a stored block visible.</summary>
    /// <param name="records">The block that <see cref="Prepare"/> gave.</param>
    public void Publish(ReadOnlySpan<StoredRecord> records)
    {
        foreach (ref readonly var record in records)
        {
            Lanes = Math.Max(Lanes, record.Lane + 1);
            ref var lane = ref _lanes[record.Lane];
            _ring.Put(Records, record);
            if (record.Flags == StepFlags.First)
            {
                _ring.Abandon(lane.Head, Records);
                Episodes = record.Episode + 1;
            }
            else
            {
                _ring.Link(Records - record.Back, Records);
                if (record.Step >= 0)
                {
                    _steps.Add(record.Step, Records, record.Priority);
                }
            }

            lane = record.Flags.EndsEpisode()
                ? LaneState.Idle
                : new LaneState(Records, record.Episode, record.EpisodeStep);
            Records++;
        }

        // The observations of every stack, and a block that is being stored, lie in the ring too.
        var reach = Spec.Window - Spec.MaxLag - TableSpec.MaxBlockRecords;
        _steps.DropBefore(Math.Max(Records - reach, _firstRecord > 0 ? _firstRecord + Spec.MaxLag : 0));
    }

    /// <summary>Appends records, all or none.</summary>
    /// <param name="records">In order of arrival, at most <see cref="TableSpec.MaxBlockRecords"/>.</param>
    /// <param name="observations">[records, observation].</param>
    /// <param name="cancellationToken">Cancels the wait for the store.</param>
    /// <exception cref="ReplayRecordException">A record is invalid; nothing was appended.</exception>
    /// <exception cref="ReplayStoreException">The store cannot keep them; nothing was appended.</exception>
    public ValueTask AppendAsync(
        ReadOnlySpan<StepRecord> records,
        ReadOnlyMemory<byte> observations,
        CancellationToken cancellationToken = default)
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

    /// <summary>Changes the priorities of transitions that are still in the table.</summary>
    /// <param name="records">Record numbers of the transitions, as batches name them.</param>
    /// <param name="priorities">Finite and not negative, one each.</param>
    /// <returns>
    /// How many were ignored because their transition is not in the table; and the changes, for the store.
    /// </returns>
    /// <exception cref="ReplayRecordException">
    /// A priority is invalid, or the table has no priorities; nothing was changed.
    /// </exception>
    public PriorityChange UpdatePriorities(ReadOnlySpan<long> records, ReadOnlySpan<float> priorities)
    {
        if (Priorities is null)
        {
            throw new ReplayRecordException(
                "The table keeps no priorities; it was made with a priority exponent of 0.");
        }

        BlockCheck.Priorities(Priorities, records.Length, priorities);
        if (_changedSteps.Length < records.Length)
        {
            _changedSteps = new long[records.Length];
            _changedPriorities = new float[records.Length];
        }

        var changed = 0;
        for (var i = 0; i < records.Length; i++)
        {
            if (!Holds(records[i]) || _ring[records[i]].Step < OldestStep)
            {
                continue;
            }

            var step = _ring[records[i]].Step;
            _steps.SetPriority(step, priorities[i]);
            _changedSteps[changed] = step;
            _changedPriorities[changed++] = priorities[i];
        }

        Store.MaxPriority = Priorities.Max;
        return new PriorityChange(
            records.Length - changed, _changedSteps.AsMemory(0, changed), _changedPriorities.AsMemory(0, changed));
    }

    /// <summary>Everything about a transition but its observations.</summary>
    /// <param name="index">0 .. <see cref="Size"/>-1, numbered from the oldest.</param>
    public TransitionInfo Describe(int index)
    {
        var record = RecordOfIndex(index);
        var step = OldestStep + index;
        return new TransitionInfo(record, _ring[record], _steps.PriorityOf(step), _steps.TimesSampled(step));
    }

    /// <summary>Whether a record's observation can be read.</summary>
    /// <param name="record">Number of the record.</param>
    public bool Holds(long record) => record < Records
        && record >= Math.Max(_firstRecord, Records - (Spec.Window - TableSpec.MaxBlockRecords));

    /// <summary>Closes the store.</summary>
    public void Dispose() => Store.Dispose();

    internal long RecordOfIndex(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Size, nameof(index));
        return _steps.RecordOf(OldestStep + index);
    }

    internal long LaneHead(int lane) => _lanes[lane].Head;

    internal void CountSampled(int index) => _steps.CountSampled(OldestStep + index);

    /// <summary>Captures the table as it is now, for a mark.</summary>
    /// <param name="limits">How sampling and appending are tied together.</param>
    /// <param name="balance">Samples earned by appending and not yet used.</param>
    internal TableMark Capture(RateLimits limits, double balance)
    {
        var priorities = new float[Priorities is null ? 0 : Size];
        for (var i = 0; i < priorities.Length; i++)
        {
            priorities[i] = _steps.PriorityOf(OldestStep + i);
        }

        var oldest = Size > 0 ? _steps.RecordOf(OldestStep) : Records;
        return new TableMark
        {
            Records = Records,
            Steps = Steps,
            OldestStep = OldestStep,
            Episodes = Episodes,
            Sampled = Store.Sampled,
            Limits = limits,
            Balance = balance,
            FirstRecord = Math.Max(FirstStored, oldest - Spec.MaxLag),
            MaxPriority = Priorities?.Max ?? 0,
            Lanes = _lanes[..Lanes],
            Priorities = priorities,
        };
    }

    /// <summary>Follows the store to a mark.</summary>
    /// <param name="mark">The mark.</param>
    /// <param name="point">The contents of the store now.</param>
    internal void FinishRewind(TableMark mark, RewindPoint point)
    {
        // Publishing the records before the mark again passes steps that had left by then; they are not reported again.
        var leaving = Leaving;
        Leaving = null;
        Array.Fill(_lanes, LaneState.Idle);
        _firstRecord = point.FirstKept;
        _steps.Clear(mark.OldestStep);
        Records = mark.FirstRecord;
        while (Records < mark.Records)
        {
            Publish(_ring.Run(Records, mark.Records));
        }

        _steps.DropUntil(mark.OldestStep);
        Episodes = mark.Episodes;
        Lanes = mark.Lanes.Length;
        mark.Lanes.CopyTo(_lanes, 0);
        for (var i = 0; i < mark.Priorities.Length; i++)
        {
            _steps.SetPriority(OldestStep + i, mark.Priorities[i]);
        }

        Priorities?.Max = mark.MaxPriority;
        Leaving = leaving;
    }

    private async Task PublishWhenStored(Task stored, Memory<StoredRecord> block)
    {
        await stored.ConfigureAwait(false);
        Publish(block.Span);
    }

    /// <summary>Adds records that the store recovered.</summary>
    private void Restore(long first, ReadOnlySpan<StoredRecord> records)
    {
        if (first != Records)
        {
            // The records before the oldest recovered one are not in the store.
            Records = _firstRecord = first;
        }

        Publish(records);
        for (var i = 0; i < records.Length && Priorities is not null; i++)
        {
            var step = records[i].Step;
            if (step >= OldestStep && Store.SavedPriority(step) is { } priority)
            {
                _steps.SetPriority(step, Allowed(Priorities, priority));
            }
        }
    }

    /// <exception cref="ReplayStoreException">No transition can have the priority.</exception>
    private static float Allowed(PriorityIndex index, float stored) => index.Allows(stored)
        ? stored
        : throw new ReplayStoreException(
            $"The stored priorities are damaged: {stored} is not a number from 0 to {index.Limit}.",
            StoreProblem.Damaged);

    /// <summary>Whether every observation of a new step's longest stack stays as long as the step.</summary>
    private bool IsStackNear(long number, int back)
    {
        long distance = back;
        for (var i = 1; i < Spec.MaxStack && distance <= Spec.MaxLag; i++)
        {
            var source = number - distance;
            var before = source >= Records ? _prepared[source - Records].Back : _ring[source].Back;
            if (before == 0)
            {
                break;
            }

            distance += before;
        }

        return distance <= Spec.MaxLag;
    }
}
