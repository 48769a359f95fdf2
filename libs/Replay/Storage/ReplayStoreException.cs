namespace DqnAspire.Replay.Storage;

/// <summary>
/// A store cannot be opened, read or written; the message is one line that names the file or the server and says why.
/// </summary>
public sealed class ReplayStoreException : IOException
{
    private const int PosixNoSpace = 28;
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>With what went wrong in a file.</summary>
    /// <param name="message">One line.</param>
    /// <param name="inner">The cause.</param>
    public ReplayStoreException(string message, Exception inner)
        : this(message, IsDiskFull(inner) ? StoreProblem.Full : StoreProblem.Refused, inner)
    {
    }

    /// <summary>With what kind of trouble it is.</summary>
    /// <param name="message">One line.</param>
    /// <param name="problem">The kind.</param>
    /// <param name="inner">The cause; null when nothing else went wrong.</param>
    public ReplayStoreException(string message, StoreProblem problem, Exception? inner = null)
        : base(message, inner)
    {
        Problem = problem;
    }

    /// <summary>Without a cause beneath.</summary>
    /// <param name="message">One line.</param>
    public ReplayStoreException(string message)
        : base(message)
    {
    }

    /// <summary>What kind of trouble it is.</summary>
    public StoreProblem Problem { get; }

    private static bool IsDiskFull(Exception inner) => inner is ArgumentOutOfRangeException
        || (inner is IOException { HResult: var code }
            && code is PosixNoSpace or WindowsDiskFull or WindowsHandleDiskFull);
}
