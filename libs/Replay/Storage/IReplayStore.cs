using DqnAspire.Replay.Sampling;

namespace DqnAspire.Replay.Storage;

/// <summary>
/// One table's storage. The table decides what it keeps and what it samples; the store decides where the bytes are and
/// how they become durable. A store keeps at least the newest <see cref="TableSpec.Slots"/> records minus one block.
/// </summary>
/// <remarks>
/// One <see cref="IRecordStore.AppendAsync"/>, or one method of <see cref="IMarkStore"/>, may run beside all other
/// calls: appends and marks never touch what the table still reads. All other calls take turns.
/// </remarks>
public interface IReplayStore : IRecordStore, IPriorityStore, IMarkStore, IDisposable
{
    /// <summary>Size, shape and limits of the table.</summary>
    TableManifest Manifest { get; }

    /// <summary>Transitions that were sampled so far, stored beside the records.</summary>
    long Sampled { get; set; }

    /// <summary>
    /// Rewinds to a mark: completely or not at all, also when the process is killed meanwhile. No append runs beside
    /// it.
    /// </summary>
    /// <param name="point">The contents afterwards.</param>
    /// <param name="cancellationToken">Cancels before the rewind has begun.</param>
    /// <exception cref="ReplayStoreException">It cannot be done.</exception>
    ValueTask RewindAsync(RewindPoint point, CancellationToken cancellationToken);

    /// <summary>Saves new limits in the manifest.</summary>
    /// <param name="limits">How sampling and appending are tied together.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ReplayStoreException">They cannot be saved.</exception>
    ValueTask SaveLimitsAsync(RateLimits limits, CancellationToken cancellationToken);

    /// <summary>
    /// Begins a copy of the table as it is at this moment, into a folder of the file engine. No other call, and no
    /// append, runs meanwhile; <see cref="IStoreCopy.RunAsync"/> then copies while the table is in use.
    /// </summary>
    /// <param name="directory">Folder of the copy: absent, or empty.</param>
    /// <returns>Null where the engine makes no copies.</returns>
    /// <exception cref="ReplayStoreException">Another copy is being made.</exception>
    IStoreCopy? BeginCopy(string directory) => null;
}
