using System.Text.Json;
using DqnAspire.Agents.Training;
using DqnAspire.Contracts.Eval.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace DqnAspire.AppHost.Tests;

/// <summary>The whole system through its front door.</summary>
public sealed class SystemTests
{
    [Fact]
    public async Task UntilDone_TrainsCartPole_Evaluates_AndEndsWithItsResult()
    {
        // A goal that takes seconds; the recipe's own goal is a matter of docs/results.md.
        await using var host = new RunningAppHost(
            "--preset", "cartpole-dense", "--until-done", "--headless", "--seed", "7", "--set", "Run:GoalReturn=100");

        var exit = await host.ExitAsync();

        Assert.Equal("", host.Errors);
        Assert.Equal(0, exit);
        Assert.Matches(
            @"^result: preset=cartpole-dense seed=7 solved=true episodes=\d+ steps=\d+ seconds=\d+\.\d "
            + @"eval_episodes=20 eval_mean=[\d.]+ eval_stderr=[\d.]+$",
            host.LastLine);
        Assert.Contains("1,282", host.Output, StringComparison.Ordinal);
        Assert.Contains("greedy play, 20 episodes", host.Output, StringComparison.Ordinal);
        var run = Assert.Single(Directory.GetDirectories(Path.Combine(host.Folder, "runs")));
        Assert.Equal("solved", State(run));
        await host.AllGoneAsync();
    }

    [Fact]
    public async Task UntilDone_EndsWith2_WhenTheRunIsNotSolved()
    {
        await using var host = new RunningAppHost(
            "--preset",
            "cartpole-dense",
            "--until-done",
            "--headless",
            "--set",
            "Run:MaxEpisodes=2",
            "--run-dir",
            "mine");

        Assert.Equal(2, await host.ExitAsync());
        Assert.StartsWith(
            "result: preset=cartpole-dense seed=42 solved=false episodes=2 ", host.LastLine, StringComparison.Ordinal);
        Assert.Equal("unsolved", State(Path.Combine(host.Folder, "mine")));
        var report = await File.ReadAllTextAsync(
            Path.Combine(host.Folder, "mine", "report.md"), TestContext.Current.CancellationToken);
        var first = new SeedStreams(42).Evaluation;
        Assert.Contains(
            $"Protocol: greedy play, 20 episodes, reset seeds {first}..{first + 19}.", report,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutAPreset_ItTrainsVolley_FromItsPictures()
    {
        await using var host = new RunningAppHost(
            "--until-done", "--headless", "--set", "Run:MaxSteps=2048", "--set", "Run:FinalEvaluationEpisodes=1");

        Assert.Equal(2, await host.ExitAsync());
        Assert.StartsWith("result: preset=volley seed=42 solved=false ", host.LastLine, StringComparison.Ordinal);
        Assert.Contains(" steps=2048 ", host.LastLine, StringComparison.Ordinal);
        Assert.Contains(" eval_episodes=1 ", host.LastLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutArguments_ItRunsUntilStopped_AndAnswersMeanwhile()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGINT to send to another process.");
        await using var host = new RunningAppHost("--preset", "frozenlake-tabular");
        await host.SeeAsync("Ctrl-C stops them");
        var cancellation = TestContext.Current.CancellationToken;

        using var channel = GrpcChannel.ForAddress(host.Address(5104));
        var eval = new EvalService.EvalServiceClient(channel);
        using var call = eval.Evaluate(
            new EvaluateRequest { Episodes = 7, Selection = PolicySelection.Best }, cancellationToken: cancellation);
        var answers = new List<EvaluateResponse>();
        await foreach (var answer in call.ResponseStream.ReadAllAsync(cancellation))
        {
            answers.Add(answer);
        }

        Assert.Equal(7, answers.Count(a => a.Episode is not null));
        Assert.Equal(7, answers[^1].Summary.Episodes);

        using var http = new HttpClient();
        foreach (var port in new[] { 5111, 5112, 5113, 5114 })
        {
            Assert.Equal("Healthy", await http.GetStringAsync(new Uri(host.Address(port) + "/health"), cancellation));
        }

        Assert.Contains(
            "<html",
            await http.GetStringAsync(new Uri(host.Address(18888)), cancellation),
            StringComparison.OrdinalIgnoreCase);

        host.Interrupt();
        Assert.Equal(130, await host.ExitAsync());
        Assert.Equal("", host.Errors);
        await host.AllGoneAsync();
    }

    [Fact]
    public async Task CtrlC_InTheMiddle_EndsWith130_AndTheRunDirectoryIsWhole()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGINT to send to another process.");
        await using var host = new RunningAppHost(
            "--preset",
            "cartpole-dense",
            "--headless",
            "--until-done",
            "--set",
            "Run:GoalReturn=501",
            "--run-dir",
            "stopped");
        await host.SeeAsync("state training");

        host.Interrupt();

        Assert.Equal(130, await host.ExitAsync());
        await host.AllGoneAsync();
        var run = Path.Combine(host.Folder, "stopped");
        Assert.Equal("stopped", State(run));
        foreach (var line in await File.ReadAllLinesAsync(
            Path.Combine(run, "metrics.jsonl"), TestContext.Current.CancellationToken))
        {
            using var record = JsonDocument.Parse(line);
            Assert.Equal("episode", record.RootElement.GetProperty("kind").GetString());
        }

        // Its experience stays with it.
        var table = Path.GetDirectoryName(
            Directory.EnumerateFiles(run, "table.json", SearchOption.AllDirectories).Single())!;
        Assert.Equal("replay", Path.GetFileName(table));
        Assert.NotEmpty(Directory.EnumerateFiles(table, "records-*.log"));
    }

    [Fact]
    public async Task KilledInTheMiddle_ItLeavesNoServiceBehind()
    {
        await using var host = new RunningAppHost(
            "--preset", "cartpole-dense", "--headless", "--until-done", "--set", "Run:GoalReturn=501");
        await host.SeeAsync("state training");

        host.Kill();

        await host.ExitAsync();
        await host.AllGoneAsync();
    }

    [Theory]
    [InlineData("EnvService.dll", "ReplayService.dll", "LearnerService.dll", "EvalService.dll")]
    [InlineData("EnvService.dll", "ReplayService.dll", "LearnerService.dll", "EvalService.dll", "monitor-process")]
    public async Task KilledWithItsOrchestrator_ItLeavesNoServiceBehind(params string[] survivors)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The system's processes are found through /proc.");
        await using var host = new RunningAppHost(
            "--preset", "cartpole-dense", "--until-done", "--set", "Run:GoalReturn=501");
        await host.SeeAsync("state training");

        host.KillAll(except: survivors);

        await host.NoProcessLeftAsync();
    }

    [Theory]
    [InlineData("There is no preset 'pong-pong'", "--preset", "pong-pong")]
    [InlineData("Agent:Gamma='2' is not a number from 0 to 1", "--set", "Agent:Gamma=2")]
    [InlineData("'Agent:Gama' is not a setting", "--set", "Agent:Gama=0.9")]
    [InlineData("'Agent' is not of the form Section:Key=value", "--set", "Agent")]
    [InlineData("cannot be written", "--run-dir", "/dev/null/run")]
    public async Task ABadOption_IsOneLine_AndNothingIsStarted(string message, string option, string value)
    {
        await using var host = new RunningAppHost(option, value);

        Assert.Equal(1, await host.ExitAsync());
        Assert.StartsWith("error: ", host.Errors, StringComparison.Ordinal);
        Assert.Single(host.Errors.TrimEnd().Split('\n'));
        Assert.Contains(message, host.Errors, StringComparison.Ordinal);
        Assert.Equal("", host.Output);
    }

    [Fact]
    public async Task ATakenPort_IsNamed_WithWhatToDo()
    {
        await using var first = new RunningAppHost("--headless", "--preset", "frozenlake-tabular");
        await first.SeeAsync("Ctrl-C stops them");
        await using var second = new RunningAppHost(first.PortOffset, "--headless");

        Assert.Equal(1, await second.ExitAsync());
        Assert.Single(second.Errors.TrimEnd().Split('\n'));
        Assert.Contains("in use", second.Errors, StringComparison.Ordinal);
        // Before an address is promised.
        Assert.Equal("", second.Output);
        Assert.Contains("--port-offset", second.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("orchestration component is not installed", "--dcp-cli-path=/nonexistent/dcp")]
    [InlineData("dashboard", "--dcp-dashboard-path=/nonexistent/dashboard.dll")]
    [InlineData("service 'aspire-dashboard' could not be started", "--dcp-dashboard-path=/bin/false")]
    public async Task ADashboardOrOrchestratorThatCannotStart_IsOneLine_AndNothingIsLeft(string message, string option)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The system's processes are found through /proc.");
        await using var host = new RunningAppHost("--preset", "cartpole-dense", option);

        Assert.Equal(1, await host.ExitAsync());
        var line = Assert.Single(host.Errors.TrimEnd().Split('\n'));
        Assert.Contains(message, line, StringComparison.OrdinalIgnoreCase);
        // Whoever wants to know more finds it there.
        var log = Path.Combine(host.Folder, line.Split("(log: ")[1].TrimEnd(')'));
        Assert.NotEqual("", await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken));
        await host.NoProcessLeftAsync();
    }

    [Fact]
    public async Task AProxyInTheEnvironment_IsNotAskedForLoopback()
    {
        // Nothing listens there.
        const string Proxy = "http://127.0.0.1:9";
        var environment =
            new Dictionary<string, string>
            {
                ["HTTP_PROXY"] = Proxy,
                ["http_proxy"] = Proxy,
                ["HTTPS_PROXY"] = Proxy,
                ["https_proxy"] = Proxy,
                ["ALL_PROXY"] = Proxy
            };
        await using var host = RunningAppHost.WithEnvironment(
            environment, "--preset", "frozenlake-tabular", "--until-done", "--set", "Run:FinalEvaluationEpisodes=1");

        Assert.Equal(0, await host.ExitAsync());
        Assert.Equal("", host.Errors);
        Assert.StartsWith(
            "result: preset=frozenlake-tabular seed=42 solved=true ", host.LastLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnUnknownEnvironment_FailsInOneLine()
    {
        await using var host = new RunningAppHost(
            "--preset", "cartpole-dense", "--headless", "--until-done", "--set", "Environment:Id=CartPool-v1");

        Assert.Equal(1, await host.ExitAsync());
        Assert.Contains("CartPool-v1", host.Errors, StringComparison.Ordinal);
        Assert.Single(host.Errors.TrimEnd().Split('\n'));
        await host.AllGoneAsync();
    }

    private static string? State(string runDirectory)
    {
        using var run = JsonDocument.Parse(File.ReadAllText(Path.Combine(runDirectory, "run.json")));
        return run.RootElement.GetProperty("state").GetString();
    }
}
