using System.Globalization;
using DqnAspire.Contracts.Eval.V1;
using DqnAspire.Contracts.Learner.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace DqnAspire.Benchmarks.Endurance;

/// <summary>
/// Memory of the four services over a run as long as eight hours of the nature preset at 250 steps/s: 7.2 million agent
/// steps, of CartPole, which is fast, with replay, checkpoints, log and evaluations on the way. Compared are the
/// highest of the second tenth, when every buffer has its size, and the highest of the ninth: in the last one the
/// learner reads its whole log to draw the curve.
/// </summary>
public sealed class EnduranceSuite : ISuite
{
    private const long Steps = 7_200_000;
    private const int Parts = 10;

    // Nothing ends the run early; few updates, as they cost the same each time.
    private static readonly string[] Settings =
    [
        "Run:GoalReturn=100000",
        "Run:CheckpointPeriod=60000",
        "Environment:Lanes=64",
        "Agent:UpdatePeriod=1024",
        "Agent:UpdatesPerPeriod=4",
        "Replay:Capacity=100000",
        "Validation:EveryEpisodes=5000",
    ];

    /// <inheritdoc/>
    public string Name => "endurance";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BenchmarkResult>> RunAsync(
        bool withPeer, double scale, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("dqn-endurance-");
        try
        {
            return await MeasureAsync(folder.FullName, (long)(Steps * scale), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<BenchmarkResult>> MeasureAsync(
        string folder, long steps, CancellationToken cancellationToken)
    {
        using var env = await StartAsync(typeof(EnvService.Application)).ConfigureAwait(false);
        using var replay = await StartAsync(
            typeof(ReplayService.Application), $"--Replay:DataDirectory={folder}/replay").ConfigureAwait(false);
        using var learner = await StartAsync(
            typeof(LearnerService.Application),
            At("env", env),
            At("replay", replay),
            $"--Learner:RunsDirectory={folder}/runs").ConfigureAwait(false);
        using var eval = await StartAsync(
            typeof(EvalService.Application), At("env", env), At("learner", learner)).ConfigureAwait(false);
        (string Name, ServiceProcess Process)[] services =
            [("env", env), ("replay", replay), ("learner", learner), ("eval", eval)];
        var highest = new double[services.Length, Parts];
        using var learnerChannel = GrpcChannel.ForAddress(learner.Address);
        using var evalChannel = GrpcChannel.ForAddress(eval.Address);
        var client = new Contracts.Learner.V1.LearnerService.LearnerServiceClient(learnerChannel);
        var evaluation = new Contracts.Eval.V1.EvalService.EvalServiceClient(evalChannel);
        var request = new StartRequest { Preset = "cartpole" };
        foreach (var setting in Settings.Append(string.Create(CultureInfo.InvariantCulture, $"Run:MaxSteps={steps}")))
        {
            var (key, value) = Agents.Settings.SettingsEditor.Parse(setting);
            request.Settings[key] = value;
        }

        var run = (await client.StartAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false)).RunId;
        using var watch = client.Watch(
            new WatchRequest { RunId = run, PeriodSeconds = 0.1 }, cancellationToken: cancellationToken);
        Progress? last = null;
        var evaluated = 0;
        await foreach (var progress in watch.ResponseStream.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            last = progress;
            var part = (int)Math.Min(progress.Steps * Parts / steps, Parts - 1);
            for (var service = 0; service < services.Length; service++)
            {
                highest[service, part] = Math.Max(highest[service, part], services[service].Process.ResidentMegabytes);
            }

            if (part > evaluated)
            {
                evaluated = part;
                await EvaluateAsync(evaluation, run, cancellationToken).ConfigureAwait(false);
            }
        }

        if (last is not { State: RunState.Unsolved })
        {
            throw new BenchmarkException($"The run ended as {last?.State}: {last?.Error}");
        }

        return
        [
            .. services.Select((service, i) => new BenchmarkResult(
                $"endurance-{service.Name}", highest[i, Parts - 2], "MB", "second tenth of the run", highest[i, 1])),
            new BenchmarkResult("endurance-steps", last.Steps / last.Seconds, "steps/s"),
        ];

        Task<ServiceProcess> StartAsync(Type application, params string[] settings) =>
            ServiceProcess.StartAsync(application.Assembly.Location, cancellationToken, settings);
    }

    private static async Task EvaluateAsync(
        Contracts.Eval.V1.EvalService.EvalServiceClient client, string run, CancellationToken cancellationToken)
    {
        var request = new EvaluateRequest { RunId = run, Episodes = 5 };
        using var call = client.Evaluate(request, cancellationToken: cancellationToken);
        await foreach (var response in call.ResponseStream.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            // What matters is that it is played.
        }
    }

    private static string At(string name, ServiceProcess service) => $"--services:{name}:grpc:0={service.Address}";
}
