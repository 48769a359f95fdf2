using System.Globalization;
using DqnAspire.Agents.Training.Checkpoints;
using DqnAspire.Core;
using DqnAspire.Runs.Folders;

namespace DqnAspire.Runs.Checkpoints;

/// <summary>
/// A run's checkpoints, a folder each, named by their steps. One is written under another name, flushed and renamed, so
/// that a folder with a plain name is whole unless the disk damaged it.
/// </summary>
/// <param name="path">The folder that holds them.</param>
internal sealed class CheckpointStore(string path)
{
    private const string Unfinished = ".new";
    private const string Replaced = ".old";

    /// <summary>Writes a checkpoint, and removes those that are older than the newest few.</summary>
    /// <param name="checkpoint">What is written.</param>
    /// <param name="logLength">Bytes of the run's log.</param>
    /// <param name="others">Files to put beside it, by name.</param>
    /// <param name="keep">How many stay, at least 1.</param>
    /// <exception cref="IOException">It cannot be written; nothing of it is left.</exception>
    public void Save(
        Checkpoint checkpoint, long logLength, IReadOnlyDictionary<string, Action<Stream>> others, int keep)
    {
        var folder = Folder(checkpoint.State.Statistics.Steps);
        var unfinished = folder + Unfinished;
        try
        {
            Remove(unfinished);
            Directory.CreateDirectory(unfinished);
            CheckpointFolder.Write(unfinished, checkpoint, logLength, others);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Remove(unfinished);
            throw;
        }

        if (Directory.Exists(folder))
        {
            Remove(folder + Replaced);
            Directory.Move(folder, folder + Replaced);
        }

        Directory.Move(unfinished, folder);
        Remove(folder + Replaced);
        foreach (var old in Steps().SkipLast(keep).ToList())
        {
            Remove(Folder(old));
        }
    }

    /// <summary>Finds the newest checkpoint that is whole. Nothing is changed.</summary>
    /// <param name="before">Only checkpoints of fewer steps count.</param>
    /// <param name="notify">Gets a line for each that is damaged.</param>
    /// <returns>Null when there is none.</returns>
    public StoredCheckpoint? Find(long before, Action<string> notify) =>
        Steps().Where(steps => steps < before).Reverse().Select(steps => TryRead(steps, notify)).FirstOrDefault(
            found => found is not null);

    /// <summary>Removes what is newer than a checkpoint, and what killed processes left half done.</summary>
    /// <param name="steps">Steps of the checkpoint; -1 removes all.</param>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public void Rollback(long steps)
    {
        Tidy();
        foreach (var newer in Steps().Where(s => s > steps).ToList())
        {
            Remove(Folder(newer));
        }
    }

    private StoredCheckpoint? TryRead(long steps, Action<string> notify)
    {
        var folder = Folder(steps);
        if (!Directory.Exists(folder))
        {
            folder += Replaced;
        }

        // Parameters alone, from a run's end: no checkpoint, and no damage.
        if (!File.Exists(Path.Combine(folder, CheckpointManifest.FileName)) && File.Exists(
            Path.Combine(folder, RunLayout.Policy))
            && Directory.GetFiles(folder).Length == 2)
        {
            return null;
        }

        try
        {
            return CheckpointFolder.Read(folder, steps);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever a damaged file leads to, there are others.
            notify(string.Create(
                CultureInfo.InvariantCulture,
                $"The checkpoint of step {steps} is damaged ({OneLine.Of(e)}) "
                + $"and was passed over for the one before it."));
            return null;
        }
    }

    /// <summary>Steps of the checkpoints, rising.</summary>
    private IEnumerable<long> Steps() => Directory.Exists(path)
        ? Directory.EnumerateDirectories(path)
            .Select(folder => Path.GetFileName(folder))
            .Select(name => name.EndsWith(Replaced, StringComparison.Ordinal) ? name[..^Replaced.Length] : name)
            .Select(name => long.TryParse(
                name, NumberStyles.None, CultureInfo.InvariantCulture, out var steps) ? steps : -1)
            .Where(steps => steps >= 0)
            .Distinct()
            .Order()
        : [];

    /// <summary>Ends what a killed process left half done.</summary>
    private void Tidy()
    {
        if (!Directory.Exists(path))
        {
            return;
        }

        foreach (var replaced in Directory.EnumerateDirectories(path, "*" + Replaced).ToList())
        {
            var folder = replaced[..^Replaced.Length];
            if (Directory.Exists(folder))
            {
                Remove(replaced);
            }
            else
            {
                Directory.Move(replaced, folder);
            }
        }

        foreach (var unfinished in Directory.EnumerateDirectories(path, "*" + Unfinished).ToList())
        {
            Remove(unfinished);
        }
    }

    private string Folder(long steps) => Path.Combine(path, steps.ToString(CultureInfo.InvariantCulture));

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
