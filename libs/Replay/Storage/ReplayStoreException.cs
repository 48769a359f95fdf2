namespace DqnAspire.Replay.Storage;

/// <summary>A store cannot be opened, read or written; the message is one line that names the file and says why.</summary>
public sealed class ReplayStoreException : IOException
{
    private const int PosixNoSpace = 28;
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>With what went wrong beneath.</summary>
    /// <param name="message">One line.</param>
    /// <param name="inner">The cause.</param>
    public ReplayStoreException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Without a cause beneath.</summary>
    /// <param name="message">One line.</param>
    public ReplayStoreException(string message)
        : base(message)
    {
    }

    /// <summary>Whether there was no room: what was there stays, and the same may succeed when there is room again.</summary>
    public bool IsDiskFull => InnerException is ArgumentOutOfRangeException
        || (InnerException is IOException { HResult: var code } && code is PosixNoSpace or WindowsDiskFull or WindowsHandleDiskFull);
}
