namespace DqnAspire.Replay.Storage;

/// <summary>
/// Stores the records of a table and their observations. Records are numbered from 0 and arrive in order.
/// </summary>
public interface IRecordStore
{
    /// <summary>Whether records outlive the process.</summary>
    bool IsDurable { get; }

    /// <summary>Bytes of memory that observations use now.</summary>
    long MemoryBytes { get; }

    /// <summary>Observations that were read from memory already in use, and all observations that were read.</summary>
    (long Hits, long Reads) CacheUse { get; }

    /// <summary>
    /// Reads the records that an earlier process stored, in order. It is called once, before any other method.
    /// </summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="ReplayStoreException">The records cannot be read.</exception>
    IAsyncEnumerable<RecordRun> RecoverAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Adds a block. When the task completes, the block is as durable as the engine makes it; when the task fails,
    /// nothing was added.
    /// </summary>
    /// <param name="first">
    /// Number of the first record: the next after those that are stored. The first block of an empty store may have any
    /// number.
    /// </param>
    /// <param name="records">At most <see cref="TableSpec.MaxBlockRecords"/>; the store sets their checksums.</param>
    /// <param name="observations">[records, observation].</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ReplayStoreException">
    /// The store cannot keep them now, for example because the disk is full.
    /// </exception>
    ValueTask AppendAsync(
        long first,
        Memory<StoredRecord> records,
        ReadOnlyMemory<byte> observations,
        CancellationToken cancellationToken);

    /// <summary>
    /// Copies observations; those that are not in this process are fetched in one round trip. The call itself takes its
    /// turn like any other. When it has to wait, it has already asked for the observations as they were at that moment,
    /// and other calls may run meanwhile.
    /// </summary>
    /// <param name="reads">
    /// The observations; a record may occur several times. Not to be changed before the task completes.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ReplayStoreException">An observation cannot be read.</exception>
    ValueTask ReadAsync(ReadOnlyMemory<ObservationRead> reads, CancellationToken cancellationToken);
}
