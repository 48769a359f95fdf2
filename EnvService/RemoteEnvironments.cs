using System.Collections.Concurrent;
using DqnAspire.Contracts.Env.V1;
using DqnAspire.Environments;
using DqnAspire.ServiceDefaults;
using Grpc.Core;
using Grpc.Net.Client;
using EnvClient = DqnAspire.Contracts.Env.V1.EnvService.EnvServiceClient;

namespace DqnAspire.EnvService;

/// <summary>
/// The environments of other EnvServices. This service's own come first: an id that it has itself is never asked for
/// elsewhere. A call that was forwarded once is not forwarded again, so that services may name each other.
/// </summary>
public sealed partial class RemoteEnvironments : IDisposable
{
    private const string ForwardedHeader = "dqn-forwarded";
    private const int MaxMessageBytes = 64 << 20;

    private static readonly TimeSpan ListPatience = TimeSpan.FromSeconds(5);

    private readonly EnvironmentRegistry _local;
    private readonly ILogger<RemoteEnvironments> _logger;
    private readonly RemoteService[] _services;
    private readonly ConcurrentDictionary<string, RemoteService> _found = new(StringComparer.Ordinal);

    /// <summary>Prepares the connections; none is made before it is needed.</summary>
    /// <param name="local">The environments of this process.</param>
    /// <param name="sources">The addresses.</param>
    /// <param name="logger">Log.</param>
    /// <exception cref="StartUpException">An address is not one.</exception>
    public RemoteEnvironments(EnvironmentRegistry local, EnvironmentSources sources, ILogger<RemoteEnvironments> logger)
    {
        ArgumentNullException.ThrowIfNull(sources);
        _local = local;
        _logger = logger;
        _services = [.. sources.Services.Select(Connect)];
    }

    /// <summary>Marks a call as forwarded.</summary>
    public static Metadata Forwarded => new() { { ForwardedHeader, "1" } };

    /// <summary>
    /// What the other services list and this one does not have; a service that cannot be reached is left out.
    /// </summary>
    /// <param name="context">The call that asks.</param>
    public async Task<IReadOnlyList<EnvironmentSummary>> ListAsync(ServerCallContext context)
    {
        var summaries = new List<EnvironmentSummary>();
        foreach (var service in ServicesFor(context))
        {
            try
            {
                summaries.AddRange((await ListAsync(service, context.CancellationToken)).Where(summary =>
                    _local.Find(summary.Id) is null && summaries.TrueForAll(known => known.Id != summary.Id)));
            }
            catch (RpcException exception) when (!context.CancellationToken.IsCancellationRequested)
            {
                NotReached(service.Address, exception.Status.Detail);
            }
        }

        return summaries;
    }

    /// <summary>The service that has an environment.</summary>
    /// <param name="environmentId">The environment.</param>
    /// <param name="context">The call that asks.</param>
    /// <returns>Null when this process has the environment itself, and when nobody has it.</returns>
    /// <exception cref="RpcException">
    /// UNAVAILABLE: nobody else has it, and one of the services cannot be reached.
    /// </exception>
    public async Task<RemoteService?> FindAsync(string environmentId, ServerCallContext context)
    {
        var services = ServicesFor(context);
        if (services.Length == 0 || _local.Find(environmentId) is not null)
        {
            return null;
        }

        if (_found.TryGetValue(environmentId, out var known))
        {
            return known;
        }

        RpcException? lost = null;
        foreach (var service in services)
        {
            try
            {
                if ((await ListAsync(service, context.CancellationToken)).Any(summary => summary.Id == environmentId))
                {
                    return _found[environmentId] = service;
                }
            }
            catch (RpcException) when (!context.CancellationToken.IsCancellationRequested)
            {
                lost ??= new RpcException(new Status(
                    StatusCode.Unavailable,
                    $"'{environmentId}' is not an environment of this service, "
                        + $"and {service.Address} cannot be reached."));
            }
        }

        return lost is null ? null : throw lost;
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_services, service => service.Channel.Dispose());

    private static async Task<IReadOnlyList<EnvironmentSummary>> ListAsync(
        RemoteService service, CancellationToken cancellationToken)
    {
        var response = await service.Client.ListAsync(
            new ListRequest(),
            Forwarded,
            deadline: DateTime.UtcNow + ListPatience,
            cancellationToken: cancellationToken);
        return response.Environments;
    }

    private static RemoteService Connect(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new StartUpException(
                $"{EnvironmentSources.Section}:{nameof(EnvironmentSources.Services)}: "
                + $"'{address}' is not a service's address, such as http://127.0.0.1:6001.");
        }

        var channel = GrpcChannel.ForAddress(uri, new GrpcChannelOptions
        {
            MaxReceiveMessageSize = MaxMessageBytes,
            HttpHandler = new SocketsHttpHandler
            {
                UseProxy = false,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                EnableMultipleHttp2Connections = true,
                KeepAlivePingDelay = TimeSpan.FromSeconds(30),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
            },
        });
        return new RemoteService(address, channel, new EnvClient(channel));
    }

    private RemoteService[] ServicesFor(ServerCallContext context) =>
        context.RequestHeaders.Get(ForwardedHeader) is null ? _services : [];

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The environments of {Address} are not listed: it cannot be reached ({Reason}).")]
    private partial void NotReached(string address, string reason);
}
