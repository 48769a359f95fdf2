using Grpc.Core;
using Grpc.Core.Interceptors;
using Polly;
using Polly.Retry;

namespace DqnAspire.ServiceDefaults.Clients;

/// <summary>
/// Gives unary calls a deadline where they have none, and calls idempotent ones again, with back-off and jitter, while the
/// service is unavailable. Streams are left alone: they may live as long as a run.
/// </summary>
/// <param name="idempotentMethods">Names of the methods that may be called again.</param>
public sealed class ResilienceInterceptor(IReadOnlyCollection<string> idempotentMethods) : Interceptor
{
    /// <summary>How long a unary call may take when its caller does not say, all tries together.</summary>
    public static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(30);

    private static readonly ResiliencePipeline Retries = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<RpcException>(e => e.StatusCode == StatusCode.Unavailable),
            MaxRetryAttempts = 5,
            Delay = TimeSpan.FromMilliseconds(100),
            MaxDelay = TimeSpan.FromSeconds(2),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        })
        .Build();

    /// <inheritdoc/>
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        var options = context.Options;
        if (options.Deadline is null && DefaultsApply(context.Method))
        {
            options = options.WithDeadline(DateTime.UtcNow + DefaultDeadline);
        }

        var limited = new ClientInterceptorContext<TRequest, TResponse>(context.Method, context.Host, options);
        if (!idempotentMethods.Contains(context.Method.Name))
        {
            return continuation(request, limited);
        }

        var tries = new RetriedCall<TResponse>();
        var response = Retries.ExecuteAsync(
            async _ => await tries.Begin(continuation(request, limited)).ConfigureAwait(false), options.CancellationToken).AsTask();
        return new AsyncUnaryCall<TResponse>(
            response, tries.HeadersAsync(response), () => tries.Last.GetStatus(), () => tries.Last.GetTrailers(), () => tries.Last.Dispose());
    }

    /// <summary>Methods that wait for something by design have no default deadline: their callers cancel.</summary>
    private static bool DefaultsApply(IMethod method) => method.Name != "Stop";

    /// <summary>The newest of a call's tries.</summary>
    private sealed class RetriedCall<TResponse>
    {
        private volatile AsyncUnaryCall<TResponse>? _last;

        public AsyncUnaryCall<TResponse> Last => _last ?? throw new InvalidOperationException("The call has not begun.");

        public AsyncUnaryCall<TResponse> Begin(AsyncUnaryCall<TResponse> call) => _last = call;

        public async Task<Metadata> HeadersAsync(Task response)
        {
            // Only the try that settles the call has headers that count.
            await Task.WhenAny(response).ConfigureAwait(false);
            return await Last.ResponseHeadersAsync.ConfigureAwait(false);
        }
    }
}
