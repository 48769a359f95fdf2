using System.Globalization;
using DqnAspire.Contracts.Learner.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;

namespace DqnAspire.Services.Tests;

/// <summary>
/// All four services, put together as in their own processes, at free loopback ports; real clients of them.
/// </summary>
public class TestSystem : IAsyncLifetime
{
    private readonly List<GrpcChannel> _channels = [];
    private readonly string _runs = Directory.CreateTempSubdirectory("dqn-services-").FullName;

    private WebApplication? _env;
    private WebApplication? _replay;
    private WebApplication? _learner;
    private WebApplication? _eval;

    public string RunsDirectory => _runs;

    public Contracts.Env.V1.EnvService.EnvServiceClient Env { get; private set; } = null!;

    public Contracts.Replay.V1.ReplayService.ReplayServiceClient Replay { get; private set; } = null!;

    public Contracts.Learner.V1.LearnerService.LearnerServiceClient Learner { get; private set; } = null!;

    public Contracts.Eval.V1.EvalService.EvalServiceClient Eval { get; private set; } = null!;

    /// <summary>The HTTP/1.1 addresses by service.</summary>
    public IReadOnlyDictionary<string, Uri> HttpAddresses =>
        Services.ToDictionary(s => s.Key, s => new Uri(s.Value.Urls.Last()));

    /// <summary>The services themselves, by the names of their resources.</summary>
    public IReadOnlyDictionary<string, WebApplication> Services => new Dictionary<string, WebApplication>
    {
        ["env"] = _env!,
        ["replay"] = _replay!,
        ["learner"] = _learner!,
        ["eval"] = _eval!,
    };

    /// <summary>Port of EnvService's gRPC side.</summary>
    public int EnvPort => new Uri(_env!.Urls.First()).Port;

    /// <summary>Port of ReplayService's gRPC side.</summary>
    public int ReplayPort => new Uri(_replay!.Urls.First()).Port;

    public virtual async ValueTask InitializeAsync()
    {
        _env = EnvService.Application.Build(Ports());
        await _env.StartAsync();
        _replay = BuildReplay();
        await _replay.StartAsync();
        _learner = BuildLearner(port: null);
        await _learner.StartAsync();
        _eval = BuildEval(EvalPort);
        await _eval.StartAsync();

        Env = new(Channel(_env));
        Replay = new(Channel(_replay));
        Learner = new(Channel(_learner));
        Eval = new(Channel(_eval));
    }

    /// <summary>Takes a service away in the middle of whatever it does.</summary>
    public async Task StopEnvAsync() => await _env!.StopAsync();

    /// <summary>Ends EnvService as a whole, and starts another at the same port.</summary>
    public async Task RestartEnvAsync()
    {
        var port = new Uri(_env!.Urls.First()).Port;
        await _env.StopAsync();
        await _env.DisposeAsync();
        _env = EnvService.Application.Build(Ports(port));
        await _env.StartAsync();
        await ReachAsync(() => Env.ListAsync(new()).ResponseAsync);
    }

    /// <summary>Ends ReplayService as a whole, and starts another at the same port.</summary>
    public async Task RestartReplayAsync()
    {
        var port = new Uri(_replay!.Urls.First()).Port;
        await _replay.StopAsync();
        await _replay.DisposeAsync();
        _replay = BuildReplay(port);
        await _replay.StartAsync();
        await ReachAsync(() => Replay.ListAsync(new()).ResponseAsync);
    }

    /// <summary>Ends the learner as a whole, and starts another at the same port.</summary>
    /// <param name="arguments">What it is started with besides the usual.</param>
    public async Task RestartLearnerAsync(params string[] arguments)
    {
        var port = new Uri(_learner!.Urls.First()).Port;
        await _learner.StopAsync();
        await _learner.DisposeAsync();
        _learner = BuildLearner(port, arguments);
        await _learner.StartAsync();
        await ReachAsync(() => Learner.ListRunsAsync(new()).ResponseAsync);
    }

    /// <summary>Ends EvalService as a whole.</summary>
    public async Task StopEvalAsync()
    {
        await _eval!.StopAsync();
        await _eval.DisposeAsync();
        _eval = null;
    }

    /// <summary>Starts another EvalService at the port of the one that was stopped.</summary>
    public async Task StartEvalAsync()
    {
        _eval = BuildEval(EvalPort);
        await _eval.StartAsync();
    }

    /// <summary>
    /// Calls until a channel has seen that its old connection is closed: a call that was given to that one fails.
    /// </summary>
    private static async Task ReachAsync(Func<Task> call)
    {
        for (var reached = false; !reached;)
        {
            try
            {
                await call();
                reached = true;
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.Unavailable)
            {
                // Not yet.
            }
        }
    }

    /// <summary>Starts a further learner in the same surroundings.</summary>
    public async Task<(
        WebApplication Service,
        Contracts.Learner.V1.LearnerService.LearnerServiceClient Client)> StartLearnerAsync(params string[] arguments)
    {
        var learner = LearnerService.Application.Build(
            [.. Ports(), Discover("env", _env!), Discover("replay", _replay!), .. arguments]);
        await learner.StartAsync();
        return (learner, new(Channel(learner)));
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels)
        {
            channel.Dispose();
        }

        foreach (var app in new[] { _eval, _learner, _replay, _env })
        {
            if (app is not null)
            {
                await app.StopAsync();
                await app.DisposeAsync();
            }
        }

        Directory.Delete(_runs, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs a preset to its end.</summary>
    public async Task<Progress> TrainAsync(string preset, params (string Name, string Value)[] settings) =>
        await EndAsync(Learner, await StartAsync(preset, settings));

    /// <summary>Starts a run.</summary>
    public async Task<string> StartAsync(string preset, params (string Name, string Value)[] settings)
    {
        var start = new StartRequest { Preset = preset };
        foreach (var (name, value) in settings)
        {
            start.Settings.Add(name, value);
        }

        return (await Learner.StartAsync(start, cancellationToken: TestContext.Current.CancellationToken)).RunId;
    }

    /// <summary>Waits for the end of a learner's run.</summary>
    public static async Task<Progress> EndAsync(
        Contracts.Learner.V1.LearnerService.LearnerServiceClient learner, string runId)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var watch = learner.Watch(
            new WatchRequest { RunId = runId, PeriodSeconds = 0.05 }, cancellationToken: cancellation);
        Progress? last = null;
        while (await watch.ResponseStream.MoveNext(cancellation))
        {
            last = watch.ResponseStream.Current;
        }

        return last!;
    }

    /// <summary>Fetches a run's parameters as one file.</summary>
    public Task<(ParametersHeader Header, byte[] File)> ParametersAsync(string runId, ParameterSelection selection) =>
        ParametersAsync(Learner, runId, selection);

    /// <summary>Fetches a run's parameters from a learner as one file.</summary>
    public static async Task<(ParametersHeader Header, byte[] File)> ParametersAsync(
        Contracts.Learner.V1.LearnerService.LearnerServiceClient learner, string runId, ParameterSelection selection)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var call = learner.Parameters(
            new ParametersRequest { RunId = runId, Selection = selection }, cancellationToken: cancellation);
        Assert.True(await call.ResponseStream.MoveNext(cancellation));
        var header = call.ResponseStream.Current.Header;
        using var file = new MemoryStream();
        while (await call.ResponseStream.MoveNext(cancellation))
        {
            file.Write(call.ResponseStream.Current.Chunk.Span);
        }

        Assert.Equal(header.Size, file.Length);
        return (header, file.ToArray());
    }

    /// <summary>What the learner is started with besides its surroundings.</summary>
    protected virtual IReadOnlyList<string> LearnerArguments => [];

    /// <summary>Where ReplayService keeps its tables; empty: in memory.</summary>
    protected virtual string ReplayDirectory => _runs;

    /// <summary>Further settings of ReplayService.</summary>
    protected virtual string[] ReplaySettings => [];

    /// <summary>Port of EvalService; null: any.</summary>
    protected virtual int? EvalPort => null;

    private WebApplication BuildLearner(int? port, params string[] arguments) => LearnerService.Application.Build(
        [
            .. Ports(port), Discover("env", _env!), Discover("replay", _replay!), $"--Learner:RunsDirectory={_runs}",
            .. LearnerArguments, .. arguments,
        ]);

    private WebApplication BuildEval(int? port) =>
        EvalService.Application.Build([.. Ports(port), Discover("env", _env!), Discover("learner", _learner!)]);

    /// <summary>Builds a ReplayService, this system's or another of its kind.</summary>
    protected WebApplication BuildReplay(int? port = null) =>
        ReplayService.Application.Build(
            [.. Ports(port), $"--Replay:DataDirectory={ReplayDirectory}", .. ReplaySettings]);

    /// <summary>What the services log.</summary>
    protected virtual string[] LogSettings => ["--Logging:LogLevel:Default=Warning"];

    private string[] Ports(int? grpcPort = null) =>
    [
        string.Create(
            CultureInfo.InvariantCulture,
            $"--Kestrel:Endpoints:grpc:Url=http://127.0.0.1:{grpcPort ?? TestPorts.Next()}"),
        "--Kestrel:Endpoints:http:Url=http://127.0.0.1:0",
        .. LogSettings,
    ];

    private static string Discover(string name, WebApplication app) =>
        string.Create(CultureInfo.InvariantCulture, $"--services:{name}:grpc:0={app.Urls.First()}");

    /// <summary>A channel to a service, closed with the system.</summary>
    protected GrpcChannel Channel(WebApplication app)
    {
        var channel = GrpcChannel.ForAddress(app.Urls.First());
        _channels.Add(channel);
        return channel;
    }
}

/// <summary>The same, with a learner that has its runs evaluated.</summary>
public sealed class EvaluatingSystem : TestSystem
{
    private readonly int _port = TestPorts.Next();

    protected override int? EvalPort => _port;

    protected override IReadOnlyList<string> LearnerArguments =>
        [string.Create(
            CultureInfo.InvariantCulture,
            $"--services:eval:grpc:0=http://127.0.0.1:{_port}"), "--Learner:ServicePatienceSeconds=5"];
}

/// <summary>The same, with experience in memory.</summary>
public sealed class InMemorySystem : TestSystem
{
    protected override string ReplayDirectory => "";
}

/// <summary>The same, with a learner that waits for no service.</summary>
public sealed class ImpatientSystem : TestSystem
{
    protected override IReadOnlyList<string> LearnerArguments => ["--Learner:ServicePatienceSeconds=0.3"];
}
