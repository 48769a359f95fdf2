using System.CommandLine;
using System.Globalization;
using DqnAspire.Agents.Training;
using DqnAspire.Cli.Output;
using DqnAspire.Runs.Records;
using DqnAspire.Runs.Sessions;

namespace DqnAspire.Cli.Commands;

/// <summary><c>dqn runs</c>: the runs of a folder.</summary>
internal static class RunsCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var folder = new Argument<string>("folder")
        {
            Description = "The folder in which every run has a folder.",
            HelpName = "DIR",
            DefaultValueFactory = _ => "runs",
        };
        var json = JsonText.CreateOption();
        var command = new UserCommand(
            "runs",
            "Lists the runs of a folder, newest first.",
            ("dqn runs", "those in runs/"),
            ("dqn runs --json", "for scripts"))
        {
            folder, json,
        };
        command.SetAction(result =>
        {
            var output = result.InvocationConfiguration.Output;
            var path = result.GetRequiredValue(folder);
            if (!Directory.Exists(path))
            {
                throw new CommandException($"There is no folder {path}; `dqn train` makes one.");
            }

            var runs = new RunCatalog(path).List()
                .Select(run => (run.Folder, run.File, Evaluation: RecordedEvaluation.TryRead(run.Folder)));
            if (result.GetValue(json))
            {
                JsonText.Print(output, runs.Select(run => ToObject(run.Folder, run.File, run.Evaluation)));
                return;
            }

            TableText.Print(
                output,
                ["run", "preset", "seed", "state", "steps", "mean of last 100", "evaluation", "started (UTC)"],
                runs.Select(run => ToRow(run.Folder, run.File, run.Evaluation)));
        });
        return command;
    }

    private static string[] ToRow(string folder, RunFile file, RecordedEvaluation? evaluation) =>
    [
        Path.GetFileName(folder),
        file.Preset,
        $"{file.Seed}",
        file.State.ToString().ToLowerInvariant(),
        file.Steps.ToString("N0", CultureInfo.InvariantCulture),
        file.Numbers[TrainingNumbers.MeanReturn100]?.ToString("0.##", CultureInfo.InvariantCulture) ?? "",
        evaluation?.Summary is { } summary
            ? FormattableString.Invariant($"{summary.MeanReturn:0.##} ± {summary.StandardError:0.##}")
            : "",
        file.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
    ];

    private static object ToObject(string folder, RunFile file, RecordedEvaluation? evaluation) => new
    {
        file.RunId,
        Folder = folder,
        file.Preset,
        file.Seed,
        file.State,
        file.CanResume,
        file.Started,
        file.Error,
        Numbers = file.Numbers.ToDictionary(pair => pair.Key.Name, pair => pair.Value),
        Evaluation = evaluation?.Summary.Numbers.ToDictionary(pair => pair.Key.Name, pair => pair.Value),
    };
}
