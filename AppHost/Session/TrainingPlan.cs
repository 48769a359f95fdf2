using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.AppHost.Arguments;
using DqnAspire.Runs.Folders;
using DqnAspire.Runs.Records;
using DqnAspire.Runs.Sessions;

namespace DqnAspire.AppHost.Session;

/// <summary>
/// The run of one start of the system, decided before anything is started: its files and its name. A learner that is
/// started again finds by them the run that it worked on.
/// </summary>
/// <param name="Settings">Everything that the run is made of.</param>
/// <param name="RunId">Its id.</param>
/// <param name="Directory">Absolute path of its folder.</param>
/// <param name="ExperienceDirectory">
/// Absolute path of the folder that holds its experience as <c>RUN-ID/replay</c>.
/// </param>
/// <param name="Recorded">What its folder says, when an earlier run is resumed; null: a new run.</param>
internal sealed record TrainingPlan(
    TrainingSettings Settings,
    string RunId,
    string Directory,
    string ExperienceDirectory,
    RunFile? Recorded) : IDisposable
{
    /// <summary>The folder of runs that have no folder of their own.</summary>
    public static string RunsDirectory => Path.GetFullPath("runs");

    /// <summary>Whether the run was given a folder with --run-dir, rather than one among others.</summary>
    public bool HasOwnFolder => ExperienceDirectory == Directory;

    /// <summary>The command that resumes the run another time.</summary>
    public string ResumeCommand =>
        $"dotnet run --project AppHost -- --resume {Path.GetRelativePath(Environment.CurrentDirectory, Directory)}";

    /// <summary>
    /// Removes the folder in <c>runs/</c> of a run that did not start; a folder that the user named is the user's.
    /// </summary>
    public void Dispose()
    {
        if (!HasOwnFolder
            && Recorded is null
            && System.IO.Directory.Exists(Directory)
            && !System.IO.Directory.EnumerateFileSystemEntries(Directory).Any())
        {
            System.IO.Directory.Delete(Directory);
        }
    }

    /// <summary>Makes the plan, and its folder.</summary>
    /// <exception cref="UnknownPresetException">There is no such preset.</exception>
    /// <exception cref="SettingException">A setting is unknown, out of range, or cannot be changed now.</exception>
    /// <exception cref="RunDirectoryException">
    /// The run cannot be kept in its folder, or there is no such run.
    /// </exception>
    /// <exception cref="RunControlException">The run to resume has ended.</exception>
    public static TrainingPlan Make(AppHostOptions options)
    {
        var changes = options.Settings.Select(SettingsEditor.Parse);
        return options.Resume is { } run ? Resume(run, changes) : Start(options, changes);
    }

    private static TrainingPlan Start(AppHostOptions options, IEnumerable<KeyValuePair<string, string>> changes)
    {
        var settings = PresetCatalog.BuiltIn.Resolve(options.Preset ?? PresetCatalog.DefaultName, changes);
        if (options.RunDirectory is { } own)
        {
            var id = RunDirectory.NewRunId(settings);
            var directory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(own));
            RunDirectory.RequireUsable(directory);
            return new TrainingPlan(settings, id, directory, RunLayout.ExperienceRoot(directory, id), Recorded: null);
        }

        RunDirectory.RequireWritable(RunsDirectory);
        // Another system may have started a run of this name in this second.
        var runId = RunDirectory.NewRunId(
            settings, taken => System.IO.Directory.Exists(Path.Combine(RunsDirectory, taken)));
        var folder = Path.Combine(RunsDirectory, runId);
        System.IO.Directory.CreateDirectory(folder);
        return new TrainingPlan(settings, runId, folder, RunLayout.ExperienceRoot(folder, runId), Recorded: null);
    }

    private static TrainingPlan Resume(string run, IEnumerable<KeyValuePair<string, string>> changes)
    {
        var directory = RunDirectory.Find(run, RunsDirectory);
        var recorded = RunDirectory.ReadFile(directory);
        recorded.RequireResumable();
        var settings = RecordedSettings.Resolve(recorded, changes);
        // Before a service is started for it: another system may be at work on the run.
        RunDirectory.RequireFree(directory);
        return new TrainingPlan(settings, recorded.RunId, directory, recorded.ExperienceRoot(directory), recorded);
    }
}
