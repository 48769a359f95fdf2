using DqnAspire.Agents.Settings;
using DqnAspire.Runs.Records;

namespace DqnAspire.Runs.Folders;

/// <summary>Finds out whether a folder is a run's, or can become one.</summary>
public static class RunDirectory
{
    private const string Probe = ".writable";

    /// <summary>A new run's name: preset, seed and time.</summary>
    public static string NewRunId(TrainingSettings settings) =>
        $"{settings.Preset}-s{settings.Run.Seed}-{DateTimeOffset.UtcNow:yyyyMMdd-HHmmss}";

    /// <summary>A new run's name that nobody has taken.</summary>
    /// <param name="settings">Preset and seed.</param>
    /// <param name="isTaken">Whether a name is in use.</param>
    public static string NewRunId(TrainingSettings settings, Predicate<string> isTaken)
    {
        var name = NewRunId(settings);
        var unique = name;
        for (var n = 2; isTaken(unique); n++)
        {
            unique = $"{name}-{n}";
        }

        return unique;
    }

    /// <summary>The folder of a run that the user names.</summary>
    /// <param name="run">Its folder, or its name in the runs folder.</param>
    /// <param name="runsFolder">The folder of all runs.</param>
    /// <returns>Absolute path; it need not exist.</returns>
    public static string Find(string run, string runsFolder)
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(run));
        var named = Path.GetFullPath(Path.Combine(runsFolder, run));
        return !Directory.Exists(folder) && Directory.Exists(named) ? named : folder;
    }

    /// <summary>Whether a folder is one of a run.</summary>
    public static bool IsRun(string path) => File.Exists(Path.Combine(path, RunLayout.RunFile));

    /// <summary>Reads what a run is made of and where it stands.</summary>
    /// <param name="path">The run's folder.</param>
    /// <exception cref="RunDirectoryException">It is no run's folder; the message says why.</exception>
    public static RunFile ReadFile(string path)
    {
        if (!IsRun(path))
        {
            throw new RunDirectoryException($"{path} is not the folder of a run: it has no {RunLayout.RunFile}.");
        }

        try
        {
            return RunFile.Read(path);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new RunDirectoryException(e.Message);
        }
    }

    /// <summary>Checks that a run can be kept in a folder: it can be made and written, and is empty.</summary>
    /// <exception cref="RunDirectoryException">It cannot; the message says why.</exception>
    public static void RequireUsable(string path)
    {
        RequireWritable(path);
        RequireFree(path);
        RequireEmpty(path);
    }

    /// <summary>Checks that no process works on the run of a folder.</summary>
    /// <exception cref="RunDirectoryException">One does; the message names it.</exception>
    public static void RequireFree(string path)
    {
        try
        {
            RunLock.RequireFree(path);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            throw CannotWrite(path, e);
        }
    }

    /// <summary>Checks that a folder holds nothing.</summary>
    /// <exception cref="RunDirectoryException">It does.</exception>
    internal static void RequireEmpty(string path)
    {
        // A process that was killed in its first moments may have left the beginnings of the first files.
        string[] beginnings =
        [
            Probe, RunLayout.Logs, RunLayout.RunFile + ".new", RunLayout.Lock, RunLayout.Owner, RunLayout.Owner
                + ".new",
        ];
        var entries = Directory.EnumerateFileSystemEntries(path).Select(entry => Path.GetFileName(entry));
        if (entries.Any(name => !beginnings.Contains(name)))
        {
            throw new RunDirectoryException($"Run directory {path} is not empty; a run needs a folder of its own.");
        }
    }

    /// <summary>Makes a folder, and checks that files can be written in it.</summary>
    /// <exception cref="RunDirectoryException">They cannot; the message says why.</exception>
    public static void RequireWritable(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            var probe = Path.Combine(path, Probe);
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception e) when (IsRefusal(e) || e is ArgumentException or NotSupportedException)
        {
            throw CannotWrite(path, e);
        }
    }

    /// <summary>Whether an exception says that a file cannot be read or written.</summary>
    internal static bool IsRefusal(Exception e) => e is IOException or UnauthorizedAccessException;

    /// <summary>The error of a folder that takes no files.</summary>
    internal static RunDirectoryException CannotWrite(string path, Exception reason) =>
        new($"Run directory {path} cannot be written: {reason.Message}");
}
