using System.Collections.Concurrent;
using DqnAspire.Grpc.Tests.Probe;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;

namespace DqnAspire.Grpc.Tests;

public sealed class InterceptorTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_InterceptorsWrapEveryKindInOrder()
    {
        var tape = new Tape();
        await using var server = await ProbeServer.StartAsync(
            options =>
            {
                options.Interceptors.Add<ServerRecorder>("outer");
                options.Interceptors.Add(typeof(ServerRecorder), "inner");
            },
            configureServices: services => services.AddSingleton(tape));

        await CallEveryKindAsync(server.Client);

        string[] wrapped = ["outer", "inner", "inner end", "outer end"];
        Assert.Equal([.. wrapped, .. wrapped, .. wrapped, .. wrapped], tape.Lines);
        Assert.Equal(8, tape.Disposed);
    }

    [Fact]
    public async Task Server_RegisteredInterceptorIsSharedAndNotDisposed()
    {
        var tape = new Tape();
        await using var server = await ProbeServer.StartAsync(
            options => options.Interceptors.Add<ServerRecorder>(),
            configureServices: services => services.AddSingleton(tape).AddSingleton(new ServerRecorder("single", tape)));

        await server.Client.UnaryAsync(new ProbeRequest(), cancellationToken: Cancelled);

        Assert.Equal(["single", "single end"], tape.Lines);
        Assert.Equal(0, tape.Disposed);
    }

    [Fact]
    public async Task Client_InterceptorsWrapEveryKindInOrder()
    {
        var tape = new Tape();
        await using var server = await ProbeServer.StartAsync();
        var client = new ProbeService.ProbeServiceClient(server.Channel.Intercept(new ClientRecorder("outer", tape), new ClientRecorder("inner", tape)));

        await CallEveryKindAsync(client);
        _ = client.Unary(new ProbeRequest(), cancellationToken: Cancelled);

        Assert.Equal(Enumerable.Repeat<string[]>(["outer", "inner"], 5).SelectMany(lines => lines), tape.Lines);
    }

    private static async Task CallEveryKindAsync(ProbeService.ProbeServiceClient client)
    {
        await client.UnaryAsync(new ProbeRequest(), cancellationToken: Cancelled);
        using var clientStream = client.ClientStream(cancellationToken: Cancelled);
        await clientStream.RequestStream.CompleteAsync();
        await clientStream;
        using var serverStream = client.ServerStream(new ProbeRequest(), cancellationToken: Cancelled);
        Assert.False(await serverStream.ResponseStream.MoveNext(Cancelled));
        using var duplex = client.Duplex(cancellationToken: Cancelled);
        await duplex.RequestStream.CompleteAsync();
        Assert.False(await duplex.ResponseStream.MoveNext(Cancelled));
    }

    public sealed class Tape
    {
        private int _disposed;

        public ConcurrentQueue<string> Lines { get; } = new();

        public int Disposed => _disposed;

        public void CountDisposal() => Interlocked.Increment(ref _disposed);
    }

    public sealed class ServerRecorder(string name, Tape tape) : Interceptor, IDisposable
    {
        public void Dispose() => tape.CountDisposal();

        public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            tape.Lines.Enqueue(name);
            var response = await continuation(request, context);
            tape.Lines.Enqueue($"{name} end");
            return response;
        }

        public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
        {
            tape.Lines.Enqueue(name);
            var response = await continuation(requestStream, context);
            tape.Lines.Enqueue($"{name} end");
            return response;
        }

        public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
            TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
        {
            tape.Lines.Enqueue(name);
            await continuation(request, responseStream, context);
            tape.Lines.Enqueue($"{name} end");
        }

        public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
        {
            tape.Lines.Enqueue(name);
            await continuation(requestStream, responseStream, context);
            tape.Lines.Enqueue($"{name} end");
        }
    }

    public sealed class ClientRecorder(string name, Tape tape) : Interceptor
    {
        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context, BlockingUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            tape.Lines.Enqueue(name);
            return continuation(request, context);
        }

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            tape.Lines.Enqueue(name);
            return continuation(request, context);
        }

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation)
        {
            tape.Lines.Enqueue(name);
            return continuation(request, context);
        }

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
            ClientInterceptorContext<TRequest, TResponse> context, AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation)
        {
            tape.Lines.Enqueue(name);
            return continuation(context);
        }

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
            ClientInterceptorContext<TRequest, TResponse> context, AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation)
        {
            tape.Lines.Enqueue(name);
            return continuation(context);
        }
    }
}
