namespace DqnAspire.Cli.Tests;

public sealed class HelpTests
{
    private static readonly string Folder = AppContext.BaseDirectory;

    [Theory]
    [InlineData]
    [InlineData("--help")]
    public async Task WithoutACommand_EveryCommandIsListed_AndTheExitCodes(params string[] arguments)
    {
        var (exitCode, output, errors) = await DqnProcess.RunAsync(Folder, arguments);

        Assert.Equal((0, ""), (exitCode, errors));
        string[] commands =
            ["train", "presets", "settings", "envs", "roms", "runs", "compare", "curves", "report", "trace"];
        Assert.All(commands, command => Assert.Contains($"\n  {command} ", output, StringComparison.Ordinal));
        Assert.Contains(
            "0 success (train: solved), 1 error, 2 the run ended unsolved, 130", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheHelpOfACommand_EndsWithExamples()
    {
        var (exitCode, output, _) = await DqnProcess.RunAsync(Folder, "train", "--help");

        Assert.Equal(0, exitCode);
        Assert.Contains("--seeds <LIST>", output, StringComparison.Ordinal);
        Assert.Contains("Examples:\n  dqn train ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no command 'trian'. Did you mean 'train'?", "trian")]
    [InlineData("There is no option '--jsn'. Did you mean '--json'?", "presets", "--jsn")]
    [InlineData("There is no preset 'pong-pong'", "settings", "pong-pong")]
    [InlineData("There is no preset 'pong-pong'", "train", "pong-pong")]
    [InlineData("Agent:Gamma='2' is not a number from 0 to 1", "train", "cartpole", "--set", "Agent:Gamma=2")]
    [InlineData("'Agent' is not of the form Section:Key=value", "train", "--set", "Agent")]
    [InlineData("--seeds takes up to 1000 seeds such as 1..5 or 1,2,3, not '5..1'", "train", "--seeds", "5..1")]
    [InlineData("--seed and --seeds exclude each other", "train", "--seed", "1", "--seeds", "2")]
    [InlineData("PRESET and --resume exclude each other", "train", "cartpole", "--resume", "x")]
    [InlineData("--run-dir is the folder of one run", "train", "--seeds", "1,2", "--run-dir", "x")]
    [InlineData("is not the folder of a run", "train", "--resume", "absent")]
    [InlineData("cannot be written", "train", "frozenlake-tabular", "--run-dir", "/dev/null/run")]
    [InlineData("--jobs must be at least 1", "train", "--jobs", "0")]
    [InlineData("Cannot parse argument 'x' for option '--jobs'", "train", "--jobs", "x")]
    [InlineData("--minutes must be above 0", "train", "--minutes", "-1")]
    [InlineData("There is no folder absent", "runs", "absent")]
    [InlineData("Did you mean 'CartPole'?", "envs", "cartpoel")]
    [InlineData("Could not find file", "roms", "absent.bin")]
    public async Task BadInput_IsOneLine_AndExitCode1(string message, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        var exitCode = await CommandLine.InvokeAsync(arguments, output, error);

        Assert.Equal((1, ""), (exitCode, output.ToString()));
        var line = Assert.Single(error.ToString().TrimEnd().Split('\n'));
        Assert.StartsWith("error: ", line, StringComparison.Ordinal);
        Assert.Contains(message, line, StringComparison.Ordinal);
    }
}
