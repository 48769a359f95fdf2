using System.Diagnostics;
using System.Net;
using DqnAspire.Grpc.Tests.Probe;
using Google.Protobuf;
using Grpc.Core;

namespace DqnAspire.Grpc.Tests;

public sealed class DeadlineTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BothSidesEndTheCallAtTheDeadline()
    {
        await using var server = await ProbeServer.StartAsync();
        var serverCancelled = new TaskCompletionSource<DateTime>(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Handler.Unary = async (_, context) =>
        {
            await WaitForCancellationAsync(context.CancellationToken);
            serverCancelled.SetResult(context.Deadline);
            return new ProbeReply();
        };
        var deadline = DateTime.UtcNow.AddMilliseconds(200);

        using var call = server.Client.UnaryAsync(new ProbeRequest(), deadline: deadline, cancellationToken: Cancelled);
        var exception = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);

        Assert.Equal(StatusCode.DeadlineExceeded, exception.StatusCode);
        Assert.Equal(StatusCode.DeadlineExceeded, call.GetStatus().StatusCode);
        Assert.True(DateTime.UtcNow >= deadline);
        Assert.InRange(await serverCancelled.Task.WaitAsync(Patience, Cancelled), deadline.AddMilliseconds(-100), deadline.AddMilliseconds(1000));
    }

    [Fact]
    public async Task ServerAnswersItselfWhenTheClientDoesNotWatch()
    {
        await using var server = await ProbeServer.StartAsync();
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Handler.Unary = async (_, context) =>
        {
            await WaitForCancellationAsync(context.CancellationToken);
            stopped.SetResult();
            return new ProbeReply { Text = "too late" };
        };

        using var response = await RawClient.SendAsync(server.Address, "Unary", RawClient.Frame(new ProbeRequest().ToByteArray()), ("grpc-timeout", "100m"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("4", RawClient.Status(response));
        await stopped.Task.WaitAsync(Patience, Cancelled);
    }

    [Fact]
    public async Task ServerStream_DeadlineInMidStream()
    {
        await using var server = await ProbeServer.StartAsync();
        server.Handler.ServerStream = async (_, replies, context) =>
        {
            await replies.WriteAsync(new ProbeReply { Text = "one" });
            await WaitForCancellationAsync(context.CancellationToken);
        };
        using var call = server.Client.ServerStream(new ProbeRequest(), deadline: DateTime.UtcNow.AddMilliseconds(300), cancellationToken: Cancelled);

        Assert.True(await call.ResponseStream.MoveNext(Cancelled));
        var exception = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancelled));

        Assert.Equal(StatusCode.DeadlineExceeded, exception.StatusCode);
    }

    [Fact]
    public async Task ServerStream_HandlerThatIgnoresTheDeadlineCannotWriteAfterIt()
    {
        await using var server = await ProbeServer.StartAsync();
        var failure = new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Handler.ServerStream = async (_, replies, _) =>
        {
            try
            {
                while (true)
                {
                    await replies.WriteAsync(new ProbeReply());
                    await Task.Delay(10, CancellationToken.None);
                }
            }
            catch (Exception exception)
            {
                failure.SetResult(exception);
                throw;
            }
        };
        using var call = server.Client.ServerStream(new ProbeRequest(), deadline: DateTime.UtcNow.AddMilliseconds(200), cancellationToken: Cancelled);

        var exception = await Assert.ThrowsAsync<RpcException>(async () => await call.ResponseStream.ReadAllAsync(Cancelled).CountAsync(Cancelled));

        Assert.Equal(StatusCode.DeadlineExceeded, exception.StatusCode);
        await failure.Task.WaitAsync(Patience, Cancelled);
    }

    [Fact]
    public async Task PastDeadlineFailsWithoutReachingTheServer()
    {
        await using var server = await ProbeServer.StartAsync();
        var reached = false;
        server.Handler.Unary = (_, _) =>
        {
            reached = true;
            return Task.FromResult(new ProbeReply());
        };

        var exception = await Assert.ThrowsAsync<RpcException>(
            () => server.Client.UnaryAsync(new ProbeRequest(), deadline: DateTime.UtcNow.AddSeconds(-1), cancellationToken: Cancelled).ResponseAsync);

        Assert.Equal(StatusCode.DeadlineExceeded, exception.StatusCode);
        Assert.False(reached);
    }

    [Fact]
    public async Task FarDeadlineDoesNoHarm()
    {
        await using var server = await ProbeServer.StartAsync();
        server.Handler.Unary = (_, context) => Task.FromResult(new ProbeReply { Text = $"{context.Deadline.Year}" });
        var deadline = DateTime.UtcNow.AddDays(365);

        var reply = await server.Client.UnaryAsync(new ProbeRequest(), deadline: deadline, cancellationToken: Cancelled);

        Assert.Equal($"{deadline.Year}", reply.Text);
    }

    [Fact]
    public async Task LocalTimeDeadlineIsRefused()
    {
        await using var server = await ProbeServer.StartAsync();

        Assert.Throws<InvalidOperationException>(() => { server.Client.UnaryAsync(new ProbeRequest(), deadline: DateTime.Now.AddSeconds(1), cancellationToken: Cancelled); });
    }

    [Fact]
    public async Task InvalidTimeoutHeaderIsIgnored()
    {
        await using var server = await ProbeServer.StartAsync();

        using var response = await RawClient.SendAsync(server.Address, "Unary", RawClient.Frame(new ProbeRequest().ToByteArray()), ("grpc-timeout", "soon"));

        Assert.Equal("0", RawClient.Status(response));
    }

    [Fact]
    public async Task ConnectionSurvivesManyDeadlines()
    {
        await using var server = await ProbeServer.StartAsync();
        server.Handler.Unary = async (request, context) =>
        {
            if (request.Text == "slow")
            {
                await WaitForCancellationAsync(context.CancellationToken);
            }

            return new ProbeReply { Text = request.Text };
        };
        var watch = Stopwatch.StartNew();

        var calls = Enumerable.Range(0, 200).Select(async i =>
        {
            var slow = i % 2 == 0;
            try
            {
                await server.Client.UnaryAsync(
                    new ProbeRequest { Text = slow ? "slow" : "fast" },
                    deadline: DateTime.UtcNow.AddMilliseconds(slow ? 50 + i : 30_000),
                    cancellationToken: Cancelled);
                return !slow;
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.DeadlineExceeded)
            {
                return slow;
            }
        });

        Assert.All(await Task.WhenAll(calls), Assert.True);
        Assert.True(watch.Elapsed < Patience);
    }

    private static async Task WaitForCancellationAsync(CancellationToken token)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = token.Register(() => cancelled.TrySetResult());
        await cancelled.Task.WaitAsync(Patience, CancellationToken.None);
    }
}
