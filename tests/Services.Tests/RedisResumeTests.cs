using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Contracts.Learner.V1;
using DqnAspire.Environments;
using DqnAspire.Environments.BuiltIn;
using DqnAspire.NeuralNetworks;
using DqnAspire.Replay.Local;
using StackExchange.Redis;
using RunState = DqnAspire.Contracts.Learner.V1.RunState;

namespace DqnAspire.Services.Tests;

/// <summary>
/// A run with its experience in a real Redis is stopped, or loses its services, and goes on; it ends as one that nobody
/// touched, bit for bit.
/// </summary>
public sealed class RedisResumeTests : IClassFixture<RedisSystem>
{
    private const int MaxSteps = 600;

    private static readonly string[] Changes =
    [
        "Run:GoalReturn=501", "Run:MaxSteps=600", "Run:CheckpointPeriod=50", "Run:Seed=6", "Validation:EveryEpisodes=8",
        "Replay:Capacity=200", "Replay:PrefillSteps=150", "Replay:Sampling=Prioritized", "Agent:Loss=Huber",
        "Agent:Rule=None", "Agent:ReturnSteps=3",
    ];

    private readonly RedisSystem _system;

    public RedisResumeTests(RedisSystem system)
    {
        RedisSystem.SkipWithoutServer();
        _system = system;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stopped_AndGoneOnWith_AfterRedisWasKilled_AndReplayServiceStartedAnew()
    {
        var run = await StartAsync();
        await ReachAsync(run, steps: 250);
        var stopped = (
            await _system.Learner.StopAsync(new StopRequest { RunId = run }, cancellationToken: Cancellation)).Progress;
        await _system.KillServerAsync();
        await _system.StartServerAsync();
        await _system.RestartReplayAsync();
        await _system.Learner.StartAsync(new StartRequest { ResumeRunId = run }, cancellationToken: Cancellation);

        Assert.Equal(RunState.Stopped, stopped.State);
        await AssertEndsAsUntouchedAsync(run);
    }

    [Fact]
    public async Task RedisKilled_AndReplayServiceLost_OnTheWay()
    {
        var run = await StartAsync();
        await ReachAsync(run, steps: 120);
        await _system.KillServerAsync();
        await _system.StartServerAsync();
        await ReachAsync(run, steps: 280);
        await _system.RestartReplayAsync();

        await AssertEndsAsUntouchedAsync(run);
    }

    [Fact]
    public async Task ARedisThatTakesNoWritesForSeconds_AsInAFailover_IsWaitedFor()
    {
        var run = await StartAsync();
        await ReachAsync(run, steps: 120);
        await using (var redis = await ConnectionMultiplexer.ConnectAsync($"{_system.Address},allowAdmin=true"))
        {
            await redis.GetDatabase().ExecuteAsync("REPLICAOF", "127.0.0.1", 1);
            // Longer than any time-out of the client's commands.
            await Task.Delay(TimeSpan.FromSeconds(8), Cancellation);
            Assert.Equal("", (await StatusAsync(run)).Error);
            await redis.GetDatabase().ExecuteAsync("REPLICAOF", "NO", "ONE");
        }

        await AssertEndsAsUntouchedAsync(run);
    }

    [Fact]
    public async Task ARedisThatLostEverything_BeforeTheRunIsResumed_TheRunBeginsAnew()
    {
        var run = await StartAsync();
        await ReachAsync(run, steps: 250);
        await _system.Learner.StopAsync(new StopRequest { RunId = run }, cancellationToken: Cancellation);
        await using (var redis = await ConnectionMultiplexer.ConnectAsync($"{_system.Address},allowAdmin=true"))
        {
            await redis.GetDatabase().ExecuteAsync("FLUSHALL");
        }

        await _system.Learner.StartAsync(new StartRequest { ResumeRunId = run }, cancellationToken: Cancellation);

        await AssertEndsAsUntouchedAsync(run);
    }

    private async Task<Progress> StatusAsync(string run)
    {
        using var watch = _system.Learner.Watch(
            new WatchRequest { RunId = run, PeriodSeconds = 0.01 }, cancellationToken: Cancellation);
        Assert.True(await watch.ResponseStream.MoveNext(Cancellation));
        return watch.ResponseStream.Current;
    }

    private Task<string> StartAsync() =>
        _system.StartAsync(
            "cartpole-dense", [.. Changes.Select(SettingsEditor.Parse).Select(change => (change.Key, change.Value))]);

    private async Task ReachAsync(string run, long steps)
    {
        using var watch = _system.Learner.Watch(
            new WatchRequest { RunId = run, PeriodSeconds = 0.01 }, cancellationToken: Cancellation);
        var seen = new Progress();
        while (seen.Steps < steps && await watch.ResponseStream.MoveNext(Cancellation))
        {
            seen = watch.ResponseStream.Current;
        }

        Assert.Equal("", seen.Error);
        Assert.InRange(seen.Steps, steps, MaxSteps - 1);
    }

    private async Task AssertEndsAsUntouchedAsync(string run)
    {
        var last = await TestSystem.EndAsync(_system.Learner, run);
        Assert.Equal(("", RunState.Unsolved), (last.Error, last.State));
        var untouched = new LastParameters();
        var context = new TrainingContext(
            "local", new LocalLaneSource(BuiltInEnvironments.Registry), new LocalReplaySource(), untouched)
        {
            Backend = ManagedBackend.Shared,
        };
        var settings = PresetCatalog.BuiltIn.Resolve("cartpole-dense", Changes.Select(SettingsEditor.Parse));
        await TrainingLoop.TrainAsync(settings, context, Cancellation);
        Assert.Equal((untouched.Steps, untouched.Records.Count), (last.Steps, last.Episodes));
        Assert.Equal(untouched.File, (await _system.ParametersAsync(run, ParameterSelection.Latest)).File);
    }
}
