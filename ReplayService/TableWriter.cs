using DqnAspire.Replay;

namespace DqnAspire.ReplayService;

/// <summary>One stream's way of appending to a table; it ends when the table goes back to a mark.</summary>
public sealed class TableWriter
{
    private readonly SharedTable _owner;
    private readonly int _era;

    internal TableWriter(SharedTable owner, int era)
    {
        _owner = owner;
        _era = era;
    }

    /// <summary>Appends a block, whole or not at all.</summary>
    /// <returns>Records received so far, all of them durable as the store makes them.</returns>
    /// <exception cref="ReplayRecordException">A record cannot be.</exception>
    /// <exception cref="DqnAspire.Replay.Storage.ReplayStoreException">The store cannot keep it now.</exception>
    /// <exception cref="TableClosedException">The table was deleted.</exception>
    /// <exception cref="TableRewoundException">The table went back to a mark since the writer was opened.</exception>
    public ValueTask<long> AppendAsync(ReadOnlyMemory<StepRecord> records, ReadOnlyMemory<byte> observations, CancellationToken cancellationToken) =>
        _owner.AppendAsync(records, observations, _era, cancellationToken);
}
