using System.Diagnostics;
using System.Diagnostics.Metrics;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace DqnAspire.ServiceDefaults.Telemetry;

/// <summary>
/// Measures the calls that a service answers: OpenTelemetry's <c>rpc.server.call.duration</c> by method and status, and how
/// many are going on (streams may live for hours).
/// </summary>
public sealed class GrpcServerMetricsInterceptor : Interceptor
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "DqnAspire.Grpc.Server";

    private readonly Histogram<double> _duration;
    private readonly UpDownCounter<long> _active;

    /// <summary>Makes the instruments.</summary>
    public GrpcServerMetricsInterceptor(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _duration = meter.CreateHistogram<double>("rpc.server.call.duration", "s", "Duration of the calls that were answered.");
        _active = meter.CreateUpDownCounter<long>("rpc.server.active_calls", "{call}", "Calls that are going on.");
    }

    /// <inheritdoc/>
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        Measure(context, () => continuation(request, context));

    /// <inheritdoc/>
    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        Measure(context, () => continuation(requestStream, context));

    /// <inheritdoc/>
    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        Measure(context, async () =>
        {
            await continuation(request, responseStream, context).ConfigureAwait(false);
            return true;
        });

    /// <inheritdoc/>
    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        Measure(context, async () =>
        {
            await continuation(requestStream, responseStream, context).ConfigureAwait(false);
            return true;
        });

    private async Task<T> Measure<T>(ServerCallContext context, Func<Task<T>> call)
    {
        var tags = new TagList { { "rpc.system.name", "grpc" }, { "rpc.method", context.Method.TrimStart('/') } };
        var started = Stopwatch.GetTimestamp();
        var status = StatusCode.OK;
        _active.Add(1, tags);
        try
        {
            var response = await call().ConfigureAwait(false);
            status = context.Status.StatusCode;
            return response;
        }
        catch (Exception e)
        {
            status = e switch
            {
                RpcException rpc => rpc.StatusCode,
                OperationCanceledException => StatusCode.Cancelled,
                _ => StatusCode.Unknown,
            };
            throw;
        }
        finally
        {
            _active.Add(-1, tags);
            tags.Add("rpc.response.status_code", status.ToString());
            _duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, tags);
        }
    }
}
