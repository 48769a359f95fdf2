using DqnAspire.Agents.Training;
using DqnAspire.Runs;
using DqnAspire.Runs.Records;
using Microsoft.Extensions.Options;

namespace DqnAspire.LearnerService;

/// <summary>Finds runs by their files: those of the runs folder, and those that this service worked on, wherever they lie.</summary>
public sealed class RunCatalog(RunManager runs, IOptions<LearnerOptions> options)
{
    /// <summary>Whether there is something left of a run to go on with.</summary>
    public static bool CanResume(RunFile file) => file.State is not (RunState.Solved or RunState.Unsolved);

    /// <summary>Every run that can be read, newest first, with its folder.</summary>
    public IReadOnlyList<(string Folder, RunFile File)> List() =>
        [.. Folders().Select(TryRead).OfType<(string, RunFile File)>().OrderByDescending(run => run.File.Started)];

    /// <summary>The folder of a run.</summary>
    /// <param name="runId">Its id.</param>
    /// <returns>Null when there is no such run.</returns>
    public string? Find(string runId) => List().Where(run => run.File.RunId == runId).Select(run => run.Folder).FirstOrDefault();

    private IEnumerable<string> Folders()
    {
        var all = Path.GetFullPath(options.Value.RunsDirectory);
        var kept = Directory.Exists(all) ? Directory.EnumerateDirectories(all).Where(RunDirectory.IsRun) : [];
        return kept.Concat(runs.All.Select(run => run.DirectoryPath)).Distinct(StringComparer.Ordinal);
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
