using System.CommandLine;
using DqnAspire.Runs.Reports;

namespace DqnAspire.Cli.Commands;

/// <summary><c>dqn report</c>: writes the report of a run again.</summary>
internal static class ReportCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var folder = new Argument<string>("run-dir") { Description = "The folder of a run.", HelpName = "RUN-DIR" };
        var command = new UserCommand(
            "report",
            "Writes report.md in the folder of a run again and prints its path.",
            ("dqn report runs/cartpole-s1-20260101-120000", ""))
        {
            folder,
        };
        command.SetAction(result =>
            result.InvocationConfiguration.Output.WriteLine(RunReport.Write(result.GetRequiredValue(folder))));
        return command;
    }
}
