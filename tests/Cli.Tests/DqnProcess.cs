using DqnAspire.TestSupport;

namespace DqnAspire.Cli.Tests;

/// <summary><c>dqn</c> as its user starts it, in a folder that the test names.</summary>
internal sealed class DqnProcess(string folder, params string[] arguments)
    : RunningProgram(AssemblyOf("Cli", "dqn.dll"), folder, arguments)
{
    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string folder, params string[] arguments)
    {
        await using var dqn = new DqnProcess(folder, arguments);
        var exitCode = await dqn.ExitAsync();
        return (exitCode, dqn.Output, dqn.Errors);
    }
}
