using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Healthy when every replica's endpoint answers a request with a certain status code.</summary>
internal sealed class HttpEndpointHealthCheck(EndpointReference endpoint, string path, int statusCode) : IHealthCheck
{
    // Loopback only: a proxy of the environment must not be asked.
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(5),
    };

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        foreach (var address in endpoint.EndpointAnnotation.ReplicaEndpoints)
        {
            var uri = new Uri(new Uri(address.UriString), path);
            try
            {
                using var response = await Client.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
                if ((int)response.StatusCode != statusCode)
                {
                    return new HealthCheckResult(context.Registration.FailureStatus, $"{uri} answered {(int)response.StatusCode} instead of {statusCode}.");
                }
            }
            catch (HttpRequestException exception)
            {
                return new HealthCheckResult(context.Registration.FailureStatus, $"{uri} does not answer: {exception.Message}");
            }
            catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return new HealthCheckResult(context.Registration.FailureStatus, $"{uri} did not answer within {Client.Timeout.TotalSeconds} s.");
            }
        }

        return HealthCheckResult.Healthy();
    }
}
