namespace DqnAspire.Environments.Atari.Cartridges;

/// <summary>
/// The cartridges of this machine, looked through again when the last look is some seconds old: a cartridge that is put
/// into the folder is found without a restart, and listing all games looks once. One thread looks, for all that ask;
/// none of them waits for long, and a slow look is waited for once, as a folder may be on a drive that does not answer.
/// </summary>
/// <param name="open">Looks.</param>
/// <param name="time">Tells how old a look is.</param>
/// <param name="patience">How long to wait for a look; null for the usual time.</param>
internal sealed class RecentShelf(Func<CartridgeShelf> open, TimeProvider time, TimeSpan? patience = null)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(10);

    /// <summary>Guards the fields below; nothing is read while it is held.</summary>
    private readonly Lock _lock = new();
    private Task<CartridgeShelf>? _look;
    private CartridgeShelf? _last;
    private long _lookedAt;

    /// <summary>
    /// The shelf, at most some seconds old; the one before, or an empty one that says so, while a look takes long.
    /// </summary>
    public CartridgeShelf Get()
    {
        Task<CartridgeShelf> look;
        TimeSpan left;
        lock (_lock)
        {
            if (_look is null || (_look.IsCompleted && time.GetElapsedTime(_lookedAt) > Lifetime))
            {
                _lookedAt = time.GetTimestamp();
                _look = Task.Factory.StartNew(
                    Look, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }

            look = _look;
            left = (patience ?? UsualPatience) - time.GetElapsedTime(_lookedAt);
        }

        if (Wait(look, left < TimeSpan.Zero ? TimeSpan.Zero : left))
        {
            return look.GetAwaiter().GetResult();
        }

        lock (_lock)
        {
            return _last ?? CartridgeShelf.Unread;
        }
    }

    private static bool Wait(Task look, TimeSpan left)
    {
        try
        {
            return look.Wait(left);
        }
        catch (AggregateException)
        {
            // What went wrong is thrown where the result is asked for.
            return true;
        }
    }

    private CartridgeShelf Look()
    {
        var shelf = open();
        lock (_lock)
        {
            _last = shelf;
            _lookedAt = time.GetTimestamp();
        }

        return shelf;
    }
}
