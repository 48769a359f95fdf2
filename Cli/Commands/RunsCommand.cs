using System.CommandLine;

namespace DqnAspire.Cli.Commands;

/// <summary><c>dqn runs</c>: the runs of a folder.</summary>
internal static class RunsCommand
{
    public static Command Create() => new("runs");
}
