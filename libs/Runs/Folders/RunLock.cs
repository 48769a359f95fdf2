namespace DqnAspire.Runs.Folders;

/// <summary>
/// The right to write into a run's folder; one session has it at a time. It is a lock of the operating system on
/// <c>owner.lock</c>, which ends with its process, however that ends. <c>owner.json</c> beside it says who has it, and
/// counts by itself where the file system has no locks. Neither stays when the session ends.
/// </summary>
internal sealed class RunLock : IDisposable
{
    /// <summary>Another process may only be looking, which takes the lock for a moment.</summary>
    private const int Tries = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly string _folder;
    private readonly FileStream _file;
    private bool _isGivenBack;

    private RunLock(string folder, FileStream file) => (_folder, _file) = (folder, file);

    /// <summary>Takes the lock.</summary>
    /// <param name="folder">Absolute path of the run's folder, which can be written.</param>
    /// <exception cref="RunDirectoryException">Another session has it; the message names its process.</exception>
    /// <exception cref="IOException">The files cannot be written.</exception>
    public static RunLock Take(string folder)
    {
        for (var i = 0; i < Tries; i++)
        {
            if (i > 0)
            {
                Thread.Sleep(Pause);
            }

            var file = TryLock(folder);
            if (file is null || !IsInPlace(folder, file))
            {
                file?.Dispose();
                continue;
            }

            try
            {
                RequireStale(folder);
                RunOwner.Write(folder);
                return new RunLock(folder, file);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }

        throw Taken(folder, RunOwner.Read(folder));
    }

    /// <summary>Refuses a folder in which a session is at work, without taking the lock.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <exception cref="RunDirectoryException">There is one; the message names its process.</exception>
    public static void RequireFree(string folder)
    {
        if (File.Exists(LockPath(folder)))
        {
            using var file = TryLock(folder) ?? throw Taken(folder, RunOwner.Read(folder));
            RequireStale(folder);
        }
    }

    /// <summary>Gives the lock back.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isGivenBack, true))
        {
            // By now another session may have the folder.
            return;
        }

        try
        {
            File.Delete(Path.Combine(_folder, RunLayout.Owner));
            File.Delete(LockPath(_folder));
        }
        catch (Exception e) when (RunDirectory.IsRefusal(e))
        {
            // The folder can no longer be written, or is gone. What stays is no lock.
        }

        _file.Dispose();
    }

    private static string LockPath(string folder) => Path.Combine(folder, RunLayout.Lock);

    /// <summary>The lock's file, locked; null when another session has it.</summary>
    private static FileStream? TryLock(string folder)
    {
        try
        {
            // FileShare.None is an exclusive lock: flock on Unix.
            return new FileStream(LockPath(folder), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e.GetType() == typeof(IOException) && File.Exists(LockPath(folder)))
        {
            return null;
        }
    }

    /// <summary>
    /// Whether the locked file is the one that has the name: the session before may have removed it between the
    /// opening and the locking.
    /// </summary>
    private static bool IsInPlace(string folder, FileStream file)
    {
        file.SetLength(0);
        file.WriteByte((byte)'\n');
        file.Flush();
        return File.Exists(LockPath(folder))
            && File.GetLastWriteTimeUtc(LockPath(folder)) == File.GetLastWriteTimeUtc(file.SafeFileHandle);
    }

    /// <summary>
    /// Where the file system has no locks, two of them can be had at once, and the owner's name alone decides.
    /// </summary>
    private static void RequireStale(string folder)
    {
        using var second = TryLock(folder);
        if (second is not null && RunOwner.Read(folder) is { MayBeAlive: true } owner)
        {
            throw Taken(folder, owner);
        }
    }

    private static RunDirectoryException Taken(string folder, RunOwner? owner) => new(
        $"Run directory {folder} is in use by {owner?.ToString() ?? "another process"}; "
        + "one learner at a time works on a run. Stop that one first.");
}
