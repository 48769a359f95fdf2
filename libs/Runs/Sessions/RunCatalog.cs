using DqnAspire.Runs.Folders;
using DqnAspire.Runs.Records;

namespace DqnAspire.Runs.Sessions;

/// <summary>Finds runs by their files: those of a runs folder, and those of other folders that are named.</summary>
/// <param name="runsFolder">Folder in which every run has a folder of its own.</param>
/// <param name="otherFolders">Gives the folders of runs that lie elsewhere.</param>
public sealed class RunCatalog(string runsFolder, Func<IEnumerable<string>>? otherFolders = null)
{
    private static readonly EnumerationOptions Every =
        new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true };

    /// <summary>Every run that can be read, newest first, with its folder.</summary>
    public IReadOnlyList<(string Folder, RunFile File)> List() =>
        [.. Folders().Select(TryRead).OfType<(string, RunFile File)>().OrderByDescending(run => run.File.Started)];

    /// <summary>The folder of a run.</summary>
    /// <param name="runId">Its id.</param>
    /// <returns>Null when there is no such run.</returns>
    public string? Find(string runId) =>
        List().Where(run => run.File.RunId == runId).Select(run => run.Folder).FirstOrDefault();

    private IEnumerable<string> Folders()
    {
        var all = Path.GetFullPath(runsFolder);
        var kept = Directory.Exists(all) ? Directory.EnumerateDirectories(all, "*", Every)
            .Where(RunDirectory.IsRun) : [];
        return kept.Concat(otherFolders?.Invoke() ?? []).Distinct(StringComparer.Ordinal);
    }

    private static (string Folder, RunFile File)? TryRead(string folder)
    {
        try
        {
            return (folder, RunDirectory.ReadFile(folder));
        }
        catch (RunDirectoryException)
        {
            // A folder that is no longer a run's, or is damaged, is no run that could be listed.
            return null;
        }
    }
}
