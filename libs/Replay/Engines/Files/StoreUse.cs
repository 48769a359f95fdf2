using DqnAspire.Replay.Storage;

namespace DqnAspire.Replay.Engines.Files;

/// <summary>
/// Whether a store can be used: it ends when it is closed, and when its files are found to be damaged, so that nothing
/// is written over what can still be saved.
/// </summary>
/// <param name="directory">The store's folder.</param>
internal sealed class StoreUse(string directory)
{
    // Set by whichever call finds the damage; calls run on several threads.
    private volatile ReplayStoreException? _damage;
    private volatile bool _isClosed;

    /// <summary>Ends the use.</summary>
    /// <returns>False when it had ended.</returns>
    public bool Close()
    {
        var wasOpen = !_isClosed;
        _isClosed = true;
        return wasOpen;
    }

    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    /// <exception cref="ReplayStoreException">Its files were found to be damaged.</exception>
    public void ThrowIfEnded()
    {
        ObjectDisposedException.ThrowIf(_isClosed, typeof(FileReplayStore));
        if (_damage is { } damage)
        {
            throw new ReplayStoreException(damage.Message, damage.Problem, damage);
        }
    }

    /// <summary>Whether an operation on the files throws this.</summary>
    public static bool IsFailure(Exception e) => StoreErrors.IsFileError(e) || e is ReplayStoreException;

    /// <summary>Explains the failure of an operation; damage ends the use.</summary>
    /// <param name="verb">What failed, for the message "FOLDER cannot be VERB".</param>
    /// <param name="failure">What the operation threw.</param>
    public ReplayStoreException Explain(string verb, Exception failure)
    {
        var problem = StoreErrors.Explain(directory, verb, failure);
        if (problem.Problem == StoreProblem.Damaged)
        {
            _damage ??= problem;
        }

        return problem;
    }
}
