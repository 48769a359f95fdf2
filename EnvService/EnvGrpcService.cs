using DqnAspire.Contracts.Env.V1;
using DqnAspire.Environments;
using DqnAspire.EnvService.Forwarding;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace DqnAspire.EnvService;

/// <summary>Environments over gRPC: validates, asks the library, maps to messages.</summary>
/// <param name="registry">The environments of this process.</param>
/// <param name="remote">The environments of other services.</param>
/// <param name="options">Limits.</param>
/// <param name="slots">The sessions that are open.</param>
/// <param name="metrics">Counts and durations.</param>
/// <param name="lifetime">Tells when the service stops.</param>
/// <param name="logger">Log.</param>
public sealed partial class EnvGrpcService(
    EnvironmentRegistry registry,
    RemoteEnvironments remote,
    IOptions<EnvServiceOptions> options,
    SessionSlots slots,
    EnvMetrics metrics,
    IHostApplicationLifetime lifetime,
    ILogger<EnvGrpcService> logger) : Contracts.Env.V1.EnvService.EnvServiceBase
{
    /// <summary>Says that others will leave, and when to try again, as gRPC has it for retries.</summary>
    private static Metadata AskAgain => new() { { "grpc-retry-pushback-ms", "1000" } };

    /// <inheritdoc/>
    public override async Task<ListResponse> List(ListRequest request, ServerCallContext context) => new()
    {
        Environments = { registry.Definitions.Select(EnvironmentMessages.ToSummary), await remote.ListAsync(context) },
    };

    /// <inheritdoc/>
    public override async Task<DescribeResponse> Describe(DescribeRequest request, ServerCallContext context)
    {
        if (await remote.FindAsync(request.EnvironmentId, context) is { } service)
        {
            return await DescribeAsync(service, request, context);
        }

        return EnvErrors.Guard(
            "", () => EnvironmentMessages.ToMessage(registry.Get(request.EnvironmentId).Describe(request.Options)));
    }

    /// <inheritdoc/>
    public override async Task Interact(
        IAsyncStreamReader<InteractRequest> requestStream,
        IServerStreamWriter<InteractResponse> responseStream,
        ServerCallContext context)
    {
        using var slot = slots.TryEnter() ?? throw new RpcException(new Status(
            StatusCode.ResourceExhausted,
            $"All {options.Value.MaxSessions} sessions are taken "
                + $"(setting {EnvServiceOptions.Section}:{nameof(EnvServiceOptions.MaxSessions)})."), AskAgain);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(
            context.CancellationToken, lifetime.ApplicationStopping);
        var session = new LaneSession(registry, options.Value, metrics);
        try
        {
            while (await requestStream.MoveNext(ended.Token))
            {
                if (!session.IsOpen && requestStream.Current.Open is { } wanted
                    && await remote.FindAsync(wanted.EnvironmentId, context) is { } service)
                {
                    SessionForwarded(wanted.EnvironmentId, service.Address);
                    await ForwardedSession.RunAsync(
                        service, requestStream.Current, requestStream, responseStream, ended.Token);
                    return;
                }

                var request = requestStream.Current;
                var answer = EnvErrors.Guard("open.", () => session.Answer(request, ended.Token));
                await responseStream.WriteAsync(answer, ended.Token);
                if (requestStream.Current.Open is { } open)
                {
                    SessionOpened(open.EnvironmentId, open.Lanes, open.Seed);
                }
            }

            SessionEnded(session.Steps, session.Episodes);
        }
        catch (Exception exception) when (IsEndOfConnection(exception, context.CancellationToken))
        {
            if (lifetime.ApplicationStopping.IsCancellationRequested
                && !context.CancellationToken.IsCancellationRequested)
            {
                throw new RpcException(new Status(StatusCode.Unavailable, "EnvService is shutting down."));
            }

            SessionAborted(session.Steps, session.Episodes);
        }
    }

    private static async Task<DescribeResponse> DescribeAsync(
        RemoteService service, DescribeRequest request, ServerCallContext context)
    {
        try
        {
            return await service.Client.DescribeAsync(
                request, RemoteEnvironments.Forwarded, context.Deadline, context.CancellationToken);
        }
        catch (RpcException exception) when (!context.CancellationToken.IsCancellationRequested)
        {
            throw service.Forward(exception);
        }
    }

    /// <summary>
    /// Whether an exception says that the call is over from outside: cancelled, its connection gone, or the service
    /// stopping.
    /// </summary>
    private static bool IsEndOfConnection(Exception exception, CancellationToken call) =>
        exception is OperationCanceledException or IOException
        || (exception is InvalidOperationException && call.IsCancellationRequested);

    [LoggerMessage(
        Level = LogLevel.Information, Message = "Session opened: {EnvironmentId}, {Lanes} lanes, seed {Seed}.")]
    private partial void SessionOpened(string environmentId, int lanes, ulong seed);

    [LoggerMessage(Level = LogLevel.Information, Message = "Session forwarded: {EnvironmentId} to {Address}.")]
    private partial void SessionForwarded(string environmentId, string address);

    [LoggerMessage(
        Level = LogLevel.Information, Message = "Session ended after {Steps} steps and {Episodes} episodes.")]
    private partial void SessionEnded(long steps, long episodes);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Session ended by its client going away, after {Steps} steps and {Episodes} episodes.")]
    private partial void SessionAborted(long steps, long episodes);
}
