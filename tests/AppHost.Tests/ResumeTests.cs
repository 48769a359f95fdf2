using System.Text.Json;

namespace DqnAspire.AppHost.Tests;

/// <summary>Services and the whole system are killed and stopped in the middle of a run, which goes on.</summary>
public sealed class ResumeTests
{
    private static readonly string[] Endless =
        ["--preset", "cartpole-dense", "--headless", "--until-done", "--set", "Run:GoalReturn=501", "--set",
            "Run:CheckpointPeriod=100", "--set", "Replay:PrefillSteps=200"];

    [Theory]
    [InlineData(5101)]
    [InlineData(5102)]
    [InlineData(5103)]
    public async Task AServiceThatIsKilled_IsStartedAgain_AndTheRunGoesOnToItsEnd(int port)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The service's process is found through /proc.");
        await using var host = new RunningAppHost(
            [.. Endless, "--set", "Run:MaxSteps=1500", "--set", "Run:FinalEvaluationEpisodes=0", "--run-dir", "mine"]);
        await host.SeeAsync("state training");

        Assert.True(host.KillService(port));

        Assert.Equal(2, await host.ExitAsync());
        Assert.Equal("", host.Errors);
        Assert.StartsWith(
            "result: preset=cartpole-dense seed=42 solved=false ", host.LastLine, StringComparison.Ordinal);
        Assert.Contains(" steps=1500 ", host.LastLine, StringComparison.Ordinal);
        Assert.Equal("unsolved", State(Path.Combine(host.Folder, "mine")));
        await host.AllGoneAsync();
    }

    [Theory]
    [InlineData(5101)]
    [InlineData(5104)]
    public async Task AServiceThatIsKilledInTheEvaluation_IsStartedAgain_AndTheEvaluationBeginsAnew(int port)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The service's process is found through /proc.");
        await using var host = new RunningAppHost(
            [.. Endless, "--set", "Run:MaxSteps=300", "--set", "Run:FinalEvaluationEpisodes=10000"]);
        await host.SeeAsync("evaluation episode 0 of 10000");
        // In the middle: before its first episode an evaluation that finds no service only waits for it.
        await host.SeeAsync(" of 10000 mean ");

        Assert.True(host.KillService(port));

        await host.SeeAsync("the evaluation begins anew");
        Assert.Equal(2, await host.ExitAsync());
        Assert.Equal("", host.Errors);
        Assert.Contains(" eval_episodes=10000 ", host.LastLine, StringComparison.Ordinal);
        await host.AllGoneAsync();
    }

    [Fact]
    public async Task AServiceThatCrashesAgainAndAgain_EndsTheRunInOneLine()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The service's process is found through /proc.");
        await using var host = new RunningAppHost(Endless);
        await host.SeeAsync("state training");

        var exit = host.ExitAsync();
        while (!exit.IsCompleted)
        {
            host.KillService(5101);
            await Task.WhenAny(exit, Task.Delay(100, TestContext.Current.CancellationToken));
        }

        Assert.Equal(1, await exit);
        Assert.StartsWith(
            "error: service 'env' crashed again after 5 restarts",
            Assert.Single(host.Errors.TrimEnd().Split('\n')),
            StringComparison.Ordinal);
        await host.AllGoneAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AfterCtrlC_OrKill_TheRunCanBeResumed(bool kill)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGINT to send to another process.");
        await using var first = new RunningAppHost(Endless);
        await first.SeeAsync("state training");
        if (kill)
        {
            first.Kill();
            await first.ExitAsync();
        }
        else
        {
            first.Interrupt();
            Assert.Equal(130, await first.ExitAsync());
            Assert.Contains(
                "dotnet run --project AppHost -- --resume runs/cartpole-dense-s42-",
                first.LastLine,
                StringComparison.Ordinal);
        }

        await first.AllGoneAsync();
        var folder = Assert.Single(Directory.GetDirectories(Path.Combine(first.Folder, "runs")));
        var limit = Steps(folder) + 300;

        await using var second = first.Again(
            "--headless", "--until-done", "--resume", Path.GetFileName(folder), "--set", $"Run:MaxSteps={limit}",
            "--set", "Run:FinalEvaluationEpisodes=0");

        Assert.Equal(2, await second.ExitAsync());
        Assert.Equal("", second.Errors);
        Assert.Contains(
            $"Resuming run {Path.GetFileName(folder)}: cartpole-dense, seed 42",
            second.Output,
            StringComparison.Ordinal);
        Assert.Contains($" steps={limit} ", second.LastLine, StringComparison.Ordinal);
        Assert.Single(Directory.GetDirectories(Path.Combine(first.Folder, "runs")));
    }

    [Theory]
    [InlineData("is not the folder of a run", "--resume", "nothing")]
    [InlineData("--preset and --resume exclude each other", "--resume", "nothing", "--preset", "cartpole-dense")]
    [InlineData("--seed and --resume exclude each other", "--resume", "nothing", "--seed", "1")]
    public async Task ABadResume_IsTold_AndNothingIsStarted(string message, params string[] options)
    {
        await using var host = new RunningAppHost(options);

        Assert.Equal(1, await host.ExitAsync());
        Assert.Contains(message, host.Errors, StringComparison.Ordinal);
    }

    private static long Steps(string run)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "run.json")));
        return file.RootElement.GetProperty("steps").GetInt64();
    }

    private static string? State(string run)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "run.json")));
        return file.RootElement.GetProperty("state").GetString();
    }
}
