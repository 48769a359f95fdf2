namespace DqnAspire.Replay.Sharing;

/// <summary>
/// The right to change a table and its marks, which one call has at a time: an append, a mark, a rewind, a reset, the
/// begin of a copy, the close. It is held while the store works, which can take long; no thread is blocked meanwhile.
/// </summary>
internal sealed class WriterTurn
{
    private readonly SemaphoreSlim _free = new(1, 1);

    /// <summary>Waits for the turn.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The turn; disposing it gives it to the next.</returns>
    public async ValueTask<Held> TakeAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Held(_free);
    }

    /// <summary>The turn, held.</summary>
    public readonly struct Held(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
