using System.Diagnostics;
using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Settings;
using DqnAspire.Agents.Training;
using DqnAspire.Clients;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Replay;
using DqnAspire.Environments;
using DqnAspire.Environments.BuiltIn;
using DqnAspire.NeuralNetworks;
using DqnAspire.Replay.Local;
using Grpc.Net.Client;

namespace DqnAspire.Benchmarks.Training;

/// <summary>
/// Training of a fixed number of steps: cartpole-dense in lockstep, in this process alone and with EnvService and
/// ReplayService as processes of their own, and frozenlake-tabular with EnvService. Time counts from the start of a run
/// to its end: filling the replay and the validation episodes take their part of it, but only training steps are
/// counted. Then the nature preset on Bricks, one update every 4 steps, in lockstep and in concurrent phases.
/// </summary>
public sealed class TrainingSuite : ISuite
{
    private const int Steps = 40_000;
    private const int NatureSteps = 3000;
    private const int MinWarmUpSteps = 256;

    // No return exceeds this goal, so that every run has the same length.
    private static readonly string[] Endless = ["Run:GoalReturn=100000", "Run:MaxEpisodes=0"];

    // As in the middle of a run: training from the start, actions by the network. The replay is smaller than published;
    // what a sample costs hardly depends on it.
    private static readonly string[] Nature =
        ["Replay:Capacity=50000", "Replay:StartSize=64", "Exploration:InitialEpsilon=0.1", "Run:CheckpointPeriod=0"];

    /// <inheritdoc/>
    public string Name => "training";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BenchmarkResult>> RunAsync(
        bool withPeer, double scale, CancellationToken cancellationToken)
    {
        var steps = (int)(Steps * scale);
        var local = await TrainHereAsync("cartpole-dense", [], steps).ConfigureAwait(false);

        using var env = await StartAsync(typeof(EnvService.Application)).ConfigureAwait(false);
        using var replay = await StartAsync(typeof(ReplayService.Application)).ConfigureAwait(false);
        using var envChannel = GrpcChannel.ForAddress(env.Address);
        using var replayChannel = GrpcChannel.ForAddress(replay.Address);
        var laneSource = new GrpcLaneSource(new Contracts.Env.V1.EnvService.EnvServiceClient(envChannel));
        var replaySource = new GrpcReplaySource(
            new Contracts.Replay.V1.ReplayService.ReplayServiceClient(replayChannel));
        var services = await TrainThereAsync("cartpole-dense", [], steps).ConfigureAwait(false);
        var tabular = await TrainThereAsync("frozenlake-tabular", [], steps).ConfigureAwait(false);

        var natureSteps = Math.Max(MinWarmUpSteps, (int)(NatureSteps * scale));
        string[] concurrent = [.. Nature, "Agent:Concurrent=true"];
        var nature = await TrainHereAsync("nature", Nature, natureSteps).ConfigureAwait(false);
        var natureConcurrent = await TrainHereAsync("nature", concurrent, natureSteps).ConfigureAwait(false);
        var natureServices = await TrainThereAsync("nature", Nature, natureSteps).ConfigureAwait(false);
        var natureServicesConcurrent = await TrainThereAsync("nature", concurrent, natureSteps).ConfigureAwait(false);

        var dense = new DenseFigures(scale, cancellationToken);
        var trainingCall = await dense.TrainingCallAsync().ConfigureAwait(false);
        var update = await dense.UpdateAsync().ConfigureAwait(false);
        var act = await dense.ActAsync().ConfigureAwait(false);
        return
        [
            new BenchmarkResult("cartpole-dense-inprocess", local.StepsPerSecond, "steps/s"),
            Compare("cartpole-dense-services", services, "in one process", local),
            new BenchmarkResult("step-env-round-trip", services.EnvironmentTrip.TotalMicroseconds, "us"),
            new BenchmarkResult("env-steps-per-training-step", services.EnvironmentSteps, "round trips"),
            new BenchmarkResult("step-replay-round-trip", services.ReplayTrip.TotalMicroseconds, "us"),
            new BenchmarkResult("step-rest", services.Rest.TotalMicroseconds, "us"),
            new BenchmarkResult("dense32x2-training-call", trainingCall / 1e3, "us"),
            new BenchmarkResult("dense32x2-update-b32", update / 1e3, "us"),
            new BenchmarkResult("dense32x2-act-b1", act, "ns"),
            new BenchmarkResult("frozenlake-tabular", tabular.StepsPerSecond, "iterations/s"),
            new BenchmarkResult("nature-bricks-inprocess", nature.StepsPerSecond, "steps/s"),
            new BenchmarkResult("nature-bricks-inprocess-concurrent", natureConcurrent.StepsPerSecond, "steps/s"),
            Compare("nature-bricks-services", natureServices, "in one process", nature),
            Compare("nature-bricks-services-concurrent", natureServicesConcurrent, "in one process, lockstep", nature),
            new BenchmarkResult("nature-step-env-round-trip", natureServices.EnvironmentTrip.TotalMicroseconds, "us"),
            new BenchmarkResult("nature-step-replay-round-trip", natureServices.ReplayTrip.TotalMicroseconds, "us"),
            new BenchmarkResult("nature-step-rest", natureServices.Rest.TotalMicroseconds, "us"),
        ];

        Task<ServiceProcess> StartAsync(Type application) =>
            ServiceProcess.StartAsync(application.Assembly.Location, cancellationToken);

        Task<StepTiming> TrainHereAsync(string preset, string[] changes, int count) => TrainAsync(
            preset,
            changes,
            count,
            new LocalLaneSource(BuiltInEnvironments.Registry),
            new LocalReplaySource(),
            cancellationToken);

        Task<StepTiming> TrainThereAsync(string preset, string[] changes, int count) =>
            TrainAsync(preset, changes, count, laneSource, replaySource, cancellationToken);
    }

    private static BenchmarkResult Compare(string name, StepTiming timing, string peer, StepTiming other) =>
        new(name, timing.StepsPerSecond, "steps/s", peer, other.StepsPerSecond);

    /// <summary>Trains twice, first a short run: compiling code and opening connections are part of no step.</summary>
    private static async Task<StepTiming> TrainAsync(
        string preset,
        string[] changes,
        int steps,
        ILaneSource lanes,
        IReplaySource replay,
        CancellationToken cancellationToken)
    {
        await RunAsync(Math.Max(MinWarmUpSteps, steps), lanes, replay).ConfigureAwait(false);

        var (timedLanes, timedReplay) = (new TimedLaneSource(lanes), new TimedReplaySource(replay));
        var clock = Stopwatch.StartNew();
        var taken = await RunAsync(steps, timedLanes, timedReplay).ConfigureAwait(false);
        return new StepTiming(taken, clock.Elapsed, timedLanes, timedReplay);

        async Task<long> RunAsync(int maxSteps, ILaneSource laneSource, IReplaySource replaySource)
        {
            string[] all = [.. Endless, .. changes, $"Run:MaxSteps={maxSteps}"];
            var settings = PresetCatalog.BuiltIn.Resolve(preset, all.Select(SettingsEditor.Parse));
            var observer = new StepObserver();
            var context = new TrainingContext($"benchmark-{Guid.NewGuid():N}", laneSource, replaySource, observer)
            {
                Backend = ManagedBackend.Shared,
            };
            await TrainingLoop.TrainAsync(settings, context, cancellationToken).ConfigureAwait(false);
            return observer.Steps;
        }
    }
}
