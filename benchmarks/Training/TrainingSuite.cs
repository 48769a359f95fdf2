using System.Diagnostics;
using System.Globalization;
using DqnAspire.Agents.Dqn;
using DqnAspire.Agents.Lanes;
using DqnAspire.Agents.Presets;
using DqnAspire.Agents.Replay;
using DqnAspire.Agents.Settings;
using DqnAspire.Clients;
using DqnAspire.Environments;
using DqnAspire.NeuralNetworks;
using Grpc.Net.Client;

namespace DqnAspire.Benchmarks.Training;

/// <summary>
/// Lockstep training of cartpole-dense, a fixed number of steps: in this process alone, and with EnvService and
/// ReplayService as processes of their own. Validation episodes are played besides, as the recipe says; their steps are
/// not counted.
/// </summary>
public sealed class TrainingSuite : ISuite
{
    private const int Steps = 20_000;

    /// <inheritdoc/>
    public string Name => "training";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BenchmarkResult>> RunAsync(bool withPeer, double scale)
    {
        var steps = (int)(Steps * scale);
        var local = await TrainAsync(steps, new LocalLaneSource(EnvironmentRegistry.Default), new LocalReplaySource()).ConfigureAwait(false);

        using var env = await ServiceProcess.StartAsync(typeof(EnvService.Application).Assembly.Location).ConfigureAwait(false);
        using var replay = await ServiceProcess.StartAsync(typeof(ReplayService.Application).Assembly.Location).ConfigureAwait(false);
        using var envChannel = GrpcChannel.ForAddress(env.Address);
        using var replayChannel = GrpcChannel.ForAddress(replay.Address);
        var services = await TrainAsync(
            steps,
            new GrpcLaneSource(new Contracts.Env.V1.EnvService.EnvServiceClient(envChannel)),
            new GrpcReplaySource(new Contracts.Replay.V1.ReplayService.ReplayServiceClient(replayChannel))).ConfigureAwait(false);

        return
        [
            new BenchmarkResult("cartpole-dense-inprocess", local.StepsPerSecond, "steps/s"),
            new BenchmarkResult("cartpole-dense-services", services.StepsPerSecond, "steps/s", "the same in one process", local.StepsPerSecond),
            new BenchmarkResult("step-env-round-trip", services.EnvironmentMicroseconds, "us"),
            new BenchmarkResult("step-replay-round-trip", services.ReplayMicroseconds, "us"),
            new BenchmarkResult("step-rest", services.RestMicroseconds, "us"),
            new BenchmarkResult("dense32x2-update-b32", UpdateMicroseconds((int)(50_000 * scale)), "us"),
            new BenchmarkResult("dense32x2-act-b1", ActNanoseconds((int)(2_000_000 * scale)), "ns"),
        ];
    }

    private static async Task<Timing> TrainAsync(int steps, ILaneSource lanes, IReplaySource replay)
    {
        var settings = (DqnSettings)PresetCatalog.Resolve(
            "cartpole-dense",
            [new("Run:GoalReturn", "501"), new("Run:MaxEpisodes", "0"), new("Run:MaxSteps", steps.ToString(CultureInfo.InvariantCulture))]);
        // A short run first: compiled code and open connections are part of no step.
        SettingsEditor.Apply(settings, [new("Run:MaxSteps", Math.Max(100, steps / 5).ToString(CultureInfo.InvariantCulture))]);
        await new DeepQLearning(settings, $"warm-{Guid.NewGuid():N}", lanes, replay, new SilentObserver()).TrainAsync(CancellationToken.None).ConfigureAwait(false);
        SettingsEditor.Apply(settings, [new("Run:MaxSteps", steps.ToString(CultureInfo.InvariantCulture))]);

        var (timedLanes, timedReplay) = (new TimedLaneSource(lanes), new TimedReplaySource(replay));
        var clock = Stopwatch.StartNew();
        await new DeepQLearning(settings, $"run-{Guid.NewGuid():N}", timedLanes, timedReplay, new SilentObserver()).TrainAsync(CancellationToken.None).ConfigureAwait(false);
        var elapsed = clock.Elapsed;
        return new Timing(
            steps / elapsed.TotalSeconds,
            timedLanes.Time.TotalMicroseconds / timedLanes.Steps,
            timedReplay.Time.TotalMicroseconds / steps,
            (elapsed - timedLanes.Time - timedReplay.Time).TotalMicroseconds / steps);
    }

    private static double UpdateMicroseconds(int updates)
    {
        var network = new DenseQNetwork([4, 32, 32, 2], seed: 1, learningRate: 2e-4, clipValue: 2);
        var (observations, labels) = (new float[32 * 4], new float[32 * 2]);
        Array.Fill(observations, 0.1f);
        return Time(updates, () => network.Train(observations, 32, labels)).TotalMicroseconds / updates;
    }

    private static double ActNanoseconds(int actions)
    {
        var network = new DenseQNetwork([4, 32, 32, 2], seed: 1, learningRate: 2e-4, clipValue: 2);
        var (observation, values) = (new float[4], new float[2]);
        return Time(actions, () => network.Forward(observation, 1, values)).TotalNanoseconds / actions;
    }

    private static TimeSpan Time(int times, Action action)
    {
        var clock = new Stopwatch();
        for (var i = -times; i < times; i++)
        {
            if (i == 0)
            {
                clock.Start();
            }

            action();
        }

        return clock.Elapsed;
    }

    private sealed record Timing(double StepsPerSecond, double EnvironmentMicroseconds, double ReplayMicroseconds, double RestMicroseconds);
}
