using DqnAspire.Replay.Sampling;

namespace DqnAspire.Replay.Storage;

/// <summary>
/// Where a table's records and priorities lie. The table decides what is kept and what is sampled; an engine decides where
/// the bytes are and what it takes to make them durable. Records are numbered from 0 and come in order; an engine keeps at
/// least the newest <see cref="TableSpec.Slots"/> minus one block of them.
/// </summary>
/// <remarks>
/// <see cref="AppendAsync"/> or <see cref="SaveMarkAsync"/> may run beside everything else: they never touch what the table
/// still reads. All other calls take turns.
/// </remarks>
public interface IReplayStore : IDisposable
{
    /// <summary>Whether records outlive the process.</summary>
    bool IsDurable { get; }

    /// <summary>Bytes of memory that observations take now.</summary>
    long MemoryBytes { get; }

    /// <summary>Observations read from memory that was in use already, and all that were read.</summary>
    (long Hits, long Reads) CacheUse { get; }

    /// <summary>Transitions handed out so far, kept beside the records.</summary>
    long Sampled { get; set; }

    /// <summary>The highest priority that any transition ever had, kept beside the records; 0 when there was none.</summary>
    float HighestPriority { get; set; }

    /// <summary>Gives back what an earlier process left, in order.</summary>
    /// <param name="visit">Gets a run of records and the number of the first.</param>
    /// <exception cref="ReplayStoreException">What is there cannot be read.</exception>
    void Recover(RecordVisitor visit);

    /// <summary>The priorities saved for transitions, where they were changed after they came in.</summary>
    /// <param name="step">The transition's number.</param>
    /// <returns>Null when it was never changed.</returns>
    float? SavedPriority(long step);

    /// <summary>Adds a block. When the task completes, it is as durable as the engine makes it; when it fails, nothing was added.</summary>
    /// <param name="first">Number of the first record: the next after those that are there.</param>
    /// <param name="records">At most <see cref="TableSpec.MaxBlockRecords"/>; the engine sets their checksums.</param>
    /// <param name="observations">[records, observation].</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ReplayStoreException">The engine cannot keep them now, for example because the disk is full.</exception>
    ValueTask AppendAsync(long first, Memory<StoredRecord> records, ReadOnlyMemory<byte> observations, CancellationToken cancellationToken);

    /// <summary>Copies a record's observation; where it is far away, this waits for it.</summary>
    /// <exception cref="ReplayStoreException">It cannot be read.</exception>
    void Read(long record, Span<byte> observation);

    /// <summary>
    /// Copies observations, those that are far away in one round trip. The call itself takes its turn like any other; where
    /// it has to wait, it has asked for what was there at that moment, and everything else may go on meanwhile.
    /// </summary>
    /// <param name="reads">What is wanted; a record may be wanted several times. Not to be changed before the task completes.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ReplayStoreException">One cannot be read.</exception>
    ValueTask ReadAsync(ReadOnlyMemory<ObservationRead> reads, CancellationToken cancellationToken)
    {
        foreach (var read in reads.Span)
        {
            Read(read.Record, read.Destination.Span);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Keeps changed priorities.</summary>
    /// <param name="steps">The transitions' numbers.</param>
    /// <param name="priorities">Their new priorities.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask SavePrioritiesAsync(ReadOnlyMemory<long> steps, ReadOnlyMemory<float> priorities, CancellationToken cancellationToken);

    /// <summary>Names of the marks that are kept, in ordinal order.</summary>
    /// <exception cref="ReplayStoreException">They cannot be listed.</exception>
    IReadOnlyList<string> ListMarks();

    /// <summary>Keeps a mark whole, as durably as records; takes the place of one with the same name.</summary>
    /// <param name="name">A name that <see cref="TableMark.IsName"/>.</param>
    /// <param name="mark">Bytes whose meaning is the table's.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ReplayStoreException">It cannot be kept; an earlier one of that name stays.</exception>
    ValueTask SaveMarkAsync(string name, ReadOnlyMemory<byte> mark, CancellationToken cancellationToken);

    /// <summary>A mark's bytes; null when there is none of this name.</summary>
    /// <exception cref="ReplayStoreException">It cannot be read.</exception>
    byte[]? LoadMark(string name);

    /// <summary>Forgets a mark.</summary>
    /// <returns>False when there is none of this name.</returns>
    /// <exception cref="ReplayStoreException">It cannot be removed.</exception>
    ValueTask<bool> DropMarkAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// Goes back: wholly or not at all, also when the process is killed meanwhile. No <see cref="AppendAsync"/> runs beside it.
    /// </summary>
    /// <param name="point">What is there afterwards.</param>
    /// <param name="cancellationToken">Gives up before it has begun.</param>
    /// <exception cref="ReplayStoreException">It cannot be done.</exception>
    ValueTask RewindAsync(RewindPoint point, CancellationToken cancellationToken);

    /// <summary>Changes what is kept of how sampling and appending are tied together; an engine that keeps nothing ignores it.</summary>
    /// <exception cref="ReplayStoreException">It cannot be kept.</exception>
    void SaveLimits(RateLimits limits)
    {
    }

    /// <summary>
    /// Begins a copy of the table as it is at this moment; no other call, and no append, may run meanwhile. <see cref="IStoreCopy.Run"/>
    /// then copies while the table is in use.
    /// </summary>
    /// <param name="directory">Folder of the copy: absent, or empty.</param>
    /// <returns>Null where records do not outlive the process: there is nothing to copy from.</returns>
    /// <exception cref="ReplayStoreException">Another copy is being made.</exception>
    IStoreCopy? BeginCopy(string directory) => null;
}

/// <summary>Gets a run of recovered records.</summary>
/// <param name="first">Number of the first.</param>
/// <param name="records">The records.</param>
public delegate void RecordVisitor(long first, ReadOnlySpan<StoredRecord> records);
