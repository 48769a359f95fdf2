using DqnAspire.Contracts.Env.V1;
using DqnAspire.Core;
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
/// <param name="budget">The memory of their lanes.</param>
/// <param name="metrics">Counts and durations.</param>
/// <param name="lifetime">Tells when the service stops.</param>
/// <param name="logger">Log.</param>
public sealed partial class EnvGrpcService(
    EnvironmentRegistry registry,
    RemoteEnvironments remote,
    IOptions<EnvServiceOptions> options,
    SessionSlots slots,
    LaneBudget budget,
    EnvMetrics metrics,
    IHostApplicationLifetime lifetime,
    ILogger<EnvGrpcService> logger) : Contracts.Env.V1.EnvService.EnvServiceBase
{
    private const int MaxId = 256;
    private const int MaxOptions = 100;
    private const int MaxOption = 200_000;

    /// <inheritdoc/>
    public override async Task<ListResponse> List(ListRequest request, ServerCallContext context) => new()
    {
        Environments = { registry.Definitions.Select(EnvironmentMessages.ToSummary), await remote.ListAsync(context) },
    };

    /// <inheritdoc/>
    public override async Task<DescribeResponse> Describe(DescribeRequest request, ServerCallContext context)
    {
        RequireShort("", request.EnvironmentId, request.Options);
        if (await remote.FindAsync(request.EnvironmentId, context) is { } service)
        {
            return await DescribeAsync(service, request, context);
        }

        return EnvErrors.Create(
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
                + $"(setting {EnvServiceOptions.Section}:{nameof(EnvServiceOptions.MaxSessions)})."),
                    SessionSlots.AskAgain);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(
            context.CancellationToken, lifetime.ApplicationStopping);
        var session = new LaneSession(registry, options.Value, metrics);
        IDisposable? memory = null;
        try
        {
            for (var isFirst = true; await NextAsync(requestStream, isFirst, ended.Token); isFirst = false)
            {
                if (!session.IsOpen && requestStream.Current.Open is { } asked)
                {
                    RequireShort("open.", asked.EnvironmentId, asked.Options);
                }

                if (!session.IsOpen && requestStream.Current.Open is { } wanted
                    && await remote.FindAsync(wanted.EnvironmentId, context) is { } service)
                {
                    SessionForwarded(wanted.EnvironmentId, service.Address);
                    await ForwardedSession.RunAsync(
                        service, requestStream.Current, requestStream, responseStream, ended.Token);
                    return;
                }

                var request = requestStream.Current;
                if (!session.IsOpen && request.Open is { } lanes && lanes.Lanes <= options.Value.MaxLanes)
                {
                    memory?.Dispose();
                    memory = EnvErrors.Create("open.", () => budget.Reserve(lanes));
                }

                var answer = EnvErrors.Create("open.", () => session.Answer(request, ended.Token));
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
        finally
        {
            memory?.Dispose();
        }
    }

    /// <summary>
    /// Waits for a request. The first has to come in time: a stream that asks for nothing keeps others out.
    /// </summary>
    private async Task<bool> NextAsync(
        IAsyncStreamReader<InteractRequest> requests, bool isFirst, CancellationToken cancellationToken)
    {
        if (!isFirst)
        {
            return await requests.MoveNext(cancellationToken);
        }

        var limit = TimeSpan.FromSeconds(options.Value.FirstRequestSeconds);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(limit);
        try
        {
            return await requests.MoveNext(time.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RpcException(new Status(
                StatusCode.FailedPrecondition, $"open: no request came within {limit.TotalSeconds} s."));
        }
    }

    /// <summary>Refuses what no environment has, before anybody compares it with hundreds of names.</summary>
    private static void RequireShort(string prefix, string environmentId, IDictionary<string, string> values)
    {
        if (environmentId.Length > MaxId)
        {
            throw new RpcException(new Status(
                StatusCode.NotFound,
                $"{prefix}environment_id: there is no environment '{OneLine.Of(environmentId, 60)}': "
                + $"an id has at most {MaxId} characters."));
        }

        if (values.Count > MaxOptions
            || values.FirstOrDefault(option => option.Key.Length > MaxId || option.Value.Length > MaxOption)
                is { Key: not null })
        {
            throw EnvErrors.Invalid(
                $"{prefix}options",
                $"at most {MaxOptions} options with names of {MaxId} and values of {MaxOption} characters.");
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
