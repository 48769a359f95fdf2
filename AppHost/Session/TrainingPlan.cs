using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.AppHost.Arguments;
using DqnAspire.AppHost.Redis;
using DqnAspire.Runs;
using DqnAspire.Runs.Records;

namespace DqnAspire.AppHost.Session;

/// <summary>
/// The run of one start of the system, decided before anything is started: where its files are and what it is called.
/// So a learner that is started again finds the run that it worked on.
/// </summary>
/// <param name="Settings">Everything that the run is made of.</param>
/// <param name="RunId">Its id.</param>
/// <param name="Directory">Absolute path of its folder.</param>
/// <param name="ExperienceDirectory">
/// Absolute path of the folder that holds its experience as <c>RUN-ID/replay</c>.
/// </param>
/// <param name="Recorded">What its folder says, when an earlier run is resumed.</param>
internal sealed record TrainingPlan(TrainingSettings Settings, string RunId, string Directory, string ExperienceDirectory, RunFile? Recorded) : IDisposable
{
    /// <summary>The folder of runs that have no folder of their own.</summary>
    public static string RunsDirectory => Path.GetFullPath("runs");

    /// <summary>Whether the run was given a folder with --run-dir, rather than one among others.</summary>
    public bool HasOwnFolder => ExperienceDirectory == Directory;

    /// <summary>How to resume the run another time.</summary>
    public string ResumeCommand => $"dotnet run --project AppHost -- --resume {Path.GetRelativePath(Environment.CurrentDirectory, Directory)}";

    /// <summary>
    /// Removes the folder in <c>runs/</c> of a run that did not start; a folder that the user named is the user's.
    /// </summary>
    public void Dispose()
    {
        if (!HasOwnFolder && Recorded is null && System.IO.Directory.Exists(Directory) && !System.IO.Directory.EnumerateFileSystemEntries(Directory).Any())
        {
            System.IO.Directory.Delete(Directory);
        }
    }

    /// <summary>Makes the plan, and its folder.</summary>
    /// <exception cref="UnknownPresetException">There is no such preset.</exception>
    /// <exception cref="SettingException">A setting cannot be.</exception>
    /// <exception cref="RunDirectoryException">
    /// The run cannot be kept in its folder, or there is no such run.
    /// </exception>
    public static TrainingPlan Make(AppHostOptions options)
    {
        var changes = options.Settings.Select(SettingsEditor.Parse);
        return options.Resume is { } run ? Resume(run, changes) : Begin(options, changes);
    }

    private static TrainingPlan Begin(AppHostOptions options, IEnumerable<KeyValuePair<string, string>> changes)
    {
        var settings = PresetCatalog.Resolve(options.Preset ?? PresetCatalog.Default, changes);
        var runId = RunDirectory.NewRunId(settings);
        if (options.RunDirectory is { } own)
        {
            var directory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(own));
            RunDirectory.RequireUsable(directory);
            return new TrainingPlan(settings, runId, directory, directory, Recorded: null);
        }

        RunDirectory.RequireWritable(RunsDirectory);
        // Another system may have begun a run of this name in this second.
        var unique = runId;
        for (var n = 2; System.IO.Directory.Exists(Path.Combine(RunsDirectory, unique)); n++)
        {
            unique = $"{runId}-{n}";
        }

        System.IO.Directory.CreateDirectory(Path.Combine(RunsDirectory, unique));
        return new TrainingPlan(settings, unique, Path.Combine(RunsDirectory, unique), RunsDirectory, Recorded: null);
    }

    private static TrainingPlan Resume(string run, IEnumerable<KeyValuePair<string, string>> changes)
    {
        var directory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(run));
        if (!System.IO.Directory.Exists(directory) && System.IO.Directory.Exists(Path.Combine(RunsDirectory, run)))
        {
            directory = Path.Combine(RunsDirectory, run);
        }

        var recorded = RunDirectory.ReadFile(directory);
        if (recorded.State is RunState.Solved or RunState.Unsolved)
        {
            throw new RunDirectoryException($"Run {recorded.RunId} has ended {recorded.State.ToString().ToLowerInvariant()}; there is nothing to resume; start a new run.");
        }

        // Experience lies below a folder that was given with --run-dir, and otherwise in the run's folder itself.
        var settings = RecordedSettings.Resolve(recorded, changes);
        if (System.IO.Directory.Exists(Path.Combine(directory, recorded.RunId)) || System.IO.Directory.Exists($"{directory}.{LocalRedis.FolderName}"))
        {
            return new TrainingPlan(settings, recorded.RunId, directory, directory, recorded);
        }

        if (System.IO.Directory.Exists(Path.Combine(directory, "replay")) && Path.GetFileName(directory) != recorded.RunId)
        {
            throw new RunDirectoryException($"{directory} was renamed; its experience is found under the run's own name, {recorded.RunId}.");
        }

        return new TrainingPlan(settings, recorded.RunId, directory, Path.GetDirectoryName(directory) ?? directory, recorded);
    }
}
