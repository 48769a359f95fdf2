using System.Globalization;
using DqnAspire.Agents.Dqn;
using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Contracts.Learner.V1;
using DqnAspire.Core.Randomness;
using DqnAspire.Environments;
using DqnAspire.Environments.BuiltIn;
using DqnAspire.NeuralNetworks;
using DqnAspire.Replay.Local;
using DqnAspire.Runs.Records;
using Grpc.Core;
using Grpc.Net.Client;
using RunState = DqnAspire.Contracts.Learner.V1.RunState;

namespace DqnAspire.Services.Tests;

/// <summary>Services are killed while a run goes on; it ends as one that nobody touched, bit for bit.</summary>
public sealed class KilledServicesTests : IDisposable
{
    private const string KillsVariable = "RESUME_KILLS";
    private const int Steps = 900;

    private static readonly string[] Changes =
    [
        "Run:GoalReturn=501", "Run:MaxSteps=900", "Run:CheckpointPeriod=100", "Run:Seed=5",
        "Replay:Capacity=300", "Replay:PrefillSteps=300", "Replay:Sampling=Prioritized", "Agent:Loss=Huber",
        "Agent:Rule=None",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("dqn-kills-").FullName;
    private readonly ServiceProcess _env;
    private readonly ServiceProcess _replay;
    private readonly ServiceProcess _learner;
    private readonly GrpcChannel _channel;

    public KilledServicesTests()
    {
        _env = new ServiceProcess("DqnAspire.EnvService.dll");
        _replay = new ServiceProcess(
            "DqnAspire.ReplayService.dll")
        { Arguments = [$"--Replay:DataDirectory={_folder}"] };
        _learner = new ServiceProcess("DqnAspire.LearnerService.dll")
        {
            Arguments =
            [
                $"--services:env:grpc:0={_env.Address}", $"--services:replay:grpc:0={_replay.Address}",
                "--Learner:Resume=true", "--Learner:Preset=cartpole-dense", $"--Learner:RunDirectory={RunFolder}",
                .. Changes.Select(
                    (change, i) => string.Create(CultureInfo.InvariantCulture, $"--Learner:Settings:{i}={change}")),
            ],
        };
        _channel = GrpcChannel.ForAddress(_learner.Address);
    }

    private string RunFolder => Path.Combine(_folder, "run");

    private static int Kills =>
        int.Parse(Environment.GetEnvironmentVariable(KillsVariable) ?? "4", CultureInfo.InvariantCulture);

    [Fact]
    public async Task KilledAtAnyInstant_TheRunEndsWithTheWeightsOfOneThatWasNot()
    {
        var seed = (ulong)Environment.TickCount64;
        var random = new Pcg64(seed);
        ServiceProcess[][] victims = [[_env], [_replay], [_learner], [_env, _replay, _learner]];
        foreach (var service in victims[^1])
        {
            service.Start();
        }

        var told = new List<string>();
        for (var kill = 0; kill < Kills; kill++)
        {
            var steps = (kill * Steps / Kills) + random.Integers(0, Steps / Kills);
            await WatchAsync(until: p => p.Steps >= steps);
            Thread.SpinWait((int)random.Integers(0, 2_000_000));
            var killed = victims[kill % victims.Length];
            told.Add($"{killed.Length} service(s) of case {kill % victims.Length} at about step {steps}");
            foreach (var service in killed)
            {
                service.Kill();
            }

            foreach (var service in killed)
            {
                service.Start();
            }
        }

        var last = await WatchAsync(until: _ => false);

        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}: {string.Join(", ", told)}");
        Assert.Equal("", last.Error);
        Assert.Equal(RunState.Unsolved, last.State);
        Assert.Equal(Steps, last.Steps);
        var untouched = await TrainUntouchedAsync();
        Assert.Equal(
            untouched.File,
            await File.ReadAllBytesAsync(
                Path.Combine(RunFolder, "checkpoints", $"{Steps}", "network.safetensors"),
                TestContext.Current.CancellationToken));
        Assert.Equal(
            untouched.Records.Select(Comparable),
            RunLog.Read(Path.Combine(RunFolder, RunLog.FileName)).Select(Comparable));
    }

    public void Dispose()
    {
        _channel.Dispose();
        _learner.Dispose();
        _replay.Dispose();
        _env.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Comparable(LogRecord record) => RunLog.Format(record with { Elapsed = TimeSpan.Zero });

    private static async Task<LastParameters> TrainUntouchedAsync()
    {
        var parameters = new LastParameters();
        var settings = (DqnSettings)PresetCatalog.BuiltIn.Resolve(
            "cartpole-dense", Changes.Select(SettingsEditor.Parse));
        await TrainingLoop.TrainAsync(
            settings,
            new TrainingContext(
                "local",
                new LocalLaneSource(BuiltInEnvironments.Registry),
                new LocalReplaySource(),
                parameters)
            { Backend = ManagedBackend.Shared },
            TestContext.Current.CancellationToken);
        return parameters;
    }

    /// <summary>
    /// Follows the run, through the learner's own ends too, until something is seen or the run has ended.
    /// </summary>
    private async Task<Progress> WatchAsync(Func<Progress, bool> until)
    {
        var learner = new Contracts.Learner.V1.LearnerService.LearnerServiceClient(_channel);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        while (true)
        {
            try
            {
                using var watch = learner.Watch(
                    new WatchRequest { PeriodSeconds = 0.01 }, cancellationToken: patience.Token);
                while (await watch.ResponseStream.MoveNext(patience.Token))
                {
                    var progress = watch.ResponseStream.Current;
                    if (until(progress) || progress.State is RunState.Solved or RunState.Unsolved or RunState.Stopped
                        or RunState.Failed)
                    {
                        return progress;
                    }
                }
            }
            catch (RpcException) when (!patience.IsCancellationRequested)
            {
                // The learner is on its way up again.
                await Task.Delay(50, patience.Token);
            }
        }
    }
}
