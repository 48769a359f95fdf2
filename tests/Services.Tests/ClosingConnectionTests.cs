using DqnAspire.Clients;
using DqnAspire.Core;
using DqnAspire.Core.Lanes;
using DqnAspire.Core.Replay;
using Grpc.Core;

namespace DqnAspire.Services.Tests;

/// <summary>
/// A connection that closes while a message is written: the library tells it as an IOException, and a run is to take it
/// for a loss.
/// </summary>
public sealed class ClosingConnectionTests
{
    private const string Reason = "the server closed the connection";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task UnderARequestForLanes_ItIsALoss_WithTheReasonThatTheCallEndedFor()
    {
        var lanes = new GrpcLaneSource(new Contracts.Env.V1.EnvService.EnvServiceClient(new ClosingInvoker(writes: 0)));

        var error = await Assert.ThrowsAsync<ServiceCallException>(() =>
            lanes.OpenAsync(
                "CartPole-v1", new Dictionary<string, string>(), 1, seed: 1, autoReset: true, Cancellation));

        Assert.True(error.IsLoss);
        Assert.StartsWith("EnvService", error.Message, StringComparison.Ordinal);
        Assert.Contains(Reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task UnderAReplayStream_ItIsALoss(int writes)
    {
        var source = new GrpcReplaySource(
            new Contracts.Replay.V1.ReplayService.ReplayServiceClient(new ClosingInvoker(writes)));
        var environment = new EnvironmentInfo(
            "CartPole-v1", ObservationSpace.Box(Core.ElementType.Float32, [4], [-1, -1, -1, -1], [1, 1, 1, 1]), 2, 500);

        var error = await Assert.ThrowsAsync<ServiceCallException>(async () =>
        {
            await using var session = await source.CreateAsync(
                new ReplaySpec("t", 100, 1, 1), environment, Cancellation);
            await session.BeginEpisodeAsync(0, new byte[16], Cancellation);
            await session.RequestAsync(1, 0, Cancellation);
        });

        Assert.True(error.IsLoss);
        Assert.StartsWith("ReplayService", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Answers unary calls; its streams take a few messages each, and then their connection closes.</summary>
    private sealed class ClosingInvoker(int writes) : CallInvoker
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            new(Task.FromResult(Activator.CreateInstance<TResponse>()), Task.FromResult(new Metadata()), () =>
                Status.DefaultSuccess, () => [], () => { });

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options)
        {
            var closed = new TaskCompletionSource();
            options.CancellationToken.Register(() => closed.TrySetResult());
            return new(
                new Writer<TRequest>(writes, closed), new Reader<TResponse>(closed.Task), Task
                    .FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
        }

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            throw new NotSupportedException();

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options) =>
            throw new NotSupportedException();

        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            throw new NotSupportedException();

        private sealed class Writer<T>(int writes, TaskCompletionSource closed) : IClientStreamWriter<T>
        {
            private int _left = writes;

            public WriteOptions? WriteOptions { get; set; }

            public Task WriteAsync(T message)
            {
                if (_left-- > 0)
                {
                    return Task.CompletedTask;
                }

                closed.TrySetResult();
                return Task.FromException(new IOException(Reason));
            }

            public Task WriteAsync(T message, CancellationToken cancellationToken) => WriteAsync(message);

            public Task CompleteAsync() => Task.CompletedTask;
        }

        private sealed class Reader<T>(Task closed) : IAsyncStreamReader<T>
        {
            public T Current => throw new InvalidOperationException("Nothing came.");

            public async Task<bool> MoveNext(CancellationToken cancellationToken)
            {
                await closed.WaitAsync(cancellationToken);
                throw new RpcException(new Status(StatusCode.Unavailable, Reason));
            }
        }
    }
}
