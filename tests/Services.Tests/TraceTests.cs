using DqnAspire.Contracts.Env.V1;
using DqnAspire.Contracts.Eval.V1;
using DqnAspire.Contracts.Learner.V1;
using Grpc.Net.Client;

namespace DqnAspire.Services.Tests;

/// <summary>A run and an evaluation as traces, through four services in processes of their own.</summary>
public sealed class TraceTests : IDisposable
{
    private readonly List<IDisposable> _resources = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("dqn-traces-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ARunAndItsEvaluation_AreTracesThatTellTheirStory()
    {
        await using var collector = await OtlpCollector.StartAsync();
        var env = Start(collector, "EnvService");
        var replay = Start(collector, "ReplayService");
        var learner = Start(
            collector, "LearnerService", $"--services:env:grpc:0={env.Address}",
            $"--services:replay:grpc:0={replay.Address}", $"--Learner:RunsDirectory={_folder}");
        var eval = Start(
            collector,
            "EvalService",
            $"--services:env:grpc:0={env.Address}",
            $"--services:learner:grpc:0={learner.Address}");
        foreach (var service in new[] { env, replay, learner, eval })
        {
            await service.PrintedAsync(
                line => line.Contains("Application started", StringComparison.Ordinal), Cancellation);
        }

        await TrainAsync(learner);
        await EvaluateAsync(eval);
        await new Contracts.Env.V1.EnvService.EnvServiceClient(Channel(env)).ListAsync(
            new ListRequest(), cancellationToken: Cancellation);
        using (var http = new HttpClient())
        {
            await http.GetStringAsync(new Uri(env.HttpAddress, "/metrics"), Cancellation);
        }

        foreach (var service in new[] { eval, learner, replay, env })
        {
            // What is left is sent at the end.
            Assert.Equal(0, await service.StopAsync(Cancellation));
        }

        AssertRun(collector);
        AssertEvaluation(collector);
        await collector.SpanAsync("env", "dqn.env.v1.EnvService/List");
        // Neither what comes with every update, nor pages, nor the sending of all this.
        Assert.All(
            collector.Spans,
            span => Assert.Matches(
                @"^(run|checkpoint|publish best parameters|evaluation|episode|"
                + @"dqn\.[a-z]+\.v1\.[A-Za-z]+Service/(?!UpdatePriorities|Act$)[A-Za-z]+)$",
                span.Name));
    }

    public void Dispose()
    {
        _resources.ForEach(resource => resource.Dispose());
        Directory.Delete(_folder, recursive: true);
    }

    private static void AssertRun(OtlpCollector collector)
    {
        var run = Assert.Single(collector.Spans, s => s.Name == "run");
        Assert.Equal(("learner", "", "300"), (run.Service, run.Parent, run.Attributes["dqn.run.steps"]));
        foreach (var (service, call, count) in new[]
        {
            // Training and validation; the checkpoints of steps 100 and 200.
            ("env", "dqn.env.v1.EnvService/Interact", 2), ("replay", "dqn.replay.v1.ReplayService/Append", 1),
            ("replay", "dqn.replay.v1.ReplayService/Sample", 1), ("replay", "dqn.replay.v1.ReplayService/Mark", 2),
        })
        {
            var sent = collector.In(run, "learner", call);
            Assert.Equal(count, sent.Count);
            Assert.Equal(
                sent.Select(s => s.Id).Order(), collector.In(run, service, call).Select(s => s.Parent).Order());
        }

        Assert.Equal(
            ["100", "200"], collector.In(run, "learner", "checkpoint").Select(s => s.Attributes["dqn.run.steps"]));
        Assert.NotEmpty(collector.In(run, "learner", "publish best parameters"));
    }

    private static void AssertEvaluation(OtlpCollector collector)
    {
        var evaluate = Assert.Single(collector.Spans, s => s.Name == "dqn.eval.v1.EvalService/Evaluate");
        var evaluation = Assert.Single(collector.In(evaluate, "eval", "evaluation"));
        Assert.Equal(
            ("eval", 2, "OK", evaluate.Id),
            (evaluate.Service, evaluate.Kind, evaluate.Attributes["rpc.response.status_code"], evaluation.Parent));
        Assert.Equal(
            ["0", "1", "2"],
            collector.In(evaluation, "eval", "episode").Select(s => s.Attributes["dqn.episode.index"]).Order());
        foreach (var (
            service, call) in new[] { ("learner", "dqn.learner.v1.LearnerService/Parameters"),
            ("env", "dqn.env.v1.EnvService/Interact") })
        {
            var sent = Assert.Single(collector.In(evaluation, "eval", call));
            var answered = Assert.Single(collector.In(evaluation, service, call));
            Assert.Equal((3, evaluation.Id), (sent.Kind, sent.Parent));
            Assert.Equal((2, sent.Id), (answered.Kind, answered.Parent));
        }
    }

    private async Task TrainAsync(ServiceProcess learner)
    {
        var client = new Contracts.Learner.V1.LearnerService.LearnerServiceClient(Channel(learner));
        var start = new StartRequest
        {
            Preset = "cartpole-dense",
            Settings =
            {
                { "Run:MaxSteps", "300" }, { "Run:GoalReturn", "501" }, { "Run:CheckpointPeriod", "100" },
                { "Replay:PrefillSteps", "150" },
                { "Replay:Sampling", "Prioritized" }, { "Agent:Loss", "Huber" }, { "Agent:Rule", "None" },
            },
        };
        var run = await client.StartAsync(start, cancellationToken: Cancellation);
        Assert.Equal("", (await TestSystem.EndAsync(client, run.RunId)).Error);
    }

    private async Task EvaluateAsync(ServiceProcess eval)
    {
        using var call = new Contracts.Eval.V1.EvalService.EvalServiceClient(Channel(eval)).Evaluate(
            new EvaluateRequest { Episodes = 3 }, cancellationToken: Cancellation);
        while (await call.ResponseStream.MoveNext(Cancellation))
        {
        }
    }

    private ServiceProcess Start(OtlpCollector collector, string service, params string[] arguments)
    {
        var process = new ServiceProcess(
            $"DqnAspire.{service}.dll")
        { Arguments = arguments, Variables = collector.Variables };
        _resources.Add(process);
        process.Start();
        return process;
    }

    private GrpcChannel Channel(ServiceProcess service)
    {
        var channel = GrpcChannel.ForAddress(service.Address);
        _resources.Add(channel);
        return channel;
    }
}
