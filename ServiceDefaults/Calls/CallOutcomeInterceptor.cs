using DqnAspire.Core;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace DqnAspire.ServiceDefaults.Calls;

/// <summary>
/// Decides how calls end, and records it: exceptions become statuses by the service's mapping, and those that it does
/// not know INTERNAL, with a line in the log. No caller sees UNKNOWN, or more text than it can take. A caller that
/// cancels, or whose connection closes, is not logged as a failure.
/// </summary>
/// <param name="statuses">The service's mapping.</param>
/// <param name="logger">Log.</param>
internal sealed partial class CallOutcomeInterceptor(
    IEnumerable<ExceptionStatuses> statuses, ILogger<CallOutcomeInterceptor> logger) : Interceptor
{
    /// <summary>
    /// The longest time between a broken stream and the cancellation of its call. The two are reported separately.
    /// </summary>
    private static readonly TimeSpan CancellationDelay = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        TResponse? response = null;
        await ObserveAsync(context, async () => response = await continuation(request, context).ConfigureAwait(false))
            .ConfigureAwait(false);
        return response!;
    }

    /// <inheritdoc/>
    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        TResponse? response = null;
        await ObserveAsync(context, async () =>
            response = await continuation(requestStream, context).ConfigureAwait(false)).ConfigureAwait(false);
        return response!;
    }

    /// <inheritdoc/>
    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        ObserveAsync(context, () => continuation(request, responseStream, context));

    /// <inheritdoc/>
    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        ObserveAsync(context, () => continuation(requestStream, responseStream, context));

    private async Task ObserveAsync(ServerCallContext context, Func<Task> call)
    {
        try
        {
            await call().ConfigureAwait(false);
            Tag(context, context.Status.StatusCode);
        }
        catch (RpcException e)
        {
            Tag(context, e.StatusCode);
            var detail = StatusDetail.Cut(e.Status.Detail);
            if (detail != e.Status.Detail)
            {
                throw new RpcException(new Status(e.StatusCode, detail), e.Trailers);
            }

            throw;
        }
        catch (Exception e)
        {
            if (await IsCallerGoneAsync(e, context.CancellationToken).ConfigureAwait(false))
            {
                Tag(context, StatusCode.Cancelled);
                throw new RpcException(new Status(StatusCode.Cancelled, "The call was cancelled."));
            }

            var status = StatusOf(e);
            Tag(context, status.StatusCode);
            throw new RpcException(new Status(status.StatusCode, StatusDetail.Cut(status.Detail)));
        }

        Status StatusOf(Exception e)
        {
            if (statuses.Select(mapping => mapping.Of(e)).FirstOrDefault(status => status is not null) is { } known)
            {
                return known;
            }

            LogFailure(context.Method, e);
            return new Status(
                e is OutOfMemoryException ? StatusCode.ResourceExhausted : StatusCode.Internal, OneLine.Of(e));
        }
    }

    /// <summary>
    /// Whether an exception was caused by the end of its call: the deadline has passed, or the caller is gone.
    /// </summary>
    private static async Task<bool> IsCallerGoneAsync(Exception exception, CancellationToken call)
    {
        if (exception is IOException or InvalidOperationException && !call.IsCancellationRequested)
        {
            await Task.Delay(CancellationDelay, call).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return exception is OperationCanceledException or IOException or InvalidOperationException
            && call.IsCancellationRequested;
    }

    private static void Tag(ServerCallContext context, StatusCode status) =>
        context.GetHttpContext().Features.Get<IHttpMetricsTagsFeature>()?.Tags.Add(
            new("rpc.response.status_code", status.ToString()));

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} failed.")]
    private partial void LogFailure(string method, Exception exception);
}
