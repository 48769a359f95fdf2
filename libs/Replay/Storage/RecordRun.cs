namespace DqnAspire.Replay.Storage;

/// <summary>Consecutive records that a store recovered.</summary>
/// <param name="First">Number of the first record.</param>
/// <param name="Records">
/// At most <see cref="TableSpec.MaxBlockRecords"/> records; valid until the next run is asked for.
/// </param>
public readonly record struct RecordRun(long First, ReadOnlyMemory<StoredRecord> Records);
