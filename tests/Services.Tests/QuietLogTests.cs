using System.Net.Sockets;
using DqnAspire.Contracts.Env.V1;
using DqnAspire.Contracts.Eval.V1;
using DqnAspire.Contracts.Learner.V1;
using DqnAspire.Contracts.Replay.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Grpc.Reflection.V1Alpha;
using Microsoft.Extensions.Logging;
using ElementType = DqnAspire.Contracts.Common.V1.ElementType;

namespace DqnAspire.Services.Tests;

/// <summary>The same, with the log as users have it, though not on this console.</summary>
public sealed class TalkingSystem : TestSystem
{
    protected override string[] LogSettings => ["--Logging:Console:LogLevel:Default=None"];
}

/// <summary>Callers that give up, and connections that go away, are nothing that a log has to explain.</summary>
public sealed class QuietLogTests(TalkingSystem system) : IClassFixture<TalkingSystem>
{
    private const string Table = "quiet";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>
    /// Every call that goes on for longer, and the service that answers it; it is in the middle of its work when it has
    /// been opened.
    /// </summary>
    private static readonly (
        string Service, string Route, Func<CallInvoker, CancellationToken, Task<IDisposable>> Open)[] Calls =
    [
        ("env", "/dqn.env.v1.EnvService/Interact", OpenInteractAsync),
        ("replay", "/dqn.replay.v1.ReplayService/Append", OpenAppendAsync),
        ("replay", "/dqn.replay.v1.ReplayService/Sample", OpenSampleAsync),
        ("replay", "/dqn.replay.v1.ReplayService/Mark", OpenMarkAsync),
        ("learner", "/dqn.learner.v1.LearnerService/Watch", OpenWatchAsync),
        ("learner", "/dqn.learner.v1.LearnerService/Parameters", OpenParametersAsync),
        ("eval", "/dqn.eval.v1.EvalService/Evaluate", OpenEvaluateAsync),
        ("env", "/grpc.health.v1.Health/Watch", OpenWatchHealthAsync),
        ("env", "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", OpenServerReflectionInfoAsync),
    ];

    [Fact]
    public async Task CallsThatEndFromOutside_LeaveNoExceptionInTheLog()
    {
        using var log = new RecordedLog();
        foreach (var service in system.Services.Values)
        {
            log.Listen(service);
        }

        var ended = system.Services.ToDictionary(s => s.Key, s => new EndedRequests(s.Value));
        await PrepareAsync();

        foreach (var (service, route, open) in Calls)
        {
            var address = system.Services[service].Urls.First();
            for (var i = 0; i < 5; i++)
            {
                await CancelAsync(address, open);
                await DisposeAsync(address, open);
                await ResetAsync(address, open);
            }

            await ended[service].ReachedAsync(route, 15, Patience);
        }

        foreach (var requests in ended.Values)
        {
            requests.Dispose();
        }

        Assert.DoesNotContain(log.Entries, e => e.Exception is not null || e.Level > LogLevel.Information);
        // What is worth a line is there: this log does hear of calls.
        Assert.Contains(
            log.Entries, e => e.Message.StartsWith("Session ended by its client going away", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AServiceThatGoesAway_IsOneLineAtItsCaller()
    {
        using var log = new RecordedLog();
        log.Listen(system.Services["learner"]);
        await PrepareAsync();
        await system.Learner.ResumeAsync(new ResumeRequest(), cancellationToken: Cancellation);

        await system.RestartEnvAsync();
        await WatchAsync(p => p.Notice.Length > 0);
        var steps = (await WatchAsync(_ => true)).Steps;
        await WatchAsync(p => p.Steps > steps);

        Assert.DoesNotContain(log.Entries, e => e.Exception is not null || e.Level > LogLevel.Warning);
        var lost = Assert.Single(log.Entries, e => e.Level == LogLevel.Warning);
        Assert.Matches(": EnvService .* The run continues from (its start|the checkpoint of step [0-9,]+) when the "
            + "service is back.$", lost.Message);
        Assert.Contains(log.Entries, e => e.Message.Contains(
            "EnvService was lost and is back. The run continues from ", StringComparison.Ordinal));
    }

    private static async Task CancelAsync(string address, Func<CallInvoker, CancellationToken, Task<IDisposable>> open)
    {
        using var channel = GrpcChannel.ForAddress(address);
        using var cancel = new CancellationTokenSource();
        using var call = await open(channel.CreateCallInvoker(), cancel.Token);
        await cancel.CancelAsync();
    }

    private static async Task DisposeAsync(string address, Func<CallInvoker, CancellationToken, Task<IDisposable>> open)
    {
        using var channel = GrpcChannel.ForAddress(address);
        (await open(channel.CreateCallInvoker(), CancellationToken.None)).Dispose();
    }

    /// <summary>The connection is not closed in order: its socket is reset.</summary>
    private static async Task ResetAsync(string address, Func<CallInvoker, CancellationToken, Task<IDisposable>> open)
    {
        var socket = new Socket(
            SocketType.Stream, ProtocolType.Tcp)
        { NoDelay = true, LingerState = new LingerOption(true, 0) };
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, token) =>
            {
                await socket.ConnectAsync(context.DnsEndPoint, token);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = handler });
        using var call = await open(channel.CreateCallInvoker(), CancellationToken.None);
        socket.Close();
    }

    private static async Task<IDisposable> AnsweredAsync<T>(IDisposable call, IAsyncStreamReader<T> responses)
    {
        Assert.True(await responses.MoveNext(Cancellation));
        return call;
    }

    private static async Task<IDisposable> OpenInteractAsync(CallInvoker invoker, CancellationToken token)
    {
        var call = new Contracts.Env.V1.EnvService.EnvServiceClient(invoker).Interact(cancellationToken: token);
        await call.RequestStream.WriteAsync(
            new InteractRequest { Open = new OpenLanes { EnvironmentId = "CartPole-v1", Lanes = 1 } }, Cancellation);
        return await AnsweredAsync(call, call.ResponseStream);
    }

    private static async Task<IDisposable> OpenAppendAsync(CallInvoker invoker, CancellationToken token)
    {
        var call = new Contracts.Replay.V1.ReplayService.ReplayServiceClient(invoker).Append(cancellationToken: token);
        await call.RequestStream.WriteAsync(Steps(), Cancellation);
        return await AnsweredAsync(call, call.ResponseStream);
    }

    private static async Task<IDisposable> OpenSampleAsync(CallInvoker invoker, CancellationToken token)
    {
        var call = new Contracts.Replay.V1.ReplayService.ReplayServiceClient(invoker).Sample(cancellationToken: token);
        await call.RequestStream.WriteAsync(
            new SampleRequest { Open = new OpenSampler { Table = Table, BatchSize = 1, WithReplacement = true } },
            Cancellation);
        await call.RequestStream.WriteAsync(
            new SampleRequest { Credit = new SampleCredit { Batches = 1 } }, Cancellation);
        await AnsweredAsync(call, call.ResponseStream);
        // This one waits for records that never come.
        await call.RequestStream.WriteAsync(
            new SampleRequest { Credit = new SampleCredit { Batches = 1, AfterRecords = long.MaxValue } },
            Cancellation);
        return call;
    }

    private static async Task<IDisposable> OpenMarkAsync(CallInvoker invoker, CancellationToken token)
    {
        var replay = new Contracts.Replay.V1.ReplayService.ReplayServiceClient(invoker);
        await replay.ListAsync(new Contracts.Replay.V1.ListRequest(), cancellationToken: Cancellation);
        var call = replay.MarkAsync(
            new MarkRequest { Table = Table, Mark = "late", AfterRecords = long.MaxValue }, cancellationToken: token);
        _ = call.ResponseAsync.ContinueWith(t => t.Exception, TaskScheduler.Default);
        // It says nothing before its end; but it is there before the next one on its connection.
        await replay.ListAsync(new Contracts.Replay.V1.ListRequest(), cancellationToken: Cancellation);
        return call;
    }

    private static async Task<IDisposable> OpenWatchAsync(CallInvoker invoker, CancellationToken token)
    {
        var call = new Contracts.Learner.V1.LearnerService.LearnerServiceClient(invoker).Watch(
            new Contracts.Learner.V1.WatchRequest { PeriodSeconds = 0.001 }, cancellationToken: token);
        return await AnsweredAsync(call, call.ResponseStream);
    }

    private static async Task<IDisposable> OpenParametersAsync(CallInvoker invoker, CancellationToken token)
    {
        var call = new Contracts.Learner.V1.LearnerService.LearnerServiceClient(invoker).Parameters(
            new ParametersRequest { Follow = true }, cancellationToken: token);
        return await AnsweredAsync(call, call.ResponseStream);
    }

    private static async Task<IDisposable> OpenEvaluateAsync(CallInvoker invoker, CancellationToken token)
    {
        var call = new Contracts.Eval.V1.EvalService.EvalServiceClient(invoker).Evaluate(
            new EvaluateRequest { Episodes = 100_000 }, cancellationToken: token);
        return await AnsweredAsync(call, call.ResponseStream);
    }

    private static async Task<IDisposable> OpenWatchHealthAsync(CallInvoker invoker, CancellationToken token)
    {
        var call = new Health.HealthClient(invoker).Watch(new HealthCheckRequest(), cancellationToken: token);
        return await AnsweredAsync(call, call.ResponseStream);
    }

    private static async Task<IDisposable> OpenServerReflectionInfoAsync(CallInvoker invoker, CancellationToken token)
    {
        var call = new ServerReflection.ServerReflectionClient(invoker).ServerReflectionInfo(cancellationToken: token);
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" }, Cancellation);
        return await AnsweredAsync(call, call.ResponseStream);
    }

    private static AppendRequest Steps() => new()
    {
        Table = Table,
        Steps = new StepBlock
        {
            Lanes = { 0, 0 },
            Actions = { -1, 0 },
            Rewards = { 0, 1 },
            Flags = ByteString.CopyFrom(4, 0),
            Observations = ByteString.CopyFrom(new byte[8]),
        },
    };

    /// <summary>A table, and a run that waits and whose parameters are known.</summary>
    private async Task PrepareAsync(params (string Name, string Value)[] settings)
    {
        if ((await system.Replay.ListAsync(
            new Contracts.Replay.V1.ListRequest(),
            cancellationToken: Cancellation)).Tables.All(t => t.Spec.Name != Table))
        {
            var table = new TableSpec
            {
                Name = Table,
                ElementType = ElementType.Uint8,
                ObservationShape = { 4 },
                Capacity = 100
            };
            await system.Replay.CreateAsync(new CreateRequest { Spec = table }, cancellationToken: Cancellation);
        }

        if ((await system.Learner.ListRunsAsync(new ListRunsRequest(), cancellationToken: Cancellation)).Runs.Count > 0)
        {
            await system.Learner.StopAsync(new StopRequest(), cancellationToken: Cancellation);
        }

        await system.StartAsync(
            "cartpole-dense", [("Run:GoalReturn", "501"), ("Run:MaxEpisodes", "100000"), .. settings]);
        await WatchAsync(p => p.ParameterVersion > 0);
        await system.Learner.PauseAsync(new PauseRequest(), cancellationToken: Cancellation);
    }

    private async Task<Progress> WatchAsync(Func<Progress, bool> until)
    {
        using var watch = system.Learner.Watch(
            new Contracts.Learner.V1.WatchRequest { PeriodSeconds = 0.01 }, cancellationToken: Cancellation);
        while (await watch.ResponseStream.MoveNext(Cancellation))
        {
            if (until(watch.ResponseStream.Current))
            {
                return watch.ResponseStream.Current;
            }
        }

        throw new InvalidOperationException("The run has ended.");
    }
}
