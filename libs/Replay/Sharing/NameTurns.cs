namespace DqnAspire.Replay.Sharing;

/// <summary>
/// Turns by name: calls for one name follow each other, and wait without a thread; calls for others go on.
/// </summary>
internal sealed class NameTurns
{
    // Guards _turns and the count of users of each turn.
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Turn> _turns = new(StringComparer.Ordinal);

    /// <summary>Waits for the turn of a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The turn; disposing it gives it to the next.</returns>
    public async ValueTask<IDisposable> TakeAsync(string name, CancellationToken cancellationToken)
    {
        Turn? turn;
        lock (_lock)
        {
            if (!_turns.TryGetValue(name, out turn))
            {
                _turns.Add(name, turn = new Turn(this, name));
            }

            turn.Users++;
        }

        try
        {
            await turn.Free.WaitAsync(cancellationToken).ConfigureAwait(false);
            return turn;
        }
        catch
        {
            Leave(turn);
            throw;
        }
    }

    private void Leave(Turn turn)
    {
        lock (_lock)
        {
            if (--turn.Users == 0)
            {
                _turns.Remove(turn.Name);
            }
        }
    }

    private sealed class Turn(NameTurns turns, string name) : IDisposable
    {
        public string Name => name;

        public SemaphoreSlim Free { get; } = new(1, 1);

        public int Users { get; set; }

        public void Dispose()
        {
            Free.Release();
            turns.Leave(this);
        }
    }
}
