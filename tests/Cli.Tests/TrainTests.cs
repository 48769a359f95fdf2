using System.Text.Json;

namespace DqnAspire.Cli.Tests;

/// <summary><c>dqn train</c> in a real process.</summary>
public sealed class TrainTests : IDisposable
{
    private static readonly string[] Files =
        ["run.json", "metrics.jsonl", "curve.svg", "report.md", "evaluation.json", "best", "checkpoints", "replay"];

    private readonly string _folder = Directory.CreateTempSubdirectory("dqn-train-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task TwoSeeds_WriteWholeFolders_WhichTheOtherCommandsRead()
    {
        var (exitCode, output, errors) = await DqnProcess.RunAsync(
            _folder, "train", "cartpole-dense", "--set", "Run:MaxEpisodes=5", "--seeds", "1..2");

        Assert.Equal((2, ""), (exitCode, errors));
        var runs = Directory.GetDirectories(Path.Combine(_folder, "runs")).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(2, runs.Length);
        Assert.All(runs, run => Assert.All(Files, file => Assert.True(Path.Exists(Path.Combine(run, file)), file)));
        Assert.All(runs, run => Assert.Equal("unsolved", Read(run, "state")));
        Assert.All(runs, run => Assert.Equal("..", Read(run, "experience")));
        Assert.Contains(
            "result: preset=cartpole-dense seed=1 solved=false episodes=5 ", output, StringComparison.Ordinal);
        Assert.Matches("result: preset=cartpole-dense seed=2 .* eval_episodes=20 eval_mean=", output);

        var (listed, list, _) = await DqnProcess.RunAsync(_folder, "runs", "--json");
        Assert.Equal(0, listed);
        using var json = JsonDocument.Parse(list);
        Assert.Equal(
            [1, 2], json.RootElement.EnumerateArray().Select(run => run.GetProperty("seed").GetInt32()).Order());
        var (compared, comparison, _) = await DqnProcess.RunAsync(_folder, ["compare", .. runs]);
        Assert.Equal(0, compared);
        Assert.Contains("│ cartpole-dense │ 2    │ 0 ", comparison, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASolvedRun_EndsWith0_AndItsResultAsTheLastLine()
    {
        await using var dqn = new DqnProcess(_folder, "train", "frozenlake-tabular", "--run-dir", "mine");

        Assert.Equal(0, await dqn.ExitAsync());
        Assert.Equal("", dqn.Errors);
        Assert.StartsWith(
            "result: preset=frozenlake-tabular seed=42 solved=true ", dqn.LastLine, StringComparison.Ordinal);
        Assert.Equal("solved", Read(Path.Combine(_folder, "mine"), "state"));
        Assert.Equal(".", Read(Path.Combine(_folder, "mine"), "experience"));
    }

    /// <summary>
    /// Where the signal arrives does not matter: what follows the checkpoint is what would have followed.
    /// </summary>
    [Fact]
    public async Task CtrlC_WritesACheckpoint_FromWhichTheRunIsResumed_AsIfItHadNotStopped()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGINT to send to another process.");
        string[] endless =
            ["train", "cartpole-dense", "--seed", "3", "--set", "Run:GoalReturn=501", "--set", "Run:MaxEpisodes=0"];
        await using var first = new DqnProcess(_folder, [.. endless, "--run-dir", "stopped"]);
        await first.SeeAsync("state training");

        first.Interrupt();

        Assert.Equal(130, await first.ExitAsync());
        Assert.Equal("", first.Errors);
        Assert.EndsWith("To resume it: dqn train --resume stopped", first.LastLine, StringComparison.Ordinal);
        var stopped = Path.Combine(_folder, "stopped");
        Assert.Equal("stopped", Read(stopped, "state"));
        var limit = $"Run:MaxSteps={Steps(stopped) + 500}";

        var (resumed, output, errors) = await DqnProcess.RunAsync(
            _folder, "train", "--resume", "stopped", "--set", limit);
        var (whole, _, _) = await DqnProcess.RunAsync(_folder, [.. endless, "--set", limit, "--run-dir", "whole"]);

        Assert.Equal((2, 2, ""), (resumed, whole, errors));
        Assert.Contains("Resuming run cartpole-dense-s3-", output, StringComparison.Ordinal);
        Assert.Equal(Steps(Path.Combine(_folder, "whole")), Steps(stopped));
        Assert.Equal(Records("whole"), Records("stopped"));
        Assert.Equal(Parameters("whole"), Parameters("stopped"));
    }

    private byte[] Parameters(string run) => File.ReadAllBytes(Directory
        .GetFiles(Path.Combine(_folder, run, "checkpoints"), "network.safetensors", SearchOption.AllDirectories)
        .MaxBy(file => long.Parse(Path.GetFileName(Path.GetDirectoryName(file)!)))!);

    /// <summary>The log without its clock.</summary>
    private IEnumerable<string> Records(string run) =>
        File.ReadLines(Path.Combine(_folder, run, "metrics.jsonl")).Select(line =>
    {
        using var record = JsonDocument.Parse(line);
        return string.Join(
            ' ', record.RootElement.EnumerateObject().Where(p => p.Name != "seconds").Select(p => $"{p}"));
    });

    private static long Steps(string run)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "run.json")));
        return file.RootElement.GetProperty("steps").GetInt64();
    }

    private static string? Read(string run, string name)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "run.json")));
        return file.RootElement.GetProperty(name).GetString();
    }
}
