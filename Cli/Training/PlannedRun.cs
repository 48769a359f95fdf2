using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Environments;
using DqnAspire.NeuralNetworks;
using DqnAspire.Play.Recordings;
using DqnAspire.Replay.Local;
using DqnAspire.Runs.Evaluation;
using DqnAspire.Runs.Folders;
using DqnAspire.Runs.Records;
using DqnAspire.Runs.Sessions;

namespace DqnAspire.Cli.Training;

/// <summary>A run that is trained in this process: its settings and its folder.</summary>
/// <param name="Settings">Everything that the run is made of.</param>
/// <param name="RunId">Its id.</param>
/// <param name="Folder">Absolute path of its folder.</param>
/// <param name="Recorded">What its folder says, when an earlier run is resumed; null: a new run.</param>
internal sealed record PlannedRun(TrainingSettings Settings, string RunId, string Folder, RunFile? Recorded)
{
    /// <summary>Plans the runs of a request; nothing is written yet.</summary>
    /// <exception cref="CommandException">The request contradicts itself.</exception>
    public static IReadOnlyList<PlannedRun> Plan(TrainRequest request)
    {
        if (request.Resume is { } run)
        {
            return [Resume(run, request)];
        }

        if (request is { RunFolder: not null, Seeds.Count: > 1 })
        {
            throw new CommandException("--run-dir is the folder of one run; with several seeds, use --runs DIR.");
        }

        var preset = request.Preset ?? PresetCatalog.DefaultName;
        var seeds = request.Seeds.Select(seed => new KeyValuePair<string, string>("Run:Seed", $"{seed}"));
        return request.Seeds.Count == 0
            ? [New(request.Presets.Resolve(preset, request.Changes), request)]
            : [.. seeds.Select(seed => New(request.Presets.Resolve(preset, request.Changes.Append(seed)), request))];
    }

    /// <summary>Makes the run's folder, or opens it, and prepares the run's session.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="isAlone">Whether no other run is trained at the same time.</param>
    /// <exception cref="RunDirectoryException">The folder cannot be used.</exception>
    public RunSession Open(TrainRequest request, bool isAlone)
    {
        var experience = Recorded?.ExperienceRoot(Folder) ?? RunLayout.ExperienceRoot(Folder, RunId);
        var lanes = new LocalLaneSource(request.Environments);
        // Runs side by side have a thread each; results do not depend on it.
        var backend = isAlone ? ManagedBackend.Shared : new ManagedBackend(threads: 1);
        var context = new SessionContext(lanes, new LocalReplaySource(experience), backend)
        {
            Evaluator = new LocalEvaluator(lanes, backend),
            // Milestones are filmed beside the training.
            Recorder = new LocalEpisodeRecorder(lanes, new ManagedBackend(threads: 1)),
            CreateObservers = _ => request.TimeLimit is { } limit ? [new TimeLimit(limit)] : [],
            Catalog = request.Presets,
        };
        var writer = Recorded is null ? RunWriter.Create(Folder, RunId, Settings) : RunWriter.Open(Folder, Settings);
        return new RunSession(Settings, writer, isNew: Recorded is null, context);
    }

    private static PlannedRun New(TrainingSettings settings, TrainRequest request)
    {
        if (request.RunFolder is { } own)
        {
            var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(own));
            return new PlannedRun(settings, RunDirectory.NewRunId(settings), folder, Recorded: null);
        }

        var runs = Path.GetFullPath(request.RunsFolder);
        var id = RunDirectory.NewRunId(settings, taken => Directory.Exists(Path.Combine(runs, taken)));
        return new PlannedRun(settings, id, Path.Combine(runs, id), Recorded: null);
    }

    private static PlannedRun Resume(string run, TrainRequest request)
    {
        var folder = RunDirectory.Find(run, request.RunsFolder);
        var file = RunDirectory.ReadFile(folder);
        file.RequireResumable();
        var settings = RecordedSettings.Resolve(file, request.Changes, request.Presets);
        return new PlannedRun(settings, file.RunId, folder, file);
    }
}
