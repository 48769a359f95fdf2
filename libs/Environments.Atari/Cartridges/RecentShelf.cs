namespace DqnAspire.Environments.Atari.Cartridges;

/// <summary>
/// The cartridges of this machine, looked through again when the last look is some seconds old: a cartridge that is put
/// into the folder is found without a restart, and listing all games looks once.
/// </summary>
internal sealed class RecentShelf(Func<CartridgeShelf> open, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(3);

    /// <summary>Guards both fields below; held while a shelf is opened, so that several callers open one.</summary>
    private readonly Lock _lock = new();
    private CartridgeShelf? _shelf;
    private long _openedAt;

    /// <summary>The shelf, at most some seconds old.</summary>
    public CartridgeShelf Get()
    {
        lock (_lock)
        {
            if (_shelf is null || time.GetElapsedTime(_openedAt) > Lifetime)
            {
                _shelf = open();
                _openedAt = time.GetTimestamp();
            }

            return _shelf;
        }
    }
}
