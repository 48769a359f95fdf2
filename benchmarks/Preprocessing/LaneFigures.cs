using System.Diagnostics;
using DqnAspire.Clients;
using DqnAspire.Core.Lanes;
using DqnAspire.Environments;
using DqnAspire.Environments.Atari;
using DqnAspire.Environments.BuiltIn;
using Grpc.Net.Client;

namespace DqnAspire.Benchmarks.Preprocessing;

/// <summary>
/// Steps a second of eight lanes, all lanes counted, with a whole pipeline: in this process, and at EnvService in a
/// process of its own with as many threads. The client waits for the observations of a step before it sends the next
/// actions, as an agent has to. Rounds of the two take turns, so that other work on the machine meets both. Idle lanes
/// cost the exchange with all its bytes, and no step.
/// </summary>
/// <param name="scale">Part of the usual number of steps.</param>
/// <param name="cancellationToken">Gives up between rounds.</param>
internal sealed class LaneFigures(double scale, CancellationToken cancellationToken)
{
    private const int Lanes = 8;
    private const int StepsPerRound = 50;
    private const int Rounds = 60;
    /// <summary>
    /// As the services have it among themselves: a step's observations do not wait for leave to be sent.
    /// </summary>
    private const int WindowBytes = 4 << 20;

    private const string Preprocessing = "breakout-keras";

    private readonly int _threads = Math.Min(Lanes, Environment.ProcessorCount);

    /// <summary>Two figures for each game that comes with the library.</summary>
    public async Task<IReadOnlyList<BenchmarkResult>> RunAsync()
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var service = await ServiceProcess.StartAsync(
            typeof(EnvService.Application)
                .Assembly.Location, cancellationToken, $"--Env:ThreadsPerSession={_threads}").ConfigureAwait(false);
        using var handler = new SocketsHttpHandler { InitialHttp2StreamWindowSize = WindowBytes };
        using var channel = GrpcChannel.ForAddress(service.Address, new GrpcChannelOptions { HttpHandler = handler });
        var far = new GrpcLaneSource(new Contracts.Env.V1.EnvService.EnvServiceClient(channel));
        var near = new LocalLaneSource(BuiltInEnvironments.Registry, _threads);
        var results = new List<BenchmarkResult>();
        foreach (var game in BundledCartridges.Ids)
        {
            var (nearTime, farTime, idleTime) = await MeasureAsync(
                $"{char.ToUpperInvariant(game[0])}{game[1..]}NoFrameskip-v4", near, far).ConfigureAwait(false);
            var nearRate = Lanes / nearTime.TotalSeconds;
            results.Add(new BenchmarkResult($"lanes8-{game}-inprocess", nearRate, "steps/s"));
            results.Add(new BenchmarkResult(
                $"lanes8-{game}-service", Lanes / farTime.TotalSeconds, "steps/s", "in one process", nearRate));
            results.Add(new BenchmarkResult($"lanes8-{game}-service-idle", idleTime.TotalMicroseconds, "us"));
        }

        return results;
    }

    /// <summary>
    /// Time of a step of all lanes: here, at the service, and at the service when every lane is idle.
    /// </summary>
    private async Task<(TimeSpan Near, TimeSpan Far, TimeSpan Idle)> MeasureAsync(
        string id, ILaneSource nearSource, ILaneSource farSource)
    {
        await using var near = await OpenAsync(nearSource).ConfigureAwait(false);
        await using var far = await OpenAsync(farSource).ConfigureAwait(false);
        var (fastestNear, fastestFar, fastestIdle) = (TimeSpan.MaxValue, TimeSpan.MaxValue, TimeSpan.MaxValue);
        var steps = Math.Max(1, (int)(StepsPerRound * scale));
        for (var round = 0; round < Math.Max(1, Rounds * scale); round++)
        {
            fastestNear = Least(fastestNear, await PlayAsync(near, steps, round).ConfigureAwait(false));
            fastestFar = Least(fastestFar, await PlayAsync(far, steps, round).ConfigureAwait(false));
            fastestIdle = Least(fastestIdle, await PlayAsync(far, steps, seed: null).ConfigureAwait(false));
        }

        return (fastestNear / steps, fastestFar / steps, fastestIdle / steps);

        static TimeSpan Least(TimeSpan left, TimeSpan right) => left < right ? left : right;

        Task<ILanes> OpenAsync(ILaneSource source) =>
            source.OpenAsync(
                id,
                new Dictionary<string, string> { ["preprocessing"] = Preprocessing },
                Lanes,
                1,
                autoReset: true,
                cancellationToken);
    }

    /// <summary>Plays at random, or, without a seed, leaves every lane idle.</summary>
    private async Task<TimeSpan> PlayAsync(ILanes lanes, int steps, int? seed)
    {
        var random = seed is { } value ? new Random(value) : null;
        var actions = new int[Lanes];
        var started = Stopwatch.GetTimestamp();
        for (var step = 0; step < steps; step++)
        {
            foreach (ref var action in actions.AsSpan())
            {
                action = random?.Next(lanes.Environment.Actions) ?? EnvironmentLanes.Idle;
            }

            await lanes.StepAsync(actions, cancellationToken).ConfigureAwait(false);
        }

        return Stopwatch.GetElapsedTime(started);
    }
}
