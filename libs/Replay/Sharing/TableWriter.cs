namespace DqnAspire.Replay.Sharing;

/// <summary>One stream's access for appending to a table; a rewind of the table ends it.</summary>
public sealed class TableWriter
{
    private readonly AppendQueue _appends;
    private readonly long _generation;

    internal TableWriter(AppendQueue appends, long generation) => (_appends, _generation) = (appends, generation);

    /// <summary>Appends a block, whole or not at all.</summary>
    /// <param name="records">In order of arrival.</param>
    /// <param name="observations">[records, observation].</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Records received so far, all of them as durable as the store makes them.</returns>
    /// <exception cref="ReplayRecordException">A record is invalid.</exception>
    /// <exception cref="Storage.ReplayStoreException">The store cannot keep it now.</exception>
    /// <exception cref="TableClosedException">The table was closed.</exception>
    /// <exception cref="TableRewoundException">The table was rewound since the writer was opened.</exception>
    public ValueTask<long> AppendAsync(
        ReadOnlyMemory<StepRecord> records, ReadOnlyMemory<byte> observations, CancellationToken cancellationToken) =>
        _appends.AppendAsync(records, observations, _generation, cancellationToken);
}
