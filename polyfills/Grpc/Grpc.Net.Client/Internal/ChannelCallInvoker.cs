using Grpc.Core;

namespace Grpc.Net.Client.Internal;

/// <summary>Makes calls over a channel. The host argument is ignored: the channel's address decides.</summary>
internal sealed class ChannelCallInvoker(GrpcChannel channel) : CallInvoker
{
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        using var call = AsyncUnaryCall(method, host, options, request);
        return call.ResponseAsync.GetAwaiter().GetResult();
    }

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = new GrpcCall<TRequest, TResponse>(channel, method, options);
        var response = call.StartUnary(request);
        return new AsyncUnaryCall<TResponse>(response, Callbacks.ResponseHeaders, Callbacks.Status, Callbacks.Trailers, Callbacks.Dispose, call);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = new GrpcCall<TRequest, TResponse>(channel, method, options);
        var reader = call.StartServerStreaming(request);
        return new AsyncServerStreamingCall<TResponse>(reader, Callbacks.ResponseHeaders, Callbacks.Status, Callbacks.Trailers, Callbacks.Dispose, call);
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = new GrpcCall<TRequest, TResponse>(channel, method, options);
        var (writer, response) = call.StartClientStreaming();
        return new AsyncClientStreamingCall<TRequest, TResponse>(writer, response, Callbacks.ResponseHeaders, Callbacks.Status, Callbacks.Trailers, Callbacks.Dispose, call);
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = new GrpcCall<TRequest, TResponse>(channel, method, options);
        var (writer, reader) = call.StartDuplexStreaming();
        return new AsyncDuplexStreamingCall<TRequest, TResponse>(writer, reader, Callbacks.ResponseHeaders, Callbacks.Status, Callbacks.Trailers, Callbacks.Dispose, call);
    }

    private static class Callbacks
    {
        public static readonly Func<object, Task<Metadata>> ResponseHeaders = static call => ((GrpcCall)call).ResponseHeadersAsync;
        public static readonly Func<object, Status> Status = static call => ((GrpcCall)call).GetStatus();
        public static readonly Func<object, Metadata> Trailers = static call => ((GrpcCall)call).GetTrailers();
        public static readonly Action<object> Dispose = static call => ((GrpcCall)call).Dispose();
    }
}
