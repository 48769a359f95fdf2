using Grpc.Core;
using Grpc.Net.Client;

namespace DqnAspire.EnvService;

/// <summary>Another EnvService.</summary>
/// <param name="Address">Its address, as the configuration names it.</param>
/// <param name="Channel">The connection.</param>
/// <param name="Client">The service's client.</param>
public sealed record RemoteService(
    string Address, GrpcChannel Channel, Contracts.Env.V1.EnvService.EnvServiceClient Client)
{
    /// <summary>The error for a caller: what the service refused, in its own words, or that it is gone.</summary>
    /// <param name="error">The error of a call to the service.</param>
    public RpcException Forward(RpcException error) =>
        new(error.StatusCode is StatusCode.Unavailable or StatusCode.Internal
        ? new Status(StatusCode.Unavailable, $"The EnvService at {Address} cannot be reached or went away.")
        : new Status(error.StatusCode, error.Status.Detail));
}
