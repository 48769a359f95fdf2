using System.Diagnostics;

namespace DqnAspire.Environments.Atari.Cartridges;

/// <summary>
/// Finds the files of a folder and of its folders. Links are followed, but no folder is entered twice, whatever path
/// leads to it.
/// </summary>
/// <param name="limits">How far to go.</param>
/// <param name="passOver">Told what is left out, and why.</param>
internal sealed class FolderWalk(FolderLimits limits, Action<string, string> passOver)
{
    /// <summary>Links that a path may go through, as the system has it.</summary>
    private const int MaxLinks = 40;

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly HashSet<string> _entered = new(StringComparer.Ordinal);
    private readonly List<string> _files = [];
    private int _seen;

    /// <summary>Whether the time is over.</summary>
    public bool IsLate => Stopwatch.GetElapsedTime(_started) > limits.Time;

    /// <summary>The files, in the order of their paths.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="IOException">The folder itself cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder itself may not be read.</exception>
    public IReadOnlyList<string> Files(string folder)
    {
        // A queue, not a recursion: what lies near is found first where the limits end the search.
        var waiting = new Queue<(string Path, int Depth)>([(folder, 0)]);
        while (waiting.TryDequeue(out var next))
        {
            if (_seen > limits.Files || IsLate)
            {
                passOver(next.Path, _seen > limits.Files
                    ? $"more than {limits.Files} files and folders are here"
                    : $"looking took more than {limits.Time.TotalSeconds:0.#} s");
                break;
            }

            try
            {
                Enter(next.Path, next.Depth, waiting);
            }
            catch (Exception exception) when (
                next.Depth > 0 && exception is IOException or UnauthorizedAccessException)
            {
                passOver(next.Path, exception.Message);
            }
        }

        _files.Sort(StringComparer.Ordinal);
        return _files;
    }

    private void Enter(string folder, int depth, Queue<(string Path, int Depth)> waiting)
    {
        if (!_entered.Add(RealPath(folder)))
        {
            return;
        }

        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            if (++_seen > limits.Files || IsLate)
            {
                // Said once, by the loop outside.
                waiting.Enqueue((folder, depth));
                return;
            }

            if (!Directory.Exists(entry.FullName))
            {
                _files.Add(entry.FullName);
            }
            else if (depth < limits.Depth)
            {
                waiting.Enqueue((entry.FullName, depth + 1));
            }
            else
            {
                passOver(entry.FullName, $"it is more than {limits.Depth} folders deep");
            }
        }
    }

    /// <summary>The path without links, by which a folder is known again.</summary>
    private static string RealPath(string path)
    {
        var real = Path.GetPathRoot(path)!;
        var parts = new Stack<string>(Parts(path).Reverse());
        for (var links = 0; parts.TryPop(out var part);)
        {
            var next = Path.GetFullPath(Path.Combine(real, part));
            if (new DirectoryInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MaxLinks)
            {
                throw new IOException($"{path} goes through more than {MaxLinks} links.");
            }

            target = Path.IsPathRooted(target) ? target : Path.Combine(real, target);
            foreach (var step in Parts(target).Reverse())
            {
                parts.Push(step);
            }

            real = Path.GetPathRoot(path)!;
        }

        return real;
    }

    private static string[] Parts(string path) =>
        path[Path.GetPathRoot(path)!.Length..].Split(
            [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
}
