namespace DqnAspire.Replay.Storage;

/// <summary>
/// A store cannot be opened, read or written; the message is one line that names the file or the server and says why.
/// </summary>
public sealed class ReplayStoreException : IOException
{
    // What .NET puts into HResult on Unix is the error's number there.
    private const int PosixInputOutput = 5;
    private const int PosixNoMemory = 12;
    private const int PosixSystemFiles = 23;
    private const int PosixProcessFiles = 24;
    private const int PosixNoSpace = 28;
    private const int PosixQuota = 122;
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsDamagedBlock = unchecked((int)0x80070017);

    /// <summary>With what went wrong in a file; its kind follows from that.</summary>
    /// <param name="message">One line.</param>
    /// <param name="inner">What the file operation threw.</param>
    public ReplayStoreException(string message, Exception inner)
        : this(message, ProblemOf(inner), inner)
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

    /// <summary>The stored data is damaged.</summary>
    /// <param name="message">One line.</param>
    public ReplayStoreException(string message)
        : this(message, StoreProblem.Damaged)
    {
    }

    /// <summary>What kind of trouble it is.</summary>
    public StoreProblem Problem { get; }

    private static StoreProblem ProblemOf(Exception inner) => inner switch
    {
        // A file larger than the file system or the user's limit allows.
        ArgumentOutOfRangeException => StoreProblem.Full,
        FileNotFoundException or DirectoryNotFoundException or EndOfStreamException => StoreProblem.Damaged,
        IOException { HResult: PosixInputOutput or WindowsDamagedBlock } => StoreProblem.Damaged,
        IOException
        {
            HResult: PosixNoSpace or PosixQuota or PosixNoMemory or PosixSystemFiles or PosixProcessFiles
                or WindowsDiskFull or WindowsHandleDiskFull,
        } => StoreProblem.Full,
        _ => StoreProblem.Refused,
    };
}
