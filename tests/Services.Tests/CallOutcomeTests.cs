using System.Globalization;
using DqnAspire.Contracts.Replay.V1;
using DqnAspire.ServiceDefaults;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DqnAspire.Services.Tests;

/// <summary>A service that fails, or answers late.</summary>
public sealed class CallOutcomeTests : IAsyncDisposable
{
    private readonly ReplayStub _stub = new();
    private readonly WebApplication _service;

    public CallOutcomeTests()
    {
        var builder = ServiceHost.CreateBuilder(typeof(ReplayService.Application).Assembly, Arguments());
        builder.AddServiceDefaults();
        builder.Services.AddSingleton(_stub);
        _service = builder.Build();
        _service.MapGrpcService<ReplayStub>();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AFailureThatNobodyExpected_IsLoggedOnce()
    {
        using var log = new RecordedLog();
        log.Listen(_service);
        await _service.StartAsync(Cancellation);
        using var channel = GrpcChannel.ForAddress(_service.Urls.First());
        _stub.Answer = () => throw new InvalidOperationException("this is a fault");

        var error = await Assert.ThrowsAsync<RpcException>(async () => await MarkAsync(new(channel)));

        Assert.Equal(
            (StatusCode.Internal, "InvalidOperationException: this is a fault"),
            (error.StatusCode, error.Status.Detail));
        var line = Assert.Single(log.Entries, e => e.Level >= LogLevel.Warning);
        Assert.Equal("/dqn.replay.v1.ReplayService/Mark failed.", line.Message);
        Assert.Equal("this is a fault", line.Exception?.Message);
    }

    [Fact]
    public async Task AnAnswerThatTakesAsLongAsTheServicePromises_IsWaitedFor()
    {
        await _service.StartAsync(Cancellation);
        await using var learner = LearnerService.Application.Build(
            [.. Arguments(), $"--services:replay:grpc:0={_service.Urls.First()}"]);
        var answer = new TaskCompletionSource();
        _stub.Answer = () => answer.Task;

        var waiting = MarkAsync(
            learner.Services.GetRequiredService<Contracts.Replay.V1.ReplayService.ReplayServiceClient>());
        await _stub.Asked.WaitAsync(Cancellation);
        // The learner's own call, as it arrived: whatever the service waits for, nobody gives up before it does.
        Assert.Equal(DateTime.MaxValue, _stub.Deadline);
        answer.SetResult();
        await waiting;
    }

    public async ValueTask DisposeAsync() => await _service.DisposeAsync();

    private static string[] Arguments() =>
    [
        string.Create(
            CultureInfo.InvariantCulture, $"--Kestrel:Endpoints:grpc:Url=http://127.0.0.1:{TestPorts.Next()}"),
        "--Kestrel:Endpoints:http:Url=http://127.0.0.1:0", "--Logging:Console:LogLevel:Default=None",
    ];

    private static Task<MarkResponse> MarkAsync(Contracts.Replay.V1.ReplayService.ReplayServiceClient replay) =>
        replay.MarkAsync(new MarkRequest { Table = "t", Mark = "m" }, cancellationToken: Cancellation).ResponseAsync;

    private sealed class ReplayStub : Contracts.Replay.V1.ReplayService.ReplayServiceBase
    {
        private readonly TaskCompletionSource _asked = new();

        public Func<Task> Answer { get; set; } = () => Task.CompletedTask;

        public Task Asked => _asked.Task;

        public DateTime Deadline { get; private set; }

        public override async Task<MarkResponse> Mark(MarkRequest request, ServerCallContext context)
        {
            Deadline = context.Deadline;
            _asked.SetResult();
            await Answer();
            return new MarkResponse();
        }
    }
}
