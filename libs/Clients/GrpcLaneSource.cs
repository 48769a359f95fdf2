using DqnAspire.Contracts.Env.V1;
using DqnAspire.Core.Lanes;
using Grpc.Core;

namespace DqnAspire.Clients;

/// <summary>Opens lanes at EnvService, a stream for each set of lanes.</summary>
/// <param name="client">The service's client.</param>
public sealed class GrpcLaneSource(EnvService.EnvServiceClient client) : ILaneSource
{
    /// <inheritdoc/>
    /// <exception cref="ServiceCallException">EnvService cannot be reached, or knows no such environment.</exception>
    public async Task<string?> FindProblemAsync(string environmentId, CancellationToken cancellationToken)
    {
        try
        {
            await client.DescribeAsync(
                Request(environmentId, []), cancellationToken: cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.FailedPrecondition)
        {
            return e.Status.Detail;
        }
        catch (RpcException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ServiceCallException(LaneExchange.Service, e);
        }
    }

    /// <inheritdoc/>
    public async Task<string?> FindWarningAsync(string environmentId, CancellationToken cancellationToken)
    {
        try
        {
            var listed = await client.ListAsync(
                new ListRequest(), cancellationToken: cancellationToken).ConfigureAwait(false);
            var warning = listed.Environments.FirstOrDefault(summary => summary.Id == environmentId)?.Warning;
            return string.IsNullOrEmpty(warning) ? null : warning;
        }
        catch (RpcException)
        {
            // Where the service is lost, the next call says so; a run goes on without a warning.
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ServiceCallException">EnvService cannot be reached, or refused.</exception>
    public async Task<EnvironmentDescription?> DescribeAsync(
        string environmentId, IReadOnlyDictionary<string, string> options, CancellationToken cancellationToken)
    {
        try
        {
            var request = Request(environmentId, options);
            return LaneMessages.ToDescription(
                await client.DescribeAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false));
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
        catch (RpcException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ServiceCallException(LaneExchange.Service, e);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ServiceCallException">EnvService cannot be reached, or refused.</exception>
    public async Task<ILanes> OpenAsync(
        string environmentId,
        IReadOnlyDictionary<string, string> options,
        int lanes,
        ulong seed,
        bool autoReset,
        CancellationToken cancellationToken)
    {
        var open = new OpenLanes { EnvironmentId = environmentId, Lanes = lanes, Seed = seed, AutoReset = autoReset };
        foreach (var (name, value) in options)
        {
            open.Options.Add(name, value);
        }

        var call = client.Interact(cancellationToken: cancellationToken);
        try
        {
            var exchange = new LaneExchange(call);
            var response = await exchange.SendAsync(
                new InteractRequest { Open = open }, cancellationToken).ConfigureAwait(false);
            return new GrpcLanes(exchange, response.Opened, lanes);
        }
        catch
        {
            call.Dispose();
            throw;
        }
    }

    private static DescribeRequest Request(string environmentId, IEnumerable<KeyValuePair<string, string>> options)
    {
        var request = new DescribeRequest { EnvironmentId = environmentId };
        foreach (var (name, value) in options)
        {
            request.Options.Add(name, value);
        }

        return request;
    }
}
