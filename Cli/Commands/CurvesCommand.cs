using System.CommandLine;
using DqnAspire.Runs.Curves;

namespace DqnAspire.Cli.Commands;

/// <summary><c>dqn curves</c>: the learning curves of several runs in one picture.</summary>
internal static class CurvesCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var folders = Arguments.RunFolders();
        var picture = new Option<string>("--out")
        {
            Description = "The picture to write.",
            HelpName = "FILE.svg",
            Required = true,
        };
        var title = new Option<string?>("--title")
        {
            Description = "The picture's title; the presets' names by default.",
            HelpName = "TEXT",
        };
        var command = new UserCommand(
            "curves",
            "Draws the learning curves of runs in one picture; runs of the same preset share a colour.",
            ("dqn curves runs/cartpole-* --out cartpole.svg", ""))
        {
            folders, picture, title,
        };
        command.SetAction(result =>
        {
            var runs = Arguments.ReadRuns(result.GetRequiredValue(folders));
            var curves = new SeedCurves();
            foreach (var run in runs)
            {
                curves.Add(run.File.Preset, run.Records);
            }

            var presets = string.Join(", ", runs.Select(run => run.File.Preset).Distinct());
            File.WriteAllText(result.GetRequiredValue(picture), curves.ToSvg(result.GetValue(title) ?? presets));
        });
        return command;
    }
}
