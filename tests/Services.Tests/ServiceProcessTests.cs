using System.Net;
using System.Net.Sockets;
using DqnAspire.Contracts.Eval.V1;
using DqnAspire.Contracts.Learner.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DqnAspire.Services.Tests;

/// <summary>
/// Services as processes of their own, as they are started by hand, by Aspire, or where a proxy is set.
/// </summary>
public sealed class ServiceProcessTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("DqnAspire.EnvService.dll", "dqn.env.v1.EnvService")]
    [InlineData("DqnAspire.ReplayService.dll", "dqn.replay.v1.ReplayService")]
    [InlineData("DqnAspire.LearnerService.dll", "dqn.learner.v1.LearnerService")]
    [InlineData("DqnAspire.EvalService.dll", "dqn.eval.v1.EvalService")]
    public async Task StartedFromAnyFolder_AServiceFindsItsSettings_AndListensWhereTheySay(
        string assembly, string service)
    {
        using var process = new ServiceProcess(assembly)
        {
            // What launchers and container images set.
            Variables = new Dictionary<string, string>
            {
                ["ASPNETCORE_URLS"] = "http://localhost:5999",
                ["ASPNETCORE_HTTP_PORTS"] = "8080"
            },
        };
        process.Start();
        await process.PrintedAsync(
            line => line.Contains("Application started", StringComparison.Ordinal), Cancellation);

        using var http = new HttpClient { BaseAddress = process.HttpAddress };
        Assert.Contains(
            $"<code>{service}</code>",
            await http.GetStringAsync(new Uri("/", UriKind.Relative), Cancellation),
            StringComparison.Ordinal);
        Assert.Equal(0, await process.StopAsync(Cancellation));
        // One line a message, each with a time, and nothing to worry about.
        Assert.All(process.Lines, line => Assert.Matches(@"^\d\d:\d\d:\d\d\.\d\d\d info: ", line));
    }

    [Fact]
    public async Task StartedByAspire_AServicePrintsNoTimes()
    {
        using var process = new ServiceProcess("DqnAspire.EnvService.dll")
        {
            Variables = new Dictionary<string, string> { ["LOGGING__CONSOLE__FORMATTERNAME"] = "simple" },
        };
        process.Start();

        Assert.StartsWith(
            "info: Microsoft.Hosting.Lifetime",
            await process.PrintedAsync(line => line.Contains(process.Address, StringComparison.Ordinal), Cancellation),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsOnThisMachine_IsNeverReachedThroughAProxy()
    {
        using var proxy = new TcpListener(IPAddress.Loopback, 0);
        proxy.Start();
        await using var collector = await OtlpCollector.StartAsync();
        await using var learner = await StartLearnerAsync();
        var address = learner.Urls.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        using var eval = new ServiceProcess("DqnAspire.EvalService.dll")
        {
            Arguments = [$"--services:learner:grpc:0={address}"],
            Variables = new Dictionary<string, string>(collector.Variables)
            {
                ["HTTP_PROXY"] = $"http://{proxy.LocalEndpoint}",
                ["ALL_PROXY"] = $"http://{proxy.LocalEndpoint}",
            },
        };
        eval.Start();
        await eval.PrintedAsync(line => line.Contains("Application started", StringComparison.Ordinal), Cancellation);
        using var channel = GrpcChannel.ForAddress(eval.Address);

        using var call = new Contracts.Eval.V1.EvalService.EvalServiceClient(channel).Evaluate(
            new EvaluateRequest(), cancellationToken: Cancellation);
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancellation));

        Assert.Contains("nothing learnt yet", error.Status.Detail, StringComparison.Ordinal);
        await collector.SpanAsync("eval", "dqn.eval.v1.EvalService/Evaluate");
        // Every two seconds, as nothing else was asked for.
        await collector.MetricsAsync();
        Assert.False(proxy.Pending());
    }

    /// <summary>A learner that has nothing, in this process.</summary>
    private static async Task<WebApplication> StartLearnerAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, TestPorts.Next(), listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        var app = builder.Build();
        app.MapGrpcService<EmptyLearner>();
        await app.StartAsync(Cancellation);
        return app;
    }

    private sealed class EmptyLearner : Contracts.Learner.V1.LearnerService.LearnerServiceBase
    {
        public override Task Parameters(
            ParametersRequest request,
            IServerStreamWriter<ParametersResponse> responseStream,
            ServerCallContext context) =>
            throw new RpcException(new Status(StatusCode.FailedPrecondition, "nothing learnt yet"));
    }
}
