using System.CommandLine;

namespace DqnAspire.Cli.Commands;

/// <summary><c>dqn train</c>.</summary>
internal static class TrainCommand
{
    public static Command Create() => new("train");
}
