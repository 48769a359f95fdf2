using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using DqnAspire.Agents.Evaluation;
using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Atari2600.Cartridges;
using DqnAspire.AtariTraces.Format;
using DqnAspire.Cli.Commands;
using DqnAspire.Core;
using DqnAspire.Core.Plugins;
using DqnAspire.Environments;
using DqnAspire.Environments.Atari.Rules.ModeSelection;
using DqnAspire.Monitoring;
using DqnAspire.Play.Policies;
using DqnAspire.Play.Recordings;
using DqnAspire.Runs.Folders;
using DqnAspire.Runs.Sessions;

namespace DqnAspire.Cli;

/// <summary>The command line of <c>dqn</c>. A command is one file in <c>Commands/</c>.</summary>
public static class CommandLine
{
    private const string Description =
        """
        Trains Deep Q-Networks on Atari 2600 games and classic control tasks, in this process.

        Examples:
          dqn envs                          what can be played on this machine
          dqn train cartpole                train a preset; files go to runs/
          dqn train cartpole --seeds 1..5   five seeds side by side
          dqn compare runs/cartpole-*       their results in one table
          dqn play                          watch the newest run's best policy in the terminal
          dqn record                        the same as a GIF

        Exit codes: 0 success (train: solved), 1 error, 2 the run ended unsolved, 130 cancelled by Ctrl-C.
        """;

    /// <summary>Reads the command line and runs the command.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="output">Receives results.</param>
    /// <param name="error">Receives the line that says what failed.</param>
    /// <returns>The exit code, one of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> InvokeAsync(string[] args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand(Description)
        {
            TrainCommand.Create(),
            EvaluateCommand.Create(),
            PlayCommand.Create(),
            RecordCommand.Create(),
            PresetsCommand.Create(),
            SettingsCommand.Create(),
            EnvironmentsCommand.Create(),
            CartridgesCommand.Create(),
            RunsCommand.Create(),
            CompareCommand.Create(),
            CurvesCommand.Create(),
            ReportCommand.Create(),
            TraceCommand.Create(),
        };
        UserCommand.ShowExamples(root);
        root.SetAction(result => new HelpAction().Invoke(result));
        var parsed = root.Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            return Fail(Explain(parsed));
        }

        try
        {
            // Signals are left to the commands: training writes a checkpoint, everything else may end at once.
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            }).ConfigureAwait(false);
        }
        catch (Exception e) when (IsUserError(e))
        {
            return Fail(e.Message);
        }

        int Fail(string problem)
        {
            error.WriteLine(ErrorLine.Of(problem));
            return ExitCodes.Failure;
        }
    }

    /// <summary>What is wrong with the arguments, one line, with the name that was probably meant.</summary>
    private static string Explain(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (parsed.UnmatchedTokens is [var token, ..])
        {
            var isOption = token.StartsWith('-');
            var known = isOption
                ? command.Options.Where(option => !option.Hidden).Select(option => option.Name)
                : command.Subcommands.Select(subcommand => subcommand.Name);
            var kind = isOption ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
            var meant = Spelling.Nearest(token, known) is { } name ? $" Did you mean '{name}'?" : "";
            return $"There is no {kind} '{Spelling.Echo(token)}'.{meant} `{Path(parsed)} --help` lists what there is.";
        }

        return parsed.Errors[0].Message;
    }

    private static string Path(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "dqn" : $"dqn {parsed.CommandResult.Command.Name}";

    /// <summary>Errors that the user can do something about: their message says everything, in one line.</summary>
    private static bool IsUserError(Exception exception) => exception is
        CommandException or UnknownPresetException or SettingException or RunDirectoryException or RunControlException
        or UnknownEnvironmentException or PluginException or EnvironmentOptionException
        or EnvironmentUnavailableException or EvaluationProtocolException or PolicyException or RecordingException
        or InvalidDataException
        or TraceFormatException or CartridgeException or ModeSelectionException
        or IOException or UnauthorizedAccessException;
}
