using System.CommandLine;
using System.Globalization;
using DqnAspire.Agents.Evaluation;
using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Environments;
using DqnAspire.Environments.BuiltIn;
using DqnAspire.Replay.Local;
using DqnAspire.Runs;

namespace DqnAspire.Benchmarks.Training;

/// <summary>
/// The <c>train</c> command: a preset in this process, without services, one seed after the other: what the algorithm does by
/// itself. Its last lines are a table for docs/results.md.
/// </summary>
internal static class TrainCommand
{
    public static Command Create(Func<string, int> fail)
    {
        var preset = new Argument<string>("preset") { Description = "The recipe to train." };
        var seeds = new Option<ulong[]>("--seed") { Description = "Seeds, one run each.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [1] };
        var set = new Option<string[]>("--set") { Description = "Changes a setting; can be given several times.", HelpName = "Section:Key=value", DefaultValueFactory = _ => [] };
        var episodes = new Option<int>("--episodes") { Description = "Greedy evaluation episodes after each run.", DefaultValueFactory = _ => 100 };
        var epsilon = new Option<double>("--epsilon") { Description = "Probability of a random action in the evaluation." };
        var minutes = new Option<double?>("--minutes") { Description = "Ends each run after this wall time." };
        var folder = new Option<string?>("--runs") { Description = "Folder in which each run gets a folder.", HelpName = "DIR" };
        var command = new Command("train", "Trains a preset in this process.") { preset, seeds, set, episodes, epsilon, minutes, folder };
        command.SetAction(async (result, cancellationToken) =>
        {
            var lines = new List<string>();
            try
            {
                foreach (var seed in result.GetValue(seeds)!)
                {
                    string[] changes = [.. result.GetValue(set)!, string.Create(CultureInfo.InvariantCulture, $"Run:Seed={seed}")];
                    var settings = PresetCatalog.Resolve(result.GetRequiredValue(preset), changes.Select(SettingsEditor.Parse));
                    var protocol = new EvaluationProtocol(result.GetValue(episodes), result.GetValue(epsilon), Seed: seed, MaxSteps: 0);
                    lines.Add(await TrainAsync(settings, protocol, result.GetValue(minutes), result.GetValue(folder), cancellationToken).ConfigureAwait(false));
                }
            }
            catch (Exception e) when (e is UnknownPresetException or SettingException or RunDirectoryException)
            {
                return fail(e.Message);
            }

            Console.WriteLine("| seed | solved | episodes | steps | seconds | evaluation |\n|---|---|---|---|---|---|");
            lines.ForEach(Console.WriteLine);
            return 0;
        });
        return command;
    }

    private static async Task<string> TrainAsync(
        TrainingSettings settings, EvaluationProtocol protocol, double? minutes, string? folder, CancellationToken cancellationToken)
    {
        var runId = RunDirectory.NewRunId(settings);
        using var directory = folder is null ? null : RunDirectory.Create(Path.Combine(folder, runId), runId, settings);
        var lanes = new LocalLaneSource(BuiltInEnvironments.Registry);
        var observer = new TrainObserver(directory);
        var control = new TrainingControl();
        using var timer = minutes is { } limit ? new Timer(_ => control.RequestStop(), null, TimeSpan.FromMinutes(limit), Timeout.InfiniteTimeSpan) : null;
        var context = new TrainingContext(runId, lanes, new LocalReplaySource(), observer) { Control = control };
        var state = await Trainers.Create(settings, context).TrainAsync(cancellationToken).ConfigureAwait(false);
        directory?.Flush();
        directory?.DrawCurve();
        directory?.WriteState(state, observer.Last, null);

        var results = new List<EpisodeResult>();
        var evaluated = Evaluator.PlayAsync(observer.Policy!, lanes, settings.Environment.Id, settings.Environment.Options, protocol, cancellationToken);
        await foreach (var episode in evaluated.ConfigureAwait(false))
        {
            results.Add(episode);
        }

        var summary = EvaluationSummary.Of(results, settings.Environment.Id);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {settings.Run.Seed} | {(state == RunState.Solved ? "true" : "false")} | {observer.Last.Episodes:N0} | {observer.Last.Steps:N0} | {observer.Last.Elapsed.TotalSeconds:0.0} | {summary.MeanReturn:0.##} ± {summary.StandardError:0.##} |");
    }
}
