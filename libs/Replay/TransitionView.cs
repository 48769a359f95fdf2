using DqnAspire.Core;
using DqnAspire.Core.Replay;
using DqnAspire.Replay.Storage;

namespace DqnAspire.Replay;

/// <summary>
/// A table's transitions as one sampler sees them: numbered from the oldest, 0 .. <see cref="Size"/>-1. The newest
/// transitions of an episode that continues are incomplete while their return misses rewards; these are not sampled.
/// </summary>
public sealed class TransitionView
{
    private readonly ReplayTable _table;
    private readonly double[] _discounts;
    private ObservationRead[] _reads = [];
    private int _readCount;

    /// <summary>A view of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="spec">How transitions are assembled.</param>
    /// <exception cref="ArgumentException">The table cannot give such transitions.</exception>
    public TransitionView(ReplayTable table, TransitionSpec spec)
    {
        spec.Validate(table.Spec.MaxStack);
        _table = table;
        Spec = spec;
        _discounts = new double[spec.Steps + 1];
        _discounts[0] = 1;
        for (var i = 1; i < _discounts.Length; i++)
        {
            _discounts[i] = _discounts[i - 1] * spec.Discount;
        }
    }

    /// <summary>How transitions are assembled.</summary>
    public TransitionSpec Spec { get; }

    /// <summary>Transitions in the table, complete or not.</summary>
    public int Size => _table.Size;

    /// <summary>Number of the oldest transition since the table was made; index 0.</summary>
    public long OldestStep => _table.OldestStep;

    /// <summary>The transitions' priorities.</summary>
    /// <exception cref="InvalidOperationException">The table keeps none.</exception>
    public PriorityIndex Priorities => _table.Priorities
        ?? throw new InvalidOperationException(
            "The table keeps no priorities; it was made with a priority exponent of 0.");

    /// <summary>Counts the transitions that are complete.</summary>
    public int CountComplete()
    {
        var incomplete = 0;
        for (var lane = 0; lane < _table.Lanes && Spec.Steps > 1; lane++)
        {
            incomplete += VisitIncomplete(lane, null);
        }

        return Size - incomplete;
    }

    /// <summary>
    /// Lists the numbers of the transitions that are not complete, as <see cref="OldestStep"/> counts.
    /// </summary>
    public void AddIncomplete(List<long> steps)
    {
        for (var lane = 0; lane < _table.Lanes && Spec.Steps > 1; lane++)
        {
            VisitIncomplete(lane, steps);
        }
    }

    /// <summary>Whether a transition has all its rewards.</summary>
    public bool IsComplete(int index)
    {
        var record = _table.RecordOfIndex(index);
        for (var i = 1; i < Spec.Steps; i++)
        {
            if (_table.Ring[record].Flags != StepFlags.None)
            {
                return true;
            }

            var next = _table.Ring.Next(record);
            if (next <= 0)
            {
                return next == RecordRing.Abandoned;
            }

            record = next;
        }

        return true;
    }

    /// <summary>
    /// Assembles transitions as they are in the table at the moment of the call. Observations that are not in this
    /// process arrive later, and the table may be used meanwhile.
    /// </summary>
    /// <param name="indices">Which; each must be complete.</param>
    /// <param name="batch">Receives them; made for this view's spec, for at least as many transitions.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ReplayStoreException">An observation cannot be read.</exception>
    public ValueTask ReadAsync(ReadOnlySpan<int> indices, TransitionBuffer batch, CancellationToken cancellationToken)
    {
        var width = _table.Spec.ObservationBytes;
        var stride = Spec.ObservationsPerTransition * width;
        var nextStride = Spec.NextObservationsPerTransition * width;
        _readCount = 0;
        for (var i = 0; i < indices.Length; i++)
        {
            var record = _table.RecordOfIndex(indices[i]);
            ref readonly var step = ref _table.Ring[record];
            var source = record - step.Back;
            var (last, rewards, sum) = FollowReturn(record);
            var flags = _table.Ring[last].Flags;
            batch.Actions[i] = step.Action;
            batch.Rewards[i] = (float)sum;
            batch.Discounts[i] = (flags & StepFlags.Terminated) != 0 ? 0 : (float)_discounts[rewards];
            batch.Flags[i] = flags;
            batch.Records[i] = record;
            _table.CountSampled(indices[i]);
            if (Spec.Layout == BatchLayout.Window)
            {
                // The next state ends one observation later, so its oldest is the state's second: one run of k+1.
                PlanStack(record, batch.Observations.AsMemory(i * stride, stride));
                continue;
            }

            PlanStack(source, batch.Observations.AsMemory(i * stride, stride));
            PlanStack(last, batch.NextObservations.AsMemory(i * nextStride, nextStride));
        }

        return _table.Store.ReadAsync(_reads.AsMemory(0, _readCount), cancellationToken);
    }

    private (long Last, int Rewards, double Sum) FollowReturn(long record)
    {
        double sum = _table.Ring[record].Reward;
        for (var i = 1; i < Spec.Steps; i++)
        {
            if (_table.Ring[record].Flags != StepFlags.None)
            {
                return (record, i, sum);
            }

            var next = _table.Ring.Next(record);
            if (next == RecordRing.Abandoned)
            {
                return (record, i, sum);
            }

            if (next == RecordRing.NotYet)
            {
                throw new InvalidOperationException($"The transition of record {record} misses rewards of its return.");
            }

            record = next;
            sum += _discounts[i] * _table.Ring[record].Reward;
        }

        return (record, Spec.Steps, sum);
    }

    /// <summary>Plans the reads of the stack that ends with a record.</summary>
    private void PlanStack(long newest, Memory<byte> stack)
    {
        var width = _table.Spec.ObservationBytes;
        var record = newest;
        for (var offset = stack.Length - width; offset >= 0; offset -= width)
        {
            Plan(record, stack.Slice(offset, width));
            var back = _table.Ring[record].Back;
            if (back > 0)
            {
                record -= back;
            }
            else if (Spec.Padding == StackPadding.Zero)
            {
                stack.Span[..offset].Clear();
                return;
            }
        }
    }

    private void Plan(long record, Memory<byte> destination)
    {
        if (_readCount == _reads.Length)
        {
            Array.Resize(ref _reads, Math.Max(64, 2 * _reads.Length));
        }

        _reads[_readCount++] = new ObservationRead(record, destination);
    }

    /// <summary>The steps of a lane's running episode whose return is not complete: the newest n-1.</summary>
    private int VisitIncomplete(int lane, List<long>? steps)
    {
        var count = 0;
        var record = _table.LaneHead(lane);
        for (var i = 1; i < Spec.Steps && record >= 0; i++)
        {
            // The head of a lane that was silent for long has left the table, and with it every step of its episode.
            if (!_table.Holds(record) || _table.Ring[record].Back == 0)
            {
                break;
            }

            ref readonly var entry = ref _table.Ring[record];
            if (entry.Step >= _table.OldestStep)
            {
                count++;
                steps?.Add(entry.Step);
            }

            record -= entry.Back;
        }

        return count;
    }
}
